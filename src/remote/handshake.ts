import type { Duplex } from 'node:stream';
import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { offerTo } from './base/algorithms.ts';
import {
  type Cause,
  connectionClosed,
  connectionLost,
  handshakeFailure,
  tooMuchSent,
} from './base/failures.ts';
import { authFailure, passwordExpired } from './base/login-failures.ts';
import { adaptProtocol } from './base/protocol.ts';
import { Client, clientOptions, type Ssh2Error } from './base/ssh2.ts';
import { printable } from './base/target.ts';
import type { Session } from './channel/session.ts';
import { createHostGuard } from './host-guard.ts';
import { knownTypes } from './host-keys/known-hosts.ts';
import { KeepaliveWatch } from './keepalive-watch.ts';
import { createLoginDriver } from './login-driver.ts';
import { Negotiation, nothingToOffer } from './negotiation.ts';
import type { Opening } from './opening.ts';
import { watchRekey } from './rekey-watch.ts';

/** The identification of a server that has another protocol version. */
function foreignVersion({ message }: Cause, greeting: Opening['greeting']): string {
  return /identification|version/i.test(message) ? greeting.identification : '';
}

/** A login takes a few kilobytes: lists of algorithms, keys, banners of at most 35,000 bytes, questions. */
const MAX_LOGIN_BYTES = 4 * 1_048_576;

/** How long to wait for a clean disconnect, milliseconds. */
const CLOSE_TIMEOUT_MS = 1_000;

/** Handshake and login over a stream; resolves after the login, or when `ending` ends with the reason. */
export function handshake(opening: Opening, stream: Duplex): Promise<Session> {
  const { target, ending, found, tried, banner, greeting } = opening;
  const { limits, waits } = opening.access;
  const client = new Client();
  const negotiation = new Negotiation();
  let stage: 'handshake' | 'login' | 'open' | 'closing' = 'handshake';

  const explain = (cause: Cause): Failure => {
    if (stage === 'closing') return connectionClosed(target);
    if (stage === 'handshake')
      return (
        negotiation.failure(target, cause.message) ??
        handshakeFailure(target, cause, greeting.text || foreignVersion(cause, greeting))
      );
    if (stage === 'open') return connectionLost(target, cause);
    if (/bad packet length/i.test(cause.message)) return handshakeFailure(target, cause, '');
    // A server that closes the connection during the login usually gives the reason in the banner.
    if (cause.level === 'client-socket')
      return connectionLost(target, { ...cause, message: `${cause.message}\n${banner.text}` });
    const hungUp = msg('the host closed the connection ({0})', printable(cause.message));
    return authFailure(target, { tried: [...tried, hungUp], banner: banner.text, isClosed: true });
  };
  // These listeners are never removed, so that late errors are not lost.
  client.on('error', (error: Ssh2Error) => {
    // A key that can't sign is reported with the key; the next method is tried.
    if (error.level !== 'agent') ending.end(explain(error));
  });
  client.on('end', () => ending.end(explain({ message: 'closed by the other side' })));
  client.on('close', () => ending.end(explain({ message: 'closed' })));
  client.on('banner', (text) => {
    banner.add(text);
    opening.access.trace?.(target, `Banner: ${text}`);
  });
  client.on('change password', () => ending.end(passwordExpired(target)));
  client.once('handshake', () => {
    stage = 'login';
    opening.enterPhase('login');
  });

  const close = async () => {
    if (ending.failure) return;
    stage = 'closing';
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => ending.end(connectionClosed(target)), CLOSE_TIMEOUT_MS);
      ending.onEnd(() => {
        clearTimeout(timer);
        resolve();
      });
      client.end();
    });
  };

  return new Promise((resolve) => {
    const link = new KeepaliveWatch(stream, limits, () =>
      ending.end(
        connectionLost(target, { message: 'Keepalive timeout: the other side has stopped answering' }),
      ),
    );
    const watchKeepalive = () => link.start();
    const session: Session = { client, ending, limits, waits, watchKeepalive, close };
    ending.onEnd(() => {
      link.stop();
      client.destroy();
      stream.destroy();
      resolve(session);
    });
    client.once('ready', () => {
      stage = 'open';
      if (target.rekey) ending.onEnd(watchRekey(client, stream, target.rekey));
      resolve(session);
    });
    if (ending.failure) return;
    const { offer, missing } = offerTo(target.algorithms, found.ok ? knownTypes(found.records) : []);
    if (missing.length > 0) return ending.end(nothingToOffer(target, missing));
    const guard = createHostGuard(opening);
    client.connect({
      ...clientOptions(limits.keepaliveMs, offer),
      // Costs something for every packet of a log, so not for longer than the login.
      debug: (line) => {
        if (stage === 'open' || stage === 'closing') return;
        negotiation.hear(line);
        opening.access.trace?.(target, line);
      },
      sock: stream,
      username: target.user,
      hostVerifier: guard.verify,
      authHandler: createLoginDriver(opening, guard),
    });
    adaptProtocol(client);
    greeting.listen(stream, () => opening.enterPhase('key-exchange'));
    let received = 0;
    const count = (bytes: Buffer): void => {
      received += bytes.length;
      if (received > MAX_LOGIN_BYTES) ending.end(tooMuchSent(target, MAX_LOGIN_BYTES));
    };
    stream.on('data', count);
    client.once('ready', () => stream.off('data', count));
  });
}
