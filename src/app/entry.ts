export { readyPlan } from '../plan/ready.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { withPublicKeys } from './keys.ts';
export { type LastChange, lastChange } from './last-change.ts';
export { decidedLogin } from './login.ts';
export type { StoredRun } from './logs/stored-runs.ts';
export { type ConfiguredHost, findAddress, findIdentity, readHosts } from './new-nodes.ts';
export type { RetriedRun } from './operation.ts';
export { openRuns } from './unfinished-run.ts';
