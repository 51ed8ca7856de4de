import { phraseOf } from './words.ts';

/** Where the standard output of a run belongs when it was kept apart from its standard error: after so many of the error lines. */
export interface MergePoint {
  readonly after: number;
}

/** Finds out how two outputs of one run stood to each other, line by line. */
export interface MergePointFinder {
  out(line: string): void;
  err(line: string): void;
  find(): MergePoint;
}

/** dnf 5 prints only its table on stdout: between these two moments of what it tells on stderr. */
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
      // yum 3 and dnf 4 tell their errors last, unless the run got over them.
      return { after: ended || waited ? lines : 0 };
    },
  };
}
