import { connect, isIP } from 'node:net';
import type { Ending } from './base/ending.ts';
import { dialFailure, wrongFamily } from './base/failures.ts';
import type { Target } from './base/target.ts';
import type { DialResult } from './dial-result.ts';
import { dialThrough } from './proxy-command.ts';

/** Opens a byte stream to the target, by TCP or ProxyCommand; stops when `ending` ends. */
export function dial(target: Target, ending: Ending): Promise<DialResult> {
  if (target.proxyCommand !== undefined) return dialThrough(target, ending);
  const { host, port, family, bindAddress } = target;
  const literal = isIP(host);
  if (family && literal !== 0 && literal !== family)
    return Promise.resolve({ ok: false, failure: wrongFamily(target) });
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host, port },
      ...(family && { family }),
      ...(bindAddress !== undefined && { localAddress: bindAddress }),
    });
    const stop = ending.onEnd((failure) => {
      socket.destroy();
      resolve({ ok: false, failure });
    });
    socket.once('connect', () => {
      stop();
      // Nagle's algorithm would delay every small packet until the previous one is acknowledged.
      socket.setNoDelay(true);
      resolve({ ok: true, stream: socket });
    });
    // Never removed: the session has its own listener for later errors.
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      stop();
      resolve({ ok: false, failure: dialFailure(target, cause) });
    });
  });
}
