/** A function of a script; rows are zero-based and inclusive. */
export interface ScriptFunction {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The parts of a displayed script: its header in words, the part of the step, and the library that all steps use. */
export interface ScriptParts {
  /** The first row of the step's own part. */
  readonly own: number;
  /** The rows of the library, with the calls at its end left out; undefined for any other text. */
  readonly library?: { readonly first: number; readonly last: number };
  readonly functions: readonly ScriptFunction[];
}

const opening = /^([a-z_][\w]*)\(\) \{$/i;

function functionsOf(lines: readonly string[]): readonly ScriptFunction[] {
  const found: ScriptFunction[] = [];
  let open: { readonly name: string; readonly first: number } | undefined;
  lines.forEach((line, row) => {
    const name = opening.exec(line)?.[1];
    if (name !== undefined) open = { name, first: row };
    else if (line === '}' && open) {
      found.push({ ...open, last: row });
      open = undefined;
    }
  });
  return found;
}

/** Reads the parts of a displayed script. */
export function scriptParts(text: string): ScriptParts {
  const lines = text.split('\n');
  const own = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
  const head = lines.findLastIndex((line) => line.startsWith('# stackprep {'));
  const functions = functionsOf(lines);
  const calls = functions.findLast(({ name }) => name === 'sp_main');
  return {
    own: Math.max(0, own),
    ...(head < 0 || !calls ? {} : { library: { first: head, last: calls.first - 1 } }),
    functions,
  };
}
