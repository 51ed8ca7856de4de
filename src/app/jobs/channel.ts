import type { JobTimes } from './times.ts';

/** The SSH channel that follows a job; abandoned if the controller is silent for too long. */
export class Channel {
  readonly #times: JobTimes;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isAbandoned = false;
  #isSent = false;
  #hasAnswered = false;

  constructor(times: JobTimes) {
    this.#times = times;
  }

  /** Aborted when this side closes the channel. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether this side gave up on it. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** Whether the request was sent, so that the controller may be running. */
  get isSent(): boolean {
    return this.#isSent;
  }

  /** Whether the controller has sent a frame. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** The request was sent: the deadline for the first frame starts. */
  sent(): void {
    this.#isSent = true;
    this.#timer ??= this.#abandonAfter(this.#times.firstFrameMs);
  }

  /** Output has arrived; only a frame counts as an answer. */
  received({ isFrame }: { readonly isFrame: boolean }): void {
    this.#hasAnswered ||= isFrame;
    clearTimeout(this.#timer);
    this.#timer = this.#abandonAfter(this.#times.silenceMs);
  }

  /** Gives up: the node is lost, or its answer is useless. */
  abandon(): void {
    this.#isAbandoned = true;
    this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #abandonAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.abandon(), ms);
  }
}
