import { userInfo } from 'node:os';
import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { type JumpHost, readJump } from '../cluster/ssh-names.ts';
import { jumpFailure } from './base/failures.ts';
import type { Target } from './base/target.ts';
import { readSshConfig } from './ssh-config/read.ts';
import { targetOf } from './target-of.ts';

export interface JumpRequest {
  /** The node reached through the jump hosts. */
  readonly node: string;
  /** The node's key file, also used for jump hosts. */
  readonly identity?: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly limits?: { readonly configMs?: number };
}

export type Hops =
  | { readonly ok: true; readonly hops: readonly Target[] }
  | { readonly ok: false; readonly failure: Failure };

/** Limit for the length of a chain of jump hosts. */
const MAX_HOPS = 8;

/**
 * The jump hosts in the order to connect. Settings of `user@host:port` take precedence over the user's ssh config; only the
 * first jump host may have its own ProxyJump, as with `ssh -J`.
 */
export async function findHops(jump: string, request: JumpRequest, depth = 0): Promise<Hops> {
  const hops: Target[] = [];
  const read = readJump(jump);
  if (!read.ok)
    return refuse(
      read.word,
      read.flaw,
      msg('Correct `jump` in the cluster file, or ProxyJump in your ssh config.'),
    );
  for (const wanted of read.hosts) {
    const { word } = wanted;
    if (depth + hops.length >= MAX_HOPS)
      return refuse(word, msg('too many jump hosts, or a loop'), msg('Check ProxyJump in your ssh config.'));
    const found = await findHop(wanted, request);
    if (!found.ok) return found;
    const isFirst = hops.length === 0;
    const before =
      isFirst && found.jump !== undefined ? await findHops(found.jump, request, depth + 1) : undefined;
    if (before && !before.ok) return before;
    for (const hop of before?.hops ?? []) hops.push(hop);
    hops.push(found.hop);
  }
  return { ok: true, hops };
}

function refuse(...[jump, why, action]: Parameters<typeof jumpFailure>): { ok: false; failure: Failure } {
  return { ok: false, failure: jumpFailure(jump, why, action) };
}

type Found =
  | { readonly ok: true; readonly hop: Target; readonly jump?: string }
  | { ok: false; failure: Failure };

async function findHop(wanted: JumpHost, request: JumpRequest): Promise<Found> {
  const { word, host, user, port } = wanted;
  const { node, identity, home, env, signal, limits } = request;
  const read = await readSshConfig({
    ...{ host, home, env, signal, ...(limits?.configMs !== undefined && { configMs: limits.configMs }) },
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port }),
  });
  if (!read.ok) return read;
  const { settings } = read;
  const hop = targetOf({
    ...{ node, jump: word, settings, home, env },
    host: settings.hostName ?? host,
    port: port ?? settings.port ?? 22,
    user: user ?? settings.user ?? userInfo().username,
    ...(identity !== undefined && { identity: { path: identity, only: false } }),
  });
  return { ok: true, hop, ...(settings.jump !== undefined && { jump: settings.jump }) };
}
