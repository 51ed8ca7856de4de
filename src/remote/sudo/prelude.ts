/** How to react to sudo's output so far. */
export type PreludeStep =
  | { readonly type: 'wait' }
  /** First password prompt. */
  | { readonly type: 'answer' }
  /** Second prompt: the password was wrong. */
  | { readonly type: 'refused' }
  /** Second prompt, but no word about a wrong password: sudo asks for something else. `-p` replaces the text of that prompt, too. */
  | { readonly type: 'asked-more' }
  /** The command runs as root; `rest` is the beginning of its output. */
  | { readonly type: 'begun'; readonly rest: Buffer }
  /** Too much output. */
  | { readonly type: 'flooded' };

/** Longer than any lecture of sudo. */
const MAX_PRELUDE_LENGTH = 65_536;

/** Reads the output before the command: sudo's lecture, its prompts, and the marker. */
export class Prelude {
  readonly #prompt: string;
  readonly #begun: string;
  #text = '';
  #answered = false;

  constructor({ prompt, begun }: { readonly prompt: string; readonly begun: string }) {
    this.#prompt = prompt;
    this.#begun = `${begun}\n`;
  }

  push(bytes: Uint8Array): PreludeStep {
    this.#text += Buffer.from(bytes).toString('latin1');
    const at = this.#text.indexOf(this.#begun);
    if (at !== -1) {
      const rest = Buffer.from(this.#text.slice(at + this.#begun.length), 'latin1');
      this.#text = this.#text.slice(0, at);
      return { type: 'begun', rest };
    }
    const prompts = this.#text.split(this.#prompt).length - 1;
    if (prompts > 1) return { type: this.#isRejected ? 'refused' : 'asked-more' };
    if (this.#text.length > MAX_PRELUDE_LENGTH) return { type: 'flooded' };
    if (prompts === 0 || this.#answered) return { type: 'wait' };
    this.#answered = true;
    return { type: 'answer' };
  }

  /** Whether sudo has written anything after the first prompt, as it does about a wrong password. */
  get #isRejected(): boolean {
    const [, between = ''] = this.#text.split(this.#prompt);
    return between.replace(/^\([^()\s]{1,64}\) /, '').trim() !== '';
  }

  /** Whether sudo has asked for the password. */
  get wasAsked(): boolean {
    return this.#answered;
  }

  /** The user whose password sudo asks for, according to its prompt. */
  get askedFor(): string | undefined {
    const at = this.#text.indexOf(this.#prompt);
    const after = at === -1 ? '' : this.#text.slice(at + this.#prompt.length);
    return /^\(([^()%\s]{1,64})\) /.exec(after)?.[1];
  }

  /** sudo's output without its prompts. */
  get said(): string {
    const parts = this.#text.split(this.#prompt).map((part) => part.replace(/^\([^()\s]{1,64}\) /, ''));
    return Buffer.from(parts.join(''), 'latin1').toString('utf8').trim();
  }
}
