/** Edit distance of two short words; a transposition counts as one edit. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Maximum length of a word to correct. */
const longestWord = 80;
const kinds = 32;

interface Candidate {
  readonly word: string;
  readonly small: string;
  readonly letters: Uint8Array;
}

/** Letter counts of a short word, indexed by the low five bits of the letter. */
function lettersOf(word: string): Uint8Array {
  const counts = new Uint8Array(kinds);
  for (let index = 0; index < word.length; index += 1) {
    const kind = word.charCodeAt(index) % kinds;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Lower bound of the edit distance: an edit adds or removes at most one letter. */
function leastDistance(a: Uint8Array, b: Uint8Array): number {
  let [more, less] = [0, 0];
  for (let kind = 0; kind < kinds; kind += 1) {
    const difference = (a[kind] ?? 0) - (b[kind] ?? 0);
    if (difference > 0) more += difference;
    else less -= difference;
  }
  return Math.max(more, less);
}

const prepared = new WeakMap<readonly string[], readonly Candidate[]>();

function candidatesOf(known: readonly string[]): readonly Candidate[] {
  const before = prepared.get(known);
  if (before) return before;
  const candidates = known
    .filter((word) => word.length <= longestWord * 2)
    .map((word) => ({ word, small: word.toLowerCase(), letters: lettersOf(word.toLowerCase()) }));
  prepared.set(known, candidates);
  return candidates;
}

/** The known word closest to a misspelled one; undefined if none is close. The list must not change afterwards. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  const wanted = word.toLowerCase();
  const letters = lettersOf(wanted);
  let limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  for (const candidate of candidatesOf(known)) {
    if (Math.abs(candidate.word.length - word.length) > limit) continue;
    if (leastDistance(letters, candidate.letters) > limit) continue;
    const far = distance(wanted, candidate.small);
    if (far > limit) continue;
    best = candidate.word;
    // Only a closer word replaces it.
    limit = far - 1;
    if (limit < 0) break;
  }
  return best;
}
