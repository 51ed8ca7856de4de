import { type MessageArg, msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';

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
  /** A program that connects to the host (ProxyCommand). */
  readonly proxyCommand?: string;
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
