import { existsSync, readdirSync } from 'node:fs';

const folder = new URL('../src/steps/', import.meta.url);

function variable(id: string): string {
  return id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The module that lists the script of every step that has a folder. */
export function stepScripts(): string {
  const ids = readdirSync(folder)
    .filter((id) => existsSync(new URL(`${id}/script.ts`, folder)))
    .sort();
  return `// Generated from the folders of the steps by npm run generate.
import type { StepScripter } from './definition.ts';
${ids.map((id) => `import { script as ${variable(id)} } from './${id}/script.ts';\n`).join('')}
/** Makes the script of a step, by its id. */
export const stepScripts: ReadonlyMap<string, StepScripter> = new Map([
${ids.map((id) => `  ['${id}', ${variable(id)}],\n`).join('')}]);
`;
}
