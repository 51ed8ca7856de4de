import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text that people read, with its position. */
export interface Text {
  readonly where: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '../..');

export function lines(path: string): readonly Text[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((text, index) => ({ where: `${path}:${index + 1}`, text }));
}

const shellComment = /^\s*#(?!!)\s*(\S.*)$/;
const comment = /^\s*(?:\/\*\*?|\*|\/\/)\s*(\S.*)$|\s\/\/\s(\S.*)$/;
const title =
  /\b(?:describe|it)(?:\.\w+)?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`),/;

function matches(all: readonly Text[], pattern: RegExp): readonly Text[] {
  return all.flatMap(({ where, text }) => {
    const found = pattern
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined);
    return found === undefined ? [] : [{ where, text: found }];
  });
}

/** The comments of a file, without directives of the linter. */
export function comments(all: readonly Text[], isShell: boolean): readonly Text[] {
  return matches(all, isShell ? shellComment : comment).filter(
    ({ text }) => !text.startsWith('biome-ignore'),
  );
}

export function titles(all: readonly Text[]): readonly Text[] {
  return matches(all, title);
}

/** The names that a line declares: constants, functions, parameters in a list, members of a type. */
export function declaredNames(all: readonly Text[]): readonly Text[] {
  const declaration =
    /\b(?:const|let|function|readonly|class|interface|type) (\w+)|^\s*(\w+)\??(?:\(|: )|[({,] ?(\w+)\??: /;
  return matches(
    all.filter(({ text }) => !/^\s*(?:\/\/|\/?\*)/.test(text)),
    declaration,
  );
}

/** The names of everything that a file exports where it declares it. */
export function exportedNames(all: readonly Text[]): readonly Text[] {
  return matches(
    all,
    /^export (?:abstract |async |declare )*(?:class|const|enum|function|interface|type)\*? (\w+)/,
  );
}
