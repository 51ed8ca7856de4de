import { stripVTControlCharacters } from 'node:util';

/** Controls, marks over a letter, joiners and the inner parts of decomposed Hangul take no cell of their own. */
const zero = /^[\p{Cc}\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;
/** East Asian Wide and Fullwidth (Unicode Standard Annex 11) with the emoji that terminals draw over two cells. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
const plain = /^[\x20-\x7e]*$/;

function cells(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** How many cells of a terminal a text takes; escape sequences take none. */
export function widthOf(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (plain.test(visible)) return visible.length;
  let width = 0;
  for (const character of visible) width += cells(character);
  return width;
}

/** The text filled up with blanks to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The beginning of a plain text that takes at most `width` cells. */
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

/** The plain text cut to a width, with an ellipsis where something is missing. */
export function clip(text: string, width: number, ellipsis = '…'): string {
  if (width <= 0) return '';
  return widthOf(text) <= width ? text : head(text, width - widthOf(ellipsis)) + ellipsis;
}

/** The words of a text in lines of at most `width` cells; a word that is longer stands alone and is not cut. */
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

/** A text under a hanging indent: every line after the first begins under the first one's text. */
export function hang(lead: string, text: string, columns: number): string {
  const indent = widthOf(lead);
  return lead + wrap(text, Math.max(20, columns - indent)).join(`\n${' '.repeat(indent)}`);
}
