/** What is to be done about what sudo has said so far. */
export type PreludeStep =
  | { readonly type: 'wait' }
  /** It asks for the password for the first time. */
  | { readonly type: 'answer' }
  /** It asks again: the password was wrong. */
  | { readonly type: 'refused' }
  /** The command runs as root; `rest` is its own first output. */
  | { readonly type: 'begun'; readonly rest: Buffer }
  /** It goes on and on. */
  | { readonly type: 'flooded' };

/** More than any lecture of sudo's. */
const MAX_PRELUDE_LENGTH = 65_536;

/** Listens to what comes before the command's own output: sudo's lecture, its prompts, and the word that it is done. */
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
    if (prompts > 1) return { type: 'refused' };
    if (this.#text.length > MAX_PRELUDE_LENGTH) return { type: 'flooded' };
    if (prompts === 0 || this.#answered) return { type: 'wait' };
    this.#answered = true;
    return { type: 'answer' };
  }

  /** Whether sudo has asked for the password. */
  get wasAsked(): boolean {
    return this.#answered;
  }

  /** What sudo said, without its prompts. */
  get said(): string {
    return Buffer.from(this.#text.replaceAll(this.#prompt, ''), 'latin1').toString('utf8').trim();
  }
}
