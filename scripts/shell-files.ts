import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';

const sourceFolder = new URL('../src/', import.meta.url);

/** Every shell file of the source, by its path below `src`, sorted. */
export function shellFiles(): readonly string[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sh'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

export function shellText(path: string): string {
  return readFileSync(new URL(path, sourceFolder), 'utf8');
}

/** The names that a shell file declares with lines `# param NAME: description`. */
export function parametersOf(text: string): readonly string[] {
  return [...text.matchAll(/^# param ([a-z][a-z0-9_]*): \S/gm)].map(([, name = '']) => name);
}

/** `steps/hosts-file/hosts-file.sh` → `hostsFileSh`. */
function exportName(path: string): string {
  return posix
    .basename(path)
    .replace(/\.sh$/, '-sh')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
}

/** The module that embeds a shell file, by its path below `src`, with a text. */
export function moduleOf(path: string, text: string): string {
  const names = parametersOf(text);
  const shell = posix.relative(dirname(path), 'shell/file.ts');
  const type = names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | ');
  return `// Generated from ${posix.basename(path)} by npm run generate.
import type { ShellFile } from '${shell.startsWith('.') ? shell : `./${shell}`}';

export const ${exportName(path)}: ShellFile<${type}> = {
  path: '${path}',
  parameters: ${JSON.stringify(names)},
  text: ${templateLiteral(text)},
};
`;
}

/** Every module that is generated from a shell file, by its path in the project. */
export function shellModules(): Readonly<Record<string, string>> {
  return Object.fromEntries(shellFiles().map((path) => [`src/${path}.ts`, moduleOf(path, shellText(path))]));
}
