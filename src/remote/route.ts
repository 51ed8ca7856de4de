import type { Failure } from '../base/failure.ts';
import type { SshSettings } from '../cluster/model.ts';
import { loginProblem } from '../cluster/ssh-names.ts';
import { nameFailure } from './base/failures.ts';
import { expandHome } from './base/home.ts';
import type { Target } from './base/target.ts';
import { configRefusal } from './config-refusal.ts';
import { findHops } from './jump.ts';
import { readSshConfig } from './ssh-config/read.ts';
import { targetOf } from './target-of.ts';

export interface NodeToReach {
  readonly name: string;
  readonly ssh: SshSettings;
}

export interface RouteRequest {
  readonly node: NodeToReach;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly limits?: { readonly configMs?: number };
}

export type Route =
  | { readonly ok: true; readonly hops: readonly Target[]; readonly target: Target }
  | { readonly ok: false; readonly failure: Failure };

/** The jump hosts in the order to connect, and the node; the cluster file takes precedence over the ssh config. */
export async function findRoute(request: RouteRequest): Promise<Route> {
  // Before ssh reads its config: a `Match exec` may pass the names to a shell.
  const flaw = loginProblem(request.node.ssh);
  if (flaw) return { ok: false, failure: nameFailure(flaw) };
  const route = await readRoute(request);
  if (!route.ok) return route;
  for (const target of [...route.hops, route.target]) {
    const found = loginProblem(target);
    const failure = found ? nameFailure(found, target.jump) : configRefusal(target);
    if (failure) return { ok: false, failure };
  }
  return route;
}

async function readRoute(request: RouteRequest): Promise<Route> {
  const { node, home, env, signal, limits } = request;
  const { host, port, user, identity, jump, open = [] } = node.ssh;
  const isOpen = { port: open.includes('port'), user: open.includes('user') };
  const read = await readSshConfig({
    ...{ host, home, env, signal, ...(limits?.configMs !== undefined && { configMs: limits.configMs }) },
    ...(!isOpen.port && { port }),
    ...(!isOpen.user && { user }),
  });
  if (!read.ok) return read;
  const { settings } = read;
  const named = identity === undefined ? undefined : expandHome(identity, home);
  const way = jump ?? settings.jump;
  const { proxyCommand: _, ...direct } = settings;
  const target = targetOf({
    ...{ node: node.name, home, env },
    settings: way === undefined ? settings : direct,
    host: settings.hostName ?? host,
    port: (isOpen.port ? settings.port : undefined) ?? port,
    user: (isOpen.user ? settings.user : undefined) ?? user,
    ...(named !== undefined && { identity: { path: named, only: true } }),
  });
  if (way === undefined) return { ok: true, hops: [], target };
  const found = await findHops(way, {
    ...{ node: node.name, home, env, signal, ...(limits && { limits }) },
    ...(named !== undefined && { identity: named }),
  });
  return found.ok ? { ok: true, hops: found.hops, target } : found;
}
