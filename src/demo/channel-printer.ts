import type { Printer } from './drive.ts';
import type { ServerChannel } from './ssh2.ts';

/** Prints to a channel, as fast as its reader takes it. */
export interface ChannelPrinter extends Printer {
  /** Ends when the reader has room for it. */
  print(text: string | Buffer): Promise<void>;
  /** There is no reader any more. */
  close(): void;
  /** Called once when there is no reader any more, at once where there is none already. */
  whenClosed(listener: () => void): void;
}

export function channelPrinter(channel: ServerChannel, drop: () => void): ChannelPrinter {
  const closed = new AbortController();
  let release: () => void = () => undefined;
  return {
    async print(text) {
      if (closed.signal.aborted) return;
      // The library forgets the callback of a write to a channel that closes meanwhile.
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
