import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's files that a file imports, statically or dynamically. */
function importsOf(file: string, known: Map<string, readonly string[]>): readonly string[] {
  const before = known.get(file);
  if (before) return before;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
  known.set(file, found);
  return found;
}

/** The number of imports between each test file and a source file; tests that never reach it are omitted. */
export function distances(
  tests: readonly string[],
  source: string,
  known: Map<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  for (const test of tests) {
    const seen = new Set([test]);
    let level: readonly string[] = [test];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (level.includes(source)) {
        result.set(test, depth);
        break;
      }
      level = level
        .flatMap((file) => importsOf(file, known))
        .filter((file) => !seen.has(file) && seen.add(file));
    }
  }
  return result;
}
