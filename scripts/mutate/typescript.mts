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

/** Offsets of the line starts of a text. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The mutants that Stryker's mutators make of a TypeScript file. */
export async function typescriptMutants(file: string, text: string): Promise<readonly Mutant[]> {
  const instrumenter = new Instrumenter(logger);
  const options = { ignorers: [], excludedMutations: [], plugins: null };
  const { mutants } = await instrumenter.instrument([{ name: file, mutate: true, content: text }], options);
  const starts = lineStarts(text);
  return mutants.map(({ location, replacement, mutatorName }) => {
    const offset = ({ line, column }: { readonly line: number; readonly column: number }): number =>
      (starts[line] ?? 0) + column;
    const [start, end] = [offset(location.start), offset(location.end)];
    return { file, start, end, replacement, mutator: mutatorName };
  });
}
