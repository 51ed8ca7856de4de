import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with the files that are installed into a node or run for one. */
export const guestFolder = fileURLToPath(new URL('guest', import.meta.url));

export function guestFile(name: string): string {
  return readFileSync(join(guestFolder, name), 'utf8');
}

/** Every guest file with its content, for the hash of a recipe. */
export function guestFiles(): Readonly<Record<string, string>> {
  const names = readdirSync(guestFolder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((file) => [file.slice(guestFolder.length), readFileSync(file, 'utf8')]),
  );
}
