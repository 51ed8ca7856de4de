import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../src/steps/', import.meta.url);

function variable(id: string): string {
  return id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The export of a step folder's script file: `script` for the step of that name, or `scripts` for several by id. */
function exported(id: string): 'script' | 'scripts' | undefined {
  const file = new URL(`${id}/script.ts`, folder);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return (['scripts', 'script'] as const).find((name) => text.includes(`export const ${name}`));
}

/** The module that lists the scripts of all steps with a folder. */
export function stepScripts(): string {
  const ids = readdirSync(folder).sort();
  const found = ids.flatMap((id) => {
    const name = exported(id);
    return name ? [{ id, name, as: variable(id) }] : [];
  });
  const imports = found.map(({ id, name, as }) => `import { ${name} as ${as} } from './${id}/script.ts';\n`);
  const rows = found.map(({ id, name, as }) =>
    name === 'script' ? `  ['${id}', ${as}],\n` : `  ...Object.entries(${as}),\n`,
  );
  return `// Generated from the folders of the steps by npm run generate.
import type { StepScripter } from './common/definition.ts';
${imports.join('')}
/** Makes the script of a step, by its id. */
export const stepScripts: ReadonlyMap<string, StepScripter> = new Map<string, StepScripter>([
${rows.join('')}]);
`;
}
