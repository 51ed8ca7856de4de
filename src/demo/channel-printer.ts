import type { Printer } from './drive.ts';
import type { ServerChannel } from './ssh2.ts';

/** Writes to a channel with backpressure. */
export interface ChannelPrinter extends Printer {
  /** Resolves when the channel can take more. */
  print(text: string | Buffer): Promise<void>;
  /** Call when the channel is closed. */
  close(): void;
  /** Calls the listener once when the channel is closed, immediately if it already is. */
  whenClosed(listener: () => void): void;
}

export function channelPrinter(channel: ServerChannel, drop: () => void): ChannelPrinter {
  const closed = new AbortController();
  let release: () => void = () => undefined;
  return {
    async print(text) {
      if (closed.signal.aborted) return;
      // The library drops the callback of a write if the channel closes during it.
      await new Promise<void>((resolve) => {
        release = resolve;
        channel.write(text, () => resolve());
      });
    },
    drop,
    close() {
      closed.abort();
      release();
    },
    whenClosed(listener) {
      if (closed.signal.aborted) listener();
      else closed.signal.addEventListener('abort', listener, { once: true });
    },
  };
}
