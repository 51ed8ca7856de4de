// Generated from the folders of the steps by npm run generate.
import type { StepScripter } from './definition.ts';
import { script as memcached } from './memcached/script.ts';
import { script as timezone } from './timezone/script.ts';

/** Makes the script of a step, by its id. */
export const stepScripts: ReadonlyMap<string, StepScripter> = new Map([
  ['memcached', memcached],
  ['timezone', timezone],
]);
