import { cancelled } from '../base/failure.ts';
import { withNodeName } from './base/failures.ts';
import { defaultLimits, type Limits } from './base/limits.ts';
import type { Prompts } from './base/prompts.ts';
import { nameOf, placeOf, type Target } from './base/target.ts';
import type { Connected } from './base/transport.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import type { HostKeys } from './host-keys/host-keys.ts';
import { findKeyFiles } from './keys/login-keys.ts';
import type { LoginMemory } from './login/login-questions.ts';
import type { Access, SessionRequest } from './opening.ts';
import { findRoute, type NodeToReach } from './route.ts';
import type { Semaphore } from './semaphore.ts';
import { openSession } from './session.ts';
import { createShared, type Shared } from './shared.ts';
import type { ConnectResult, LeaseResult } from './shared-jumps.ts';
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
const MAX_ATTEMPTS = 3;

/** Connects and logs in to a node, over its jump hosts; asks the person where needed, the host key's trust first. */
export async function connectNode(options: ConnectOptions): Promise<Connected> {
  const { node, prompts, hostKeys, env, signal } = options;
  const route = await findRoute(options);
  if (!route.ok && signal.aborted) return { ok: false, failure: cancelled(node.name) };
  if (!route.ok) return { ok: false, failure: withNodeName(node.name, route.failure) };
  const shared = options.shared ?? createShared({ lingerMs: 0 });
  const limits = { ...defaultLimits, ...options.limits };
  const { keyring, passwords } = shared;
  const group = options.group ?? { id: node.name, nodes: [{ name: node.name, user: node.ssh.user }] };
  const access: Access = { prompts, hostKeys, keyring, passwords, group, limits, env, signal };
  const linked = await connectVia(route.hops, route.target, { access, shared });
  return linked.ok ? { ok: true, transport: linked.connection } : linked;
}

interface ConnectContext {
  readonly access: Access;
  readonly shared: Shared;
}

/** Logs in to the target behind the hops; its connection keeps the last hop's lease until it ends. */
async function connectVia(
  hops: readonly Target[],
  target: Target,
  context: ConnectContext,
): Promise<ConnectResult> {
  const last = hops.at(-1);
  const { access, shared } = context;
  if (!last)
    return connect(target, { access, semaphore: shared.semaphore('') }, (ending) => dial(target, ending));
  const leased = await lease(hops, last, target, context);
  if (!leased.ok) {
    const isNode = target.jump === undefined;
    return { ok: false, failure: isNode ? withNodeName(target.node, leased.failure) : leased.failure };
  }
  const semaphore = shared.semaphore(routeKey(hops));
  const linked = await connect(target, { access, semaphore, via: last }, (ending) =>
    leased.connection.forward(target, ending),
  );
  if (linked.ok) linked.connection.onEnd(leased.release);
  else leased.release();
  return linked;
}

/** What a way over jump hosts is known by. */
function routeKey(hops: readonly Target[]): string {
  return JSON.stringify(hops.map((hop) => [hop.user, placeOf(hop), hop.identities]));
}

function lease(
  hops: readonly Target[],
  last: Target,
  target: Target,
  { access, shared }: ConnectContext,
): Promise<LeaseResult> {
  return shared.jumps.lease({
    name: routeKey(hops),
    connect: (signal) => connectVia(hops.slice(0, -1), last, { access: { ...access, signal }, shared }),
    signal: access.signal,
    cancelled: cancelled(nameOf(target)),
  });
}

interface AttemptContext {
  readonly access: Access;
  readonly semaphore: Semaphore;
  readonly via?: Target;
}

async function connect(
  target: Target,
  { access, semaphore, via }: AttemptContext,
  dialTarget: SessionRequest['dial'],
): Promise<ConnectResult> {
  const keyFiles = await findKeyFiles(target);
  if (!keyFiles.ok) return keyFiles;
  const memory: LoginMemory = {};
  for (let attempt = 1; ; attempt++) {
    // Waited for before the clock of the attempt runs, and left when the machine is reached.
    const release = await semaphore.acquire(access.signal);
    const dialAndRelease: SessionRequest['dial'] = (ending) => dialTarget(ending).finally(release);
    const request = { target, keyFiles, dial: dialAndRelease, access, memory, ...(via && { via }) };
    const opened = await openSession(request).finally(release);
    if (opened.ok) return { ok: true, connection: new Connection(opened.session, target, access) };
    if (!opened.mayRetry || attempt === MAX_ATTEMPTS) return { ok: false, failure: opened.failure };
  }
}
