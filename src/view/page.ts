/** Characters that take two columns in a monospaced font: Hangul, kana, and the ideographs. */
const wide = /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uff00-\uff60]/g;

/** The columns of a text. */
export function widthOf(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

/** A text filled with spaces up to a width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** A text as lines of at most that many columns, broken between words. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A text cut between words to at most that many columns, with an ellipsis. */
export function shortened(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const [first = ''] = wrapped(text, columns - 2);
  return `${first} …`;
}
