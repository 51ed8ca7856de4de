import { phraseOf } from './words.ts';

/** Position of stdout lines in a run whose stderr was captured separately: the number of stderr lines before them. */
export interface MergePoint {
  readonly after: number;
}

/** Reconstructs the order of the two outputs of a run, line by line. */
export interface MergePointFinder {
  out(line: string): void;
  err(line: string): void;
  find(): MergePoint;
}

/** dnf 5 prints only its table to stdout: between these two lines of its stderr. */
const dnf5Sizes = ['Total size of inbound packages', 'After this operation'];

export function createMergePointFinder(): MergePointFinder {
  let lines = 0;
  let ended = false;
  let loaded: number | undefined;
  let sized: number | undefined;
  let isDnf5 = false;
  let waited = false;
  return {
    out(line) {
      const phrase = phraseOf(line);
      ended ||= phrase === 'complete' || phrase === 'nothing';
    },
    err(line) {
      const phrase = phraseOf(line);
      isDnf5 ||= phrase === 'loading' || phrase === 'loaded';
      waited ||= lines === 0 && line.startsWith('Existing lock ');
      if (dnf5Sizes.some((start) => line.startsWith(start))) sized ??= lines;
      lines += 1;
      if (phrase === 'loaded') loaded = lines;
    },
    find() {
      if (isDnf5) return { after: sized ?? loaded ?? lines };
      // yum 3 and dnf 4 print their errors last, unless the run recovered.
      return { after: ended || waited ? lines : 0 };
    },
  };
}
