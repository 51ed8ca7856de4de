/** A line being typed without echo; `ended` is set when it is complete. */
export interface Typing {
  readonly text: string;
  readonly ended?: 'entered' | 'cancelled' | 'interrupted';
}

export const nothingTyped: Typing = { text: '' };

/** Applies input of a raw terminal to the line, with the usual meaning of backspace, Ctrl-U, Ctrl-C, Ctrl-D and Enter. */
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
