import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../cases/fuzz');

/** The inputs of a boundary that earlier runs have found, by name. */
export function corpusOf(boundary: string): readonly string[] {
  try {
    const folder = join(root, boundary);
    return readdirSync(folder)
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

/** Keeps an input in the corpus; the same text has the same name. */
export function keepInput(boundary: string, input: string): string {
  const folder = join(root, boundary);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, createHash('sha256').update(input).digest('hex').slice(0, 16));
  writeFileSync(path, input);
  return path;
}
