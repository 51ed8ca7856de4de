import { type MessageArg, msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';

/** One machine to log in to: the node itself or a jump host on the way to it. */
export interface Target {
  /** The node that this is about, also when the machine is a jump host before it. */
  readonly node: string;
  /** The jump host's name as the user wrote it; absent for the node itself. */
  readonly jump?: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name under which known_hosts files know it, where that is not the host (HostKeyAlias). */
  readonly hostKeyAlias?: string;
  /** The key file that the settings name: it has to be readable. */
  readonly identity?: string;
  /** Key files to try where they exist. */
  readonly identities: readonly string[];
  /** Of the agent's keys only those whose files are named are tried. */
  readonly identitiesOnly?: boolean;
  /** The agent's socket or pipe. */
  readonly agent?: string;
  /** The known_hosts files in place of the default ones. */
  readonly knownHosts?: readonly string[];
  /** The lists of revoked host keys (RevokedHostKeys), see `RevocationRequest`. */
  readonly revoked?: readonly string[];
  /** An unknown host key is refused without a question (StrictHostKeyChecking yes). */
  readonly strict?: boolean;
  /** A program whose input and output lead to the machine (ProxyCommand). */
  readonly proxyCommand?: string;
}

/** How a message names the machine, at the beginning of a sentence. */
export function nameOf({ node, jump }: Target): MessageArg {
  return jump === undefined ? node : msg('Jump host {0}', jump);
}

/** `host:port`, an IPv6 address in brackets. */
export function placeOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Text of a remote machine, fit for a message: one line, every character visible, not long. */
export function printable(text: string): string {
  return oneLine(text);
}
