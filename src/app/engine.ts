import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { appliesSteps } from '../base/run-kind.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { Limits } from '../remote/base/limits.ts';
import type { Prompts } from '../remote/base/prompts.ts';
import type { Connected } from '../remote/base/transport.ts';
import { connectNode } from '../remote/connect.ts';
import { createHostKeys, defaultHostKeyFiles } from '../remote/host-keys/host-keys.ts';
import { createShared } from '../remote/shared.ts';
import type { SudoGroup } from '../remote/sudo/question.ts';
import type { TimedEvent } from '../run/events.ts';
import { exchangeKeys } from './exchange.ts';
import { explainFailures } from './explain-failures.ts';
import { askOncePerHostKey } from './host-key-questions.ts';
import { createJobFiles } from './jobs/job-files.ts';
import type { Ports, Secrets } from './jobs/ports.ts';
import type { JobTimes } from './jobs/times.ts';
import { loginOf, makeMissingKeys, withPublicKeys } from './keys.ts';
import { journal } from './logs/journal.ts';
import { type KeptRun, laterFormat } from './logs/kept-runs.ts';
import { logFile } from './logs/places.ts';
import type { Retention } from './logs/retention.ts';
import { createKeeping, type Keeping, notWritten } from './logs/write-guard.ts';
import { maskEvents, rememberValues } from './mask-events.ts';
import { type Operation, operate } from './operate.ts';
import { closeRun, events, type LeftRun, openRuns, readLeftRun } from './unfinished-run.ts';

export interface EngineOptions {
  /** Journals, logs and the trusted host keys are kept below it. */
  readonly stateFolder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly prompts: Prompts;
  /** Where the secrets come from that the steps need; without it there are none. */
  readonly secrets?: Secrets;
  /** Further known_hosts files, asked at every connection. */
  readonly knownHosts?: () => readonly string[];
  /** How many nodes are worked on at once; 16 keeps below sshd's MaxStartups on a shared jump host. */
  readonly limit?: number;
  /** What of older runs is kept when a new one begins. */
  readonly retention?: () => Retention;
  /** Deadlines in place of the usual ones: of connections, and of jobs and checks. */
  readonly deadlines?: { readonly ssh?: Partial<Limits>; readonly jobs?: Partial<JobTimes> };
}

/** What a front end wants done. */
export interface Wish extends Operation {
  /** Where this cluster file's secrets come from, if not from where the engine's come from. */
  readonly secrets?: Secrets;
}

/** A node that may have been rebuilt. */
export interface TrustWish {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly ask: NonNullable<Prompts['changedHostKey']>;
}

/** An open run, and the cluster file as it is now: it says how to reach the nodes, and what the steps that are left do. */
export interface Resumption extends Omit<Wish, 'kind' | 'selection'> {
  readonly open: KeptRun;
}

/** What a front end does with nodes. */
export interface Engine {
  operate(operation: Wish, signal: AbortSignal): AsyncGenerator<TimedEvent>;
  /** Connects to a node, whose changed host key is replaced if `ask` says so; why that failed, if it did. */
  trust(wish: TrustWish, signal: AbortSignal): Promise<Failure | undefined>;
  /** The runs that an earlier process has left open, the newest first; looks at this machine only. */
  openRuns(): Promise<readonly KeptRun[]>;
  /**
   * Tells again what a run has told so far (but for log lines and the progress of yum), follows the jobs that it has left on the
   * nodes, then goes on with its other steps.
   */
  resume(wish: Resumption, signal: AbortSignal): AsyncGenerator<TimedEvent>;
  /** Closes an open run as cancelled, without a look at its jobs. */
  abandon(open: KeptRun): Promise<void>;
  logFile(on: { readonly run: string; readonly node: string; readonly step: string }): string;
  /** Forgets unlocked keys and passwords. */
  forget(): void;
  /** Forgets them and closes what is shared between nodes. */
  dispose(): Promise<void>;
}

/** What a run has from its beginning. */
interface Begun {
  readonly signal: AbortSignal;
  readonly keeping: Keeping;
  readonly left?: LeftRun;
}

interface Place {
  readonly prompts: Prompts;
  readonly group: SudoGroup;
}

/** A name that sorts by time and that no other run has. */
function runName(now: number): string {
  return `${new Date(now).toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
}

/** The nodes of a cluster that need sudo; a cluster of other machines, though of the same name, has passwords of its own. */
function sudoGroup({ name, nodes }: Cluster): SudoGroup {
  return {
    id: JSON.stringify([name, ...nodes.map(({ ssh }) => ssh.host)]),
    nodes: nodes
      .filter(({ ssh }) => ssh.become === 'sudo')
      .map((node) => ({ name: node.name, user: node.ssh.user })),
  };
}

/** `anna@laptop`, fit to stand in a file of one line. */
function whoAmI(): string {
  return `${userInfo().username}@${hostname()}`.replace(/[\s\p{C}]+/gu, '-');
}

/** For a login that no person is to be troubled with. */
const silent: Prompts = { secret: async () => undefined, hostKey: async () => 'reject' };
const noSecrets: Secrets = { get: () => Promise.resolve(undefined) };

/** The engine over real connections, with a journal of every run. */
export function createEngine(options: EngineOptions): Engine {
  const { stateFolder, home, env, deadlines = {} } = options;
  const prompts = askOncePerHostKey(options.prompts);
  const shared = createShared();
  const connect = (node: ClusterNode, on: Place, signal: AbortSignal): Promise<Connected> => {
    const hostKeys = createHostKeys({
      files: defaultHostKeyFiles(home, process.platform),
      more: options.knownHosts?.() ?? [],
      store: join(stateFolder, 'known_hosts'),
    });
    const limits = deadlines.ssh ?? {};
    return connectNode({ node, hostKeys, home, env, shared, signal, limits, ...on });
  };
  async function* prepared(wish: Wish, { signal, keeping, left }: Begun): AsyncGenerator<TimedEvent> {
    const stop = AbortSignal.any([signal, ...(wish.cancellation ? [wish.cancellation.run.before] : [])]);
    const mayMakeKey = async (path: string) => (await prompts.makeKey?.(path, stop)) ?? false;
    const may = appliesSteps(wish.kind) && !stop.aborted;
    const faults = may ? await makeMissingKeys(wish, { home, who: whoAmI(), mayMakeKey }) : {};
    const inputs = { publicKeys: {}, nodeKeys: {}, faults };
    const cluster = await withPublicKeys({ ...wish.cluster, inputs }, wish.selection, home);
    const ports = portsFor(wish, keeping);
    const exchanged = await exchangeKeys({ ...wish, cluster }, ports, stop);
    try {
      yield* operate(
        { ...wish, cluster: exchanged.cluster },
        { ...ports, connector: exchanged.connector },
        signal,
        left,
      );
    } finally {
      await exchanged.close();
    }
  }
  const portsFor = ({ cluster, secrets = noSecrets }: Wish, keeping: Keeping): Ports => ({
    connector: {
      connect: async (node, signal, isQuiet) => {
        const on = { prompts: isQuiet ? silent : prompts, group: sudoGroup(cluster) };
        return connect(await loginOf(cluster, node, home), on, signal);
      },
    },
    secrets,
    clock: { now: () => Date.now() },
    names: { nonce: () => randomBytes(12).toString('hex'), run: () => runName(Date.now()) },
    files: createJobFiles(stateFolder, keeping),
    keeping,
    who: whoAmI(),
    limit: options.limit ?? 16,
    ...(deadlines.jobs && { times: deadlines.jobs }),
  });
  const begin = (wish: Wish, signal: AbortSignal, left?: LeftRun): AsyncGenerator<TimedEvent> => {
    const { secrets, values } = rememberValues(wish.secrets ?? options.secrets ?? noSecrets);
    const keeping = createKeeping();
    const events = prepared({ ...wish, secrets }, { signal, keeping, ...(left ? { left } : {}) });
    const retention = options.retention?.();
    const place = { stateFolder, keeping, ...(retention ? { retention } : {}) };
    return journal(explainFailures(maskEvents(events, values)), place);
  };
  async function* resume({ open, ...wish }: Resumption, signal: AbortSignal): AsyncGenerator<TimedEvent> {
    const later = laterFormat(open);
    if (later) {
      const action = msg('Resume it with the version of Stackprep that began it, or start a new run.');
      const failure: Failure = { code: 'later-format', message: later, action };
      yield { type: 'run-refused', failure, at: Date.now() };
      return yield { type: 'run-finished', outcome: 'failed', at: Date.now() };
    }
    for await (const event of events(stateFolder, open.run))
      if (event.type !== 'log' && event.type !== 'yum') yield event;
    let left: LeftRun;
    try {
      left = await readLeftRun(stateFolder, open);
    } catch (cause) {
      const failure = notWritten(cause);
      if (!failure) throw cause;
      yield { type: 'run-refused', failure, at: Date.now() };
      return yield { type: 'run-finished', outcome: 'failed', at: Date.now() };
    }
    const selection = { nodes: open.nodes, steps: open.steps };
    yield* begin({ ...wish, kind: open.kind, selection }, signal, left);
  }
  return {
    operate: (operation, signal) => begin(operation, signal),
    trust: async ({ cluster, node, ask }, signal) => {
      const on = { prompts: { ...prompts, changedHostKey: ask }, group: sudoGroup(cluster) };
      const connected = await connect(await loginOf(cluster, node, home), on, signal);
      if (!connected.ok) return connected.failure;
      await connected.transport.dispose();
      return undefined;
    },
    openRuns: () => openRuns(stateFolder, Date.now()),
    resume,
    abandon: (open) => closeRun(stateFolder, open.run, Date.now()),
    logFile: (on) => logFile(stateFolder, on),
    forget: () => shared.forget(),
    dispose: () => shared.dispose(),
  };
}
