import { cleanLine } from '../../yum/clean.ts';

/** What a terminal would obey instead of showing: controls and the marks that turn the direction of writing. */
const obeyed = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A line of a node as it may be shown: what it would leave on a screen, and nothing that moves the cursor. */
export function printable(line: string): string {
  return cleanLine(line).replace(obeyed, '').replace(/\t/g, '        ');
}

/** A text of a file as it may be shown: place by place the same, with a sign for what a terminal would obey. */
export function shownAs(text: string): string {
  return text.replace(/\t/g, ' ').replace(obeyed, '\ufffd');
}
