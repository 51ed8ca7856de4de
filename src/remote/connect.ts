import { cancelled } from '../base/failure.ts';
import { behind } from './base/failures.ts';
import { defaultLimits, type Limits } from './base/limits.ts';
import type { Prompts } from './base/prompts.ts';
import { nameOf, placeOf, type Target } from './base/target.ts';
import type { Connected } from './base/transport.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import type { HostKeys } from './host-keys/host-keys.ts';
import { findKeyFiles } from './keys/login-keys.ts';
import type { Memory } from './login/login-questions.ts';
import type { Access, SessionRequest } from './opening.ts';
import { findRoute, type NodeToReach } from './route.ts';
import type { Gate } from './semaphore.ts';
import { openSession } from './session.ts';
import { createShared, type Shared } from './shared.ts';
import type { Leased, Linked } from './shared-jumps.ts';
import type { SudoGroup } from './sudo/question.ts';

export interface ConnectOptions {
  readonly node: NodeToReach;
  readonly prompts: Prompts;
  readonly hostKeys: HostKeys;
  /** The user's home: `~` of key files, and where the default key files are. */
  readonly home: string;
  /** For the agent (SSH_AUTH_SOCK) and for finding `ssh` and `ssh-keygen`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the connecting; an established connection is closed with `dispose`. */
  readonly signal: AbortSignal;
  /** Without it nothing is shared with other connections. */
  readonly shared?: Shared;
  readonly limits?: Partial<Limits>;
  /** The nodes whose sudo takes the same password; without it the node is alone. */
  readonly group?: SudoGroup;
}

/** Attempts at one machine that keeps hanging up while the person is thinking. */
const MOST_ATTEMPTS = 3;

/** Connects and logs in to a node, over its jump hosts; asks the person where needed, the host key's trust first. */
export async function connectNode(options: ConnectOptions): Promise<Connected> {
  const { node, prompts, hostKeys, env, signal } = options;
  const route = await findRoute(options);
  if (!route.ok && signal.aborted) return { ok: false, failure: cancelled(node.name) };
  if (!route.ok) return { ok: false, failure: behind(node.name, route.failure) };
  const shared = options.shared ?? createShared({ lingerMs: 0 });
  const limits = { ...defaultLimits, ...options.limits };
  const { keyring, passwords } = shared;
  const group = options.group ?? { id: node.name, nodes: [{ name: node.name, user: node.ssh.user }] };
  const access: Access = { prompts, hostKeys, keyring, passwords, group, limits, env, signal };
  const linked = await connectOver(route.hops, route.target, { access, shared });
  return linked.ok ? { ok: true, transport: linked.connection } : linked;
}

interface Means {
  readonly access: Access;
  readonly shared: Shared;
}

/** Logs in to the target behind the hops; its connection keeps the last hop's lease until it ends. */
async function connectOver(hops: readonly Target[], target: Target, means: Means): Promise<Linked> {
  const last = hops.at(-1);
  const { access, shared } = means;
  if (!last) return connect(target, { access, gate: shared.gate('') }, (ending) => dial(target, ending));
  const leased = await lease(hops, last, target, means);
  if (!leased.ok) {
    const isNode = target.jump === undefined;
    return { ok: false, failure: isNode ? behind(target.node, leased.failure) : leased.failure };
  }
  const gate = shared.gate(wayName(hops));
  const linked = await connect(target, { access, gate, via: last }, (ending) =>
    leased.connection.forward(target, ending),
  );
  if (linked.ok) linked.connection.onEnd(leased.release);
  else leased.release();
  return linked;
}

/** What a way over jump hosts is known by. */
function wayName(hops: readonly Target[]): string {
  return JSON.stringify(hops.map((hop) => [hop.user, placeOf(hop), hop.identities]));
}

function lease(
  hops: readonly Target[],
  last: Target,
  target: Target,
  { access, shared }: Means,
): Promise<Leased> {
  return shared.jumps.lease({
    name: wayName(hops),
    connect: (signal) => connectOver(hops.slice(0, -1), last, { access: { ...access, signal }, shared }),
    signal: access.signal,
    cancelled: cancelled(nameOf(target)),
  });
}

interface Entrance {
  readonly access: Access;
  readonly gate: Gate;
  readonly via?: Target;
}

async function connect(
  target: Target,
  { access, gate, via }: Entrance,
  reach: SessionRequest['reach'],
): Promise<Linked> {
  const keyFiles = await findKeyFiles(target);
  if (!keyFiles.ok) return keyFiles;
  const memory: Memory = {};
  for (let attempt = 1; ; attempt++) {
    // Waited for before the clock of the attempt runs, and left when the machine is reached.
    const leave = await gate.enter(access.signal);
    const reachAndLeave: SessionRequest['reach'] = (ending) => reach(ending).finally(leave);
    const request = { target, keyFiles, reach: reachAndLeave, access, memory, ...(via && { via }) };
    const opened = await openSession(request).finally(leave);
    if (opened.ok) return { ok: true, connection: new Connection(opened.session, target, access) };
    if (!opened.again || attempt === MOST_ATTEMPTS) return { ok: false, failure: opened.failure };
  }
}
