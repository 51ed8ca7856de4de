import { own } from './own.ts';

/** What the end of a spoken text is for Korean grammar: a vowel, the consonant ㄹ or another consonant. */
type Ending = 'vowel' | 'rieul' | 'consonant';

/** Forms of a particle: after a vowel and after a consonant. */
type Pair = readonly [afterVowel: string, afterConsonant: string];

/** The notations for particles in a pattern; the form is chosen by the last sound of the value before them. */
const pairs: Readonly<Record<string, Pair>> = {
  '은(는)': ['는', '은'],
  '이(가)': ['가', '이'],
  '을(를)': ['를', '을'],
  '과(와)': ['와', '과'],
  '와(과)': ['와', '과'],
  '(으)로': ['로', '으로'],
  '(이)어야': ['여야', '이어야'],
  '(이)': ['', '이'],
};

const digits: readonly Ending[] = [
  ...(['consonant', 'rieul', 'vowel', 'consonant', 'vowel'] as const), // 영 일 이 삼 사
  ...(['vowel', 'consonant', 'rieul', 'rieul', 'vowel'] as const), // 오 육 칠 팔 구
];

/** Words that are not spoken as their spelling suggests. */
const spoken: ReadonlyMap<string, Ending> = new Map([
  ...(['bit', 'byte', 'ip', 'id', 'via', 'heat', 'suite'] as const).map((word) => [word, 'vowel'] as const),
  ...(['group', 'hook', 'look', 'web', 'pub', 'job', 'hub'] as const).map(
    (word) => [word, 'consonant'] as const,
  ),
]);

/** The last letter of an abbreviation, by its name: 엘, 엠, 엔, 알; all others end in a vowel. */
function ofLetter(letter: string): Ending {
  if (/[lr]/i.test(letter)) return 'rieul';
  return /[mn]/i.test(letter) ? 'consonant' : 'vowel';
}

/** A Latin word by its usual pronunciation in Korean. */
function ofWord(word: string): Ending {
  const known = spoken.get(word.toLowerCase());
  if (known) return known;
  const last = word.slice(-1);
  if (/[A-Z]/.test(last) || !/[aeiouy]/i.test(word)) return ofLetter(last);
  const end = word.slice(-4).toLowerCase();
  if (/(?:l|le)$/.test(end)) return 'rieul';
  if (/(?:m|n|ng|me|ne)$/.test(end)) return 'consonant';
  // A short vowel before p, t, k closes the syllable (넷, 백업); a long one does not (루트).
  return /(?:^|[^aeiou])[aeiouy](?:p|t|ck?|k)$/.test(end) ? 'consonant' : 'vowel';
}

/** Without the quotes, punctuation and spaces at the end. */
function bare(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s`"'”’.,:;!?…]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** Without a bracket at the end: `node1 (10.0.0.3)` is spoken as `node1`; a text in brackets is spoken. */
function spokenPart(text: string): string {
  const whole = bare(text);
  const close = whole.slice(-1);
  const at = close === ')' ? whole.lastIndexOf('(') : close === ']' ? whole.lastIndexOf('[') : -1;
  const before = at > 0 ? bare(whole.slice(0, at)) : '';
  if (before !== '') return before;
  return /[)\]]/.test(close) ? bare(whole.slice(0, -1)) : whole;
}

/** The letters at the end of a text; after capitals, as in `UseDNS`, only those. */
function lastWord(text: string): string {
  const letter = /[A-Z]/.test(text.slice(-1)) ? /[A-Z]/ : /[A-Za-z]/;
  let start = text.length;
  while (start > 0 && letter.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start);
}

/** How a text ends when it is spoken in Korean; undefined if that is not known. */
function endingOf(text: string): Ending | undefined {
  // Names are short; only the end of a long text is read.
  const part = spokenPart(text.slice(-200));
  const last = part.slice(-1);
  const syllable = last.charCodeAt(0) - 0xac00;
  if (syllable >= 0 && syllable < 11_172) {
    const final = syllable % 28;
    if (final === 0) return 'vowel';
    return final === 8 ? 'rieul' : 'consonant';
  }
  if (/[0-9]/.test(last)) return digits[Number(last)];
  if (last === '%') return 'vowel';
  return /[A-Za-z]/.test(last) ? ofWord(lastWord(part)) : undefined;
}

/** The form of a particle, given in one of the notations, after a value; the notation itself if its sound is not known. */
export function particleAfter(value: string, notation: string): string {
  const ending = endingOf(value);
  const pair = own(pairs, notation);
  if (!pair || !ending) return notation;
  const [afterVowel, afterConsonant] = pair;
  const isLikeVowel = ending === 'vowel' || (ending === 'rieul' && notation === '(으)로');
  return isLikeVowel ? afterVowel : afterConsonant;
}
