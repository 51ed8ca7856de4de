/** `Is this ok [y/N]: ` and its translations: a letter for yes, optionally `d`, a letter for no. */
const question = /\[\p{L}\/(?:\p{L}\/)?\p{L}\]\??\s?[:：]?\s?/u;

/** A question and the rest of its line: a short answer, or the next message if there was no answer. */
export interface Prompt {
  readonly text: string;
  readonly rest: string;
}

export function promptOf(line: string): Prompt | undefined {
  const bracket = line.indexOf(']');
  if (bracket < 4 || line.charCodeAt(bracket - 2) !== 0x2f) return undefined;
  const found = question.exec(line);
  if (!found) return undefined;
  const end = found.index + found[0].length;
  const rest = line.slice(end).trim();
  return rest.length > 3 ? { text: line.slice(0, end), rest } : { text: line, rest: '' };
}
