/**
 * Characters that a screen obeys or hides instead of showing them: controls, format characters (those that turn the direction of
 * writing among them), line separators and halves of surrogate pairs; Unicode Standard, section 4.5 (general categories).
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with its code point in place of every character that a screen would obey or hide: `<U+202E>`, as less(1) shows it. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** Of a longer text so much is read, for each character that is kept. */
const readPerKept = 20;

/**
 * Text of another machine as one visible line of at most `maxLength` UTF-16 units: its lines joined, each of them once, blank ones
 * left out. What is cut off at the end is replaced by an ellipsis; the same text comes out when it is done again.
 */
export function oneLine(text: string, maxLength = 300): string {
  const lines = text
    .slice(0, maxLength * readPerKept)
    .split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll('\t', ' ').trim());
  const whole = visible([...new Set(lines)].filter((line) => line !== '').join(' '));
  if (whole.length <= maxLength) return whole;
  const kept = whole.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…`;
}

/**
 * The end of a text of another machine in at most `maxLength` UTF-16 units: as many of its last lines as fit, since the last ones say
 * why it ends; lines and characters as `oneLine` has them.
 */
export function lastWords(text: string, maxLength = 300): string {
  const lines = new Set<string>();
  let length = 0;
  const given = text.slice(-maxLength * readPerKept).split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/);
  for (const line of given.reverse()) {
    const shown = oneLine(line, maxLength);
    length += shown.length + 1;
    if (lines.size > 0 && length > maxLength + 1) break;
    if (shown !== '') lines.add(shown);
  }
  return [...lines].reverse().join(' ');
}
