import { connect } from 'node:net';
import type { Ending } from './base/ending.ts';
import { dialFailure } from './base/failures.ts';
import type { Target } from './base/target.ts';
import type { DialResult } from './dialled.ts';
import { dialThrough } from './proxy-command.ts';

/** A byte stream to the target, by TCP or through the program of its ssh config; ends early with the reason of `ending`. */
export function dial(target: Target, ending: Ending): Promise<DialResult> {
  if (target.proxyCommand !== undefined) return dialThrough(target, ending);
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const stop = ending.onEnd((failure) => {
      socket.destroy();
      resolve({ ok: false, failure });
    });
    socket.once('connect', () => {
      stop();
      // Without it Nagle's algorithm delays every small packet until the one before is acknowledged.
      socket.setNoDelay(true);
      resolve({ ok: true, stream: socket });
    });
    // Stays for good: later errors reach the session as well, which has a listener of its own.
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      stop();
      resolve({ ok: false, failure: dialFailure(target, cause) });
    });
  });
}
