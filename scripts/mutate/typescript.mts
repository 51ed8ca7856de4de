import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from './mutant.mts';

const quiet = () => undefined;
const logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
};

/** A mutant of TypeScript, which the instrumented text of its file contains next to the original. */
export interface SwitchedMutant extends Mutant {
  /** The value of `switchVariable` in the environment that makes it take effect. */
  readonly id: string;
}

/** The environment variable that instrumented code reads when it is loaded. */
export const switchVariable = '__STRYKER_ACTIVE_MUTANT__';

export interface Instrumented {
  readonly mutants: readonly SwitchedMutant[];
  /** The text of each file with all its mutants, by its path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Offsets of the line starts of a text. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The mutants that Stryker's mutators make of TypeScript files; `files` holds texts by path. */
export async function instrumented(files: ReadonlyMap<string, string>): Promise<Instrumented> {
  const instrumenter = new Instrumenter(logger);
  const options = { ignorers: [], excludedMutations: [], plugins: null };
  const given = [...files].map(([name, content]) => ({ name, mutate: true as const, content }));
  const result = await instrumenter.instrument(given, options);
  const starts = new Map([...files].map(([file, text]) => [file, lineStarts(text)]));
  const mutants = result.mutants.map(({ id, fileName, location, replacement, mutatorName }) => {
    const offset = ({ line, column }: { readonly line: number; readonly column: number }): number =>
      (starts.get(fileName)?.[line] ?? 0) + column;
    const [start, end] = [offset(location.start), offset(location.end)];
    return { id, file: fileName, start, end, replacement, mutator: mutatorName };
  });
  return { mutants, texts: new Map(result.files.map(({ name, content }) => [name, content])) };
}
