export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { type LastChange, lastChange } from './jobs/last-change.ts';
export { openRuns } from './jobs/unfinished-run.ts';
export { withPublicKeys } from './keys.ts';
export { decidedLogin } from './login.ts';
export type { KeptRun } from './logs/kept-runs.ts';
