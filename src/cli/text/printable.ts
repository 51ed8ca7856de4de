import { cleanLine } from '../../yum/clean.ts';

/** Characters that a terminal interprets: controls, and marks that change the text direction. */
const obeyed =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** Makes a line of a node safe to display: what it would leave on a screen, without cursor movements. */
export function printable(line: string): string {
  return cleanLine(line).replace(obeyed, '').replace(/\t/g, '        ');
}

/** Makes text of a file safe to display: replaces each character that a terminal interprets, keeping all columns. */
export function shownAs(text: string): string {
  return text.replace(/\t/g, ' ').replace(obeyed, '\ufffd');
}
