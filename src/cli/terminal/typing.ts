/** One line as it is typed without echo; `ended` is set when it is over. */
export interface Typing {
  readonly text: string;
  readonly ended?: 'entered' | 'cancelled' | 'interrupted';
}

export const nothingTyped: Typing = { text: '' };

/** What a raw terminal sends is applied to the line: backspace, Ctrl-U, Ctrl-C, Ctrl-D and Enter as a person expects them. */
export function type(typing: Typing, input: string): Typing {
  let { text } = typing;
  for (const character of input) {
    if (character === '\r' || character === '\n') return { text, ended: 'entered' };
    if (character === '\x03') return { text: '', ended: 'interrupted' };
    if (character === '\x04') return { text: '', ended: 'cancelled' };
    if (character === '\x7f' || character === '\b') text = [...text].slice(0, -1).join('');
    else if (character === '\x15') text = '';
    else if (character >= ' ') text += character;
  }
  return { text };
}
