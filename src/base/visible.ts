/**
 * Characters that a terminal or editor interprets or hides: control and format characters (including bidirectional ones), line
 * separators and lone surrogates; Unicode Standard, section 4.5 (general categories).
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Replaces each such character with its code point, `<U+202E>`, as less(1) does. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** A foreign text of several lines, with its line feeds and tabs; every other such character becomes visible. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) =>
    character === '\n' || character === '\t' ? character : visible(character),
  );
}

/** How many input characters are scanned per character kept. */
const scannedPerKept = 20;

/**
 * Foreign text as one visible line of at most `maxLength` UTF-16 units: lines joined, duplicate and blank lines removed, a long
 * text cut with an ellipsis. Idempotent.
 */
export function oneLine(text: string, maxLength = 300): string {
  const lines = text
    .slice(0, maxLength * scannedPerKept)
    .split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll('\t', ' ').trim());
  const whole = visible([...new Set(lines)].filter((line) => line !== '').join(' '));
  if (whole.length <= maxLength) return whole;
  const kept = whole.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…`;
}

/**
 * The last lines of a foreign text that fit in `maxLength` UTF-16 units, since the last ones usually give the cause; formatted
 * like `oneLine`.
 */
export function lastLines(text: string, maxLength = 300): string {
  const lines = new Set<string>();
  let length = 0;
  const given = text.slice(-maxLength * scannedPerKept).split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/);
  for (const line of given.reverse()) {
    const shown = oneLine(line, maxLength);
    length += shown.length + 1;
    if (lines.size > 0 && length > maxLength + 1) break;
    if (shown !== '') lines.add(shown);
  }
  return [...lines].reverse().join(' ');
}
