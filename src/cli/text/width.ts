import { stripVTControlCharacters } from 'node:util';

/** Zero-width characters: controls, combining marks, joiners, and the medial and final letters of decomposed Hangul. */
const zero = /^[\p{Cc}\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;
/** East Asian Wide and Fullwidth (Unicode Standard Annex 11), and emoji that terminals draw in two cells. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
const plain = /^[\x20-\x7e]*$/;

function cells(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** The width of a text in terminal cells; escape sequences have no width. */
export function widthOf(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (plain.test(visible)) return visible.length;
  let width = 0;
  for (const character of visible) width += cells(character);
  return width;
}

/** Pads a text with blanks to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The longest prefix of a plain text that fits in `width` cells. */
export function head(text: string, width: number): string {
  let taken = 0;
  let end = 0;
  for (const character of text) {
    taken += cells(character);
    if (taken > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Truncates a plain text to a width, with an ellipsis. */
export function clip(text: string, width: number, ellipsis = '…'): string {
  if (width <= 0) return '';
  return widthOf(text) <= width ? text : head(text, width - widthOf(ellipsis)) + ellipsis;
}

/** Wraps a text into lines of at most `width` cells; a longer word gets its own line and is not truncated. */
export function wrap(text: string, width: number): readonly string[] {
  const out: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      out.push(line);
      line = word;
    } else line = longer;
  }
  return [...out, line];
}

/** Indents all lines of a text except the first (a hanging indent). */
export function hang(lead: string, text: string, columns: number): string {
  const indent = widthOf(lead);
  return lead + wrap(text, Math.max(20, columns - indent)).join(`\n${' '.repeat(indent)}`);
}
