import type { Reason } from '../../base/states.ts';

/** Receives what a login waits for, once that takes long; undefined when it no longer waits. */
export type WaitListener = (wait: Reason | undefined) => void;

interface OpenWait {
  readonly reason: Reason;
  isDue: boolean;
  timer?: NodeJS.Timeout;
}

/** Names what is waited for after a few seconds, the innermost wait first; nothing while a prompt is open. */
export class Waits {
  readonly #noticeMs: number;
  readonly #listener: WaitListener;
  readonly #open: OpenWait[] = [];
  #prompts = 0;
  #shown: Reason | undefined;

  constructor(noticeMs: number, listener: WaitListener) {
    this.#noticeMs = noticeMs;
    this.#listener = listener;
  }

  /** A wait begins; call the result when it is over. */
  begin(code: string, ...args: readonly string[]): () => void {
    const wait: OpenWait = { reason: { code, args }, isDue: false };
    this.#open.push(wait);
    this.#arm(wait);
    return () => {
      const at = this.#open.indexOf(wait);
      if (at === -1) return;
      this.#open.splice(at, 1);
      clearTimeout(wait.timer);
      this.#show();
    };
  }

  async during<T>(work: () => Promise<T>, code: string, ...args: readonly string[]): Promise<T> {
    const end = this.begin(code, ...args);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** The user is asked: what is open then is waited for again after the answer. */
  async whilePrompt<T>(asking: () => Promise<T>): Promise<T> {
    this.#prompts += 1;
    this.#show();
    try {
      return await asking();
    } finally {
      this.#prompts -= 1;
      if (this.#prompts === 0) for (const wait of this.#open) this.#arm(wait);
    }
  }

  #arm(wait: OpenWait): void {
    clearTimeout(wait.timer);
    wait.isDue = false;
    wait.timer = setTimeout(() => {
      wait.isDue = true;
      this.#show();
    }, this.#noticeMs);
    // The wait itself keeps the process alive.
    wait.timer.unref();
  }

  #show(): void {
    const shown = this.#prompts > 0 ? undefined : this.#open.findLast(({ isDue }) => isDue)?.reason;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#listener(shown);
  }
}
