import type { Readable } from 'node:stream';

export interface KeepaliveLimits {
  /** Milliseconds between keepalive requests. */
  readonly keepaliveMs: number;
  /** How many may be unanswered. */
  readonly keepaliveCount: number;
}

/** Detects a dead connection by its silence, after `start`: sshd answers nothing before the session is open. */
export class KeepaliveWatch {
  readonly #stream: Readable;
  readonly #limitMs: number;
  readonly #dead: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(stream: Readable, { keepaliveMs, keepaliveCount }: KeepaliveLimits, dead: () => void) {
    this.#stream = stream;
    this.#limitMs = keepaliveMs * (keepaliveCount + 1);
    this.#dead = dead;
  }

  /** Ignored the second time. */
  start(): void {
    if (this.#timer || this.#isOver) return;
    let received = 0;
    const timer = setTimeout(() => {
      const before = received;
      // What has arrived while this process was busy is read first.
      setImmediate(() => {
        if (!this.#isOver && received === before) this.#dead();
      });
    }, this.#limitMs);
    this.#timer = timer;
    this.#stream.on('data', () => {
      received += 1;
      if (!this.#isOver) timer.refresh();
    });
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
