import { cancelled } from '../base/failure.ts';
import { english } from '../base/l10n.ts';
import { withNodeName } from './base/failures.ts';
import { defaultLimits, type Limits } from './base/limits.ts';
import type { Prompts } from './base/prompts.ts';
import { nameOf, placeOf, type Target } from './base/target.ts';
import type { Connected } from './base/transport.ts';
import { type WaitListener, Waits } from './base/waits.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import type { HostKeys } from './host-keys/host-keys.ts';
import { findKeyFiles } from './keys/login-keys.ts';
import type { LoginMemory } from './login/login-questions.ts';
import type { Access, SessionRequest, Trace } from './opening.ts';
import type { Refused } from './refused.ts';
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
  /** The user's home directory: for `~` in key file names, and the default key files. */
  readonly home: string;
  /** For the agent (SSH_AUTH_SOCK), and to find `ssh` and `ssh-keygen`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts connecting; an established connection is closed with `dispose`. */
  readonly signal: AbortSignal;
  /** Without it, nothing is shared with other connections. */
  readonly shared?: Shared;
  readonly limits?: Partial<Limits>;
  readonly trace?: Trace;
  /** Receives what the connection waits for, also after the login. */
  readonly waiting?: WaitListener;
  /** What was asked for in vain in this run. */
  readonly refused?: Refused;
  /** The nodes that share a sudo password; without it, the node is on its own. */
  readonly group?: SudoGroup;
}

/** Attempts if the host keeps closing the connection during a prompt. */
const MAX_ATTEMPTS = 3;

/** Connects and logs in to a node through its jump hosts; prompts if needed, first about the host key. */
export async function connectNode(options: ConnectOptions): Promise<Connected> {
  const { node, prompts, hostKeys, env, signal } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const waits = new Waits(limits.waitNoticeMs, options.waiting ?? (() => undefined));
  const route = await waits.during(() => findRoute(options), 'wait-config');
  if (!route.ok && signal.aborted) return { ok: false, failure: cancelled(node.name) };
  if (!route.ok) return { ok: false, failure: withNodeName(node.name, route.failure) };
  const shared = options.shared ?? createShared({ lingerMs: 0 });
  const { keyring, passwords } = shared;
  const group = options.group ?? { id: node.name, nodes: [{ name: node.name, user: node.ssh.user }] };
  const access: Access = {
    ...{ prompts, hostKeys, keyring, passwords, group, limits, waits, env, signal },
    ...(options.trace && { trace: options.trace }),
    ...(options.refused && { refused: options.refused }),
  };
  const linked = await connectVia(route.hops, route.target, { access, shared });
  return linked.ok ? { ok: true, transport: linked.connection } : linked;
}

interface ConnectContext {
  readonly access: Access;
  readonly shared: Shared;
}

/** Logs in to the target through the hops; its connection holds the lease of the last hop until it ends. */
async function connectVia(
  hops: readonly Target[],
  target: Target,
  context: ConnectContext,
): Promise<ConnectResult> {
  const last = hops.at(-1);
  const { access, shared } = context;
  if (!last)
    return connect(target, { access, semaphore: shared.semaphore('') }, (ending) => dial(target, ending));
  const leased = await access.waits.during(
    () => lease(hops, last, target, context),
    'wait-jump',
    last.jump ?? last.host,
  );
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

/** Identifies a route of jump hosts. */
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

/** What a login is attempted with. */
function loginHead(target: Target): string {
  const { user, proxyCommand, identity, identities, identitiesOnly, agent, bindAddress, family } = target;
  const files = [...(identity === undefined ? [] : [identity]), ...identities].join(', ');
  const words = [
    `Connecting to ${placeOf(target)} as ${user}`,
    ...(proxyCommand === undefined ? [] : [`through ProxyCommand ${proxyCommand}`]),
    ...(bindAddress === undefined ? [] : [`from ${bindAddress}`]),
    ...(family ? [`with IPv${family} only`] : []),
    `key files: ${files === '' ? 'none' : files}${identitiesOnly ? ' only' : ''}`,
    `agent: ${agent ?? 'none'}`,
  ];
  return words.join('; ');
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
    // Acquired before the deadline of the attempt starts, released when the host is reached.
    const release = await access.waits.during(() => semaphore.acquire(access.signal), 'wait-turn');
    const dialAndRelease: SessionRequest['dial'] = (ending) => dialTarget(ending).finally(release);
    access.trace?.(target, loginHead(target));
    const request = { target, keyFiles, dial: dialAndRelease, access, memory, ...(via && { via }) };
    const opened = await openSession(request).finally(release);
    access.trace?.(target, opened.ok ? 'Logged in' : `Failed: ${english(opened.failure.message)}`);
    if (opened.ok) return { ok: true, connection: new Connection(opened.session, target, access) };
    if (!opened.mayRetry || attempt === MAX_ATTEMPTS) return { ok: false, failure: opened.failure };
  }
}
