import type { PackageAction } from './events.ts';
import {
  columnWords,
  dependencyResultWords,
  dependencyWords,
  errorWords,
  resultWords,
  summaryWords,
  tableWords,
  verifyWords,
  type Words,
  warningWords,
} from './heading-words.ts';
import { type Phrase, phraseWords } from './phrase-words.ts';

/** A heading of the table or of the final lists, or a word of the summary: the action, and whether it is for a dependency. */
export interface Heading {
  readonly action: PackageAction | 'failed';
  readonly dependency: boolean;
}

/** Normalizes a phrase: removes the trailing colon and French no-break spaces. */
export function plain(text: string): string {
  let end = text.length;
  for (; end > 0; end--) {
    const code = text.charCodeAt(end - 1);
    // Colon, full-width colon, blank and no-break space.
    if (code !== 0x3a && code !== 0xff1a && code !== 0x20 && code !== 0xa0) break;
  }
  const short = end === text.length ? text : text.slice(0, end);
  return short.includes('\u00a0') ? short.replaceAll('\u00a0', ' ') : short;
}

function index(...lists: readonly (readonly [Words, boolean])[]): ReadonlyMap<string, Heading> {
  const map = new Map<string, Heading>();
  for (const [words, dependency] of lists)
    for (const [action, texts] of Object.entries(words))
      for (const text of texts) map.set(plain(text), { action: action as Heading['action'], dependency });
  return map;
}

const erasing: Words = {
  downgrade: ['Downgrading'],
  reinstall: ['Reinstalling'],
  remove: ['Erasing', 'Removing'],
};

const phraseIndex = new Map<string, Phrase>();
for (const [phrase, texts] of Object.entries(phraseWords))
  for (const text of texts) phraseIndex.set(plain(text), phrase as Phrase);

/** Headings of the transaction table. */
export const tableHeadings = index([tableWords, false], [dependencyWords, true]);
/** First words of the rows under `Transaction Summary`. */
export const summaryHeadings = index([summaryWords, false]);
/** Headings of the lists after the transaction. */
export const resultHeadings = index([resultWords, false], [dependencyResultWords, true]);
/** Verbs of transaction elements that change a package. */
export const stepVerbs = index(
  [{ install: tableWords.install ?? [], upgrade: tableWords.upgrade ?? [] }, false],
  [erasing, false],
);

const verifying: ReadonlySet<string> = new Set(verifyWords);
const columns: ReadonlySet<string> = new Set(columnWords);
const errors: ReadonlySet<string> = new Set(errorWords);
const warnings: ReadonlySet<string> = new Set(warningWords);

/** The first characters of the phrases, and the length of the longest with a colon: most lines need no search. */
const firstCodes = new Uint8Array(0x1_0000);
for (const phrase of phraseIndex.keys()) firstCodes[phrase.charCodeAt(0)] = 1;
const phraseLengths = [...phraseIndex.keys()].map(({ length }) => length);
const maxPhraseLength = phraseLengths.reduce((most, length) => Math.max(most, length), 0) + 8;

export function phraseOf(line: string): Phrase | undefined {
  if (firstCodes[line.charCodeAt(0)] !== 1) return undefined;
  return line.length > maxPhraseLength && plain(line).length > maxPhraseLength
    ? undefined
    : phraseIndex.get(plain(line));
}

export function isVerifying(action: string): boolean {
  return verifying.has(action);
}

/** Whether the word can be the heading of a table's first column. */
export function isPackageColumn(word: string): boolean {
  return columns.has(word);
}

/** `Error: …` or `warning: …` in any known language; the word is the text before the first colon. */
export function complaintOf(line: string): 'error' | 'warning' | undefined {
  const limit = Math.min(line.length, 13);
  for (let end = 0; end < limit; end++) {
    const code = line.charCodeAt(end);
    if (code !== 0x3a && code !== 0xff1a) continue;
    const word = plain(line.slice(0, end));
    return errors.has(word) ? 'error' : warnings.has(word) ? 'warning' : undefined;
  }
  return undefined;
}
