import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** An import in a source file; `target` is a path below src, or the specifier of a package. */
export interface Import {
  readonly file: string;
  readonly target: string;
  readonly isOwn: boolean;
  readonly isType: boolean;
}

export const sourceFolder = join(import.meta.dirname, '../../src');

/** Every source file below a folder, relative to it, with forward slashes. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of every source file, including dynamic ones. */
export function allImports(): readonly Import[] {
  return sourceFiles(sourceFolder).flatMap((file) => {
    const text = readFileSync(join(sourceFolder, file), 'utf8');
    return [...text.matchAll(statement)].map((match): Import => {
      const specifier = match[2] ?? match[3] ?? '';
      const isOwn = specifier.startsWith('.');
      const target = isOwn
        ? relative(sourceFolder, join(sourceFolder, dirname(file), specifier))
            .split(sep)
            .join('/')
        : specifier;
      return { file, target, isOwn, isType: match[1] !== undefined };
    });
  });
}
