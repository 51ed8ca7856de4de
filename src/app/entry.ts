export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { withPublicKeys } from './keys.ts';
