import { type MessageArg, msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';
import type { Algorithms } from './algorithms.ts';
import type { Limits } from './limits.ts';
import type { Security } from './security.ts';

/** A host to log in to: the node itself, or a jump host on the way. */
export interface Target {
  /** The node, also if the host is one of its jump hosts. */
  readonly node: string;
  /** The name of the jump host as the user wrote it; absent for the node itself. */
  readonly jump?: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Its name in known_hosts files, if different from the host (HostKeyAlias). */
  readonly hostKeyAlias?: string;
  /** The key file from the settings: it must be readable. */
  readonly identity?: string;
  /** Key files to try if they exist. */
  readonly identities: readonly string[];
  /** Only those agent keys whose files are listed are tried. */
  readonly identitiesOnly?: boolean;
  /** The agent's socket or pipe. */
  readonly agent?: string;
  /** known_hosts files instead of the default ones. */
  readonly knownHosts?: readonly string[];
  /** Lists of revoked host keys (RevokedHostKeys), see `RevocationRequest`. */
  readonly revoked?: readonly string[];
  /** An unknown host key is refused without a prompt (StrictHostKeyChecking yes). */
  readonly strict?: boolean;
  /** An unknown host key is accepted and saved without a prompt (StrictHostKeyChecking accept-new or no). */
  readonly acceptNew?: boolean;
  /** A program that prints known host keys (KnownHostsCommand), with tokens. */
  readonly knownHostsCommand?: string;
  /** What the ssh config forbids. */
  readonly security?: Security;
  /** A program that connects to the host (ProxyCommand). */
  readonly proxyCommand?: string;
  /** Algorithms to offer instead of the default ones. */
  readonly algorithms?: Algorithms;
  /** The only address family to connect with (AddressFamily). */
  readonly family?: 4 | 6;
  /** The address of this computer to connect from (BindAddress). */
  readonly bindAddress?: string;
  /** Times of the ssh config: ConnectTimeout, ServerAliveInterval, ServerAliveCountMax. */
  readonly limits?: Partial<Pick<Limits, 'dialMs' | 'exchangeMs' | 'keepaliveMs' | 'keepaliveCount'>>;
  /** When to exchange the keys again (RekeyLimit). */
  readonly rekey?: RekeyLimit;
  /** Files with certificates of the ssh config (CertificateFile). */
  readonly certificates?: readonly string[];
  /** Keywords that the ssh config sets and that are not followed, with the failures that they may have caused. */
  readonly notFollowed?: readonly NotFollowed[];
}

/** After this number of bytes, or after this time. */
export interface RekeyLimit {
  readonly bytes?: number;
  readonly milliseconds?: number;
}

/** A keyword of the ssh config that is not followed. */
export interface NotFollowed {
  readonly keyword: string;
  readonly when: 'login' | 'connect' | 'host key';
}

/** The keywords that may have caused such a failure, for a message; undefined if there are none. */
export function notFollowedText({ notFollowed = [] }: Target, when: NotFollowed['when']): string | undefined {
  const names = notFollowed.filter((each) => each.when === when).map(({ keyword }) => keyword);
  return names.length > 0 ? names.join(', ') : undefined;
}

/** The name of the host at the beginning of a sentence. */
export function nameOf({ node, jump }: Target): MessageArg {
  return jump === undefined ? node : msg('Jump host {0}', jump);
}

/** `host:port`, with an IPv6 address in brackets. */
export function placeOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Foreign text for a message: one line, all characters visible, limited length. */
export function printable(text: string): string {
  return oneLine(text);
}
