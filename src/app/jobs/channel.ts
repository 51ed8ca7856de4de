import type { JobTimes } from './times.ts';

/** The channel that follows, which is given up when the controller says nothing for too long. */
export class Channel {
  readonly #times: JobTimes;
  readonly #closing = new AbortController();
  #watch: NodeJS.Timeout | undefined;
  #isStale = false;
  #isSent = false;
  #hasAnswered = false;

  constructor(times: JobTimes) {
    this.#times = times;
  }

  /** Aborted when the channel is closed from here. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** It was given up from here. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** The request has gone out, so that the controller is at work. */
  get isSent(): boolean {
    return this.#isSent;
  }

  /** The controller has said a word. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** The request has gone out: now the controller has to say its first word. */
  sent(): void {
    this.#isSent = true;
    this.#watch ??= this.#giveUpAfter(this.#times.first);
  }

  /** Something came; only a frame is a word of the controller. */
  heard({ isFrame }: { readonly isFrame: boolean }): void {
    this.#hasAnswered ||= isFrame;
    clearTimeout(this.#watch);
    this.#watch = this.#giveUpAfter(this.#times.silence);
  }

  /** Takes the node for lost, or its answer for useless. */
  giveUp(): void {
    this.#isStale = true;
    this.close();
  }

  close(): void {
    clearTimeout(this.#watch);
    this.#closing.abort();
  }

  #giveUpAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.giveUp(), ms);
  }
}
