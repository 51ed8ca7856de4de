import type { SshSettings } from '../core/cluster/model.ts';
import type { Failure } from '../core/run/failure.ts';
import { agentSocket } from './agent.ts';
import { defaultIdentities, expandHome } from './home.ts';
import { findHops } from './jump.ts';
import type { Target } from './target.ts';

export interface NodeToReach {
  readonly name: string;
  readonly ssh: SshSettings;
}

export interface RouteRequest {
  readonly node: NodeToReach;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export type Route =
  | { readonly ok: true; readonly hops: readonly Target[]; readonly target: Target }
  | { readonly ok: false; readonly failure: Failure };

/** The machines on the way to a node, the first to dial first, and the node. */
export async function findRoute(request: RouteRequest): Promise<Route> {
  const { node, home, env } = request;
  const { host, port, user, identity, jump } = node.ssh;
  const agent = agentSocket(env);
  const named = identity === undefined ? undefined : expandHome(identity, home);
  const target: Target = {
    node: node.name,
    host,
    port,
    user,
    ...(named !== undefined && { identity: named }),
    identities: named === undefined ? defaultIdentities(home) : [],
    ...(agent !== undefined && { agent }),
  };
  if (jump === undefined) return { ok: true, hops: [], target };
  const found = await findHops(jump, { ...request, target });
  return found.ok ? { ok: true, hops: found.hops, target } : found;
}
