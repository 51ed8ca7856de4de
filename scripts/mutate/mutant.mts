/** One change of one file: the text from `start` to `end` becomes `replacement`. */
export interface Mutant {
  /** Path in the project. */
  readonly file: string;
  /** Offsets in the file's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The kind of change. */
  readonly mutator: string;
}

/** A mutant with a name that survives edits elsewhere in its file; one line, with tabs between its parts. */
export interface NamedMutant extends Mutant {
  readonly name: string;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 100);

/** Names the mutants of a file by the line that they change, the old text and the new text; equal ones are numbered. */
export function named<T extends Mutant>(mutants: readonly T[], text: string): readonly (T & NamedMutant)[] {
  const counts = new Map<string, number>();
  return mutants.map((mutant) => {
    const { file, mutator, start, end, replacement } = mutant;
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? '';
    const words = [file, mutator, flat(line), flat(text.slice(start, end)), flat(replacement)].join('\t');
    const count = (counts.get(words) ?? 0) + 1;
    counts.set(words, count);
    return { ...mutant, name: count === 1 ? words : `${words} #${count}` };
  });
}
