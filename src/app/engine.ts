import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Failure } from '../base/failure.ts';
import { english, msg } from '../base/l10n.ts';
import { appliesSteps } from '../base/run-kind.ts';
import type { Reason } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { Limits } from '../remote/base/limits.ts';
import type { Prompts } from '../remote/base/prompts.ts';
import type { Target } from '../remote/base/target.ts';
import type { Connected } from '../remote/base/transport.ts';
import type { WaitListener } from '../remote/base/waits.ts';
import { connectNode } from '../remote/connect.ts';
import { createHostKeys, defaultHostKeyFiles } from '../remote/host-keys/host-keys.ts';
import { nothingRefused, type Refused } from '../remote/refused.ts';
import { createShared } from '../remote/shared.ts';
import { type SudoGroup, sudoGroup } from '../remote/sudo/question.ts';
import type { TimedEvent } from '../run/events.ts';
import { maskEvent } from '../run/mask.ts';
import type { KeptHere, OnNode } from '../view/forget.ts';
import { reasonText } from '../view/reasons.ts';
import { exchangeKeys } from './exchange-keys.ts';
import { explainFailures } from './explain-failures.ts';
import { forgetHere, keptHere, type NodeToForget } from './forget-here.ts';
import { forgetOnNode, mayForgetHere } from './forget-node.ts';
import { askOncePerHostKey } from './host-key-questions.ts';
import { createJobFiles } from './jobs/job-files.ts';
import type { Connector, Ports, Secrets } from './jobs/ports.ts';
import type { JobTimes } from './jobs/times.ts';
import { loginOf, makeMissingKeys, withPublicKeys } from './keys.ts';
import { journal } from './logs/journal.ts';
import { logFile } from './logs/paths.ts';
import type { Retention } from './logs/retention.ts';
import { laterFormat, type StoredRun } from './logs/stored-runs.ts';
import { createWriteGuard, type WriteGuard, writeFailure } from './logs/write-guard.ts';
import { growingMask, maskEvents, rememberAnswers, rememberValues } from './mask-events.ts';
import { runName, userAtHost } from './names.ts';
import { NodeWaits } from './node-waits.ts';
import { askOncePerRun } from './occupied-questions.ts';
import { operate } from './operate.ts';
import type { Operation } from './operation.ts';
import { type TraceLine, traceLine } from './trace-line.ts';
import { closeRun, events, openRuns, readUnfinishedRun, type UnfinishedRun } from './unfinished-run.ts';

export interface EngineOptions {
  /** Folder for journals, logs and trusted host keys. */
  readonly stateFolder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly prompts: Prompts;
  /** Source of the steps' secrets; without it there are none. */
  readonly secrets?: Secrets;
  /** Additional known_hosts files, read for every connection. */
  readonly knownHosts?: () => readonly string[];
  /** How many nodes run at once; 16 stays below sshd's MaxStartups on a shared jump host. */
  readonly limit?: number;
  /** Which older runs are kept when a new one starts. */
  readonly retention?: () => Retention;
  /** Receives what happens during logins. */
  readonly trace?: (line: TraceLine) => void;
  /** Receives what a node is waited for outside of runs; in a run, this is an event. */
  readonly waiting?: (node: string, wait: Reason | undefined) => void;
  /** Overrides of the default deadlines: for connections, and for jobs and checks. */
  readonly deadlines?: { readonly ssh?: Partial<Limits>; readonly jobs?: Partial<JobTimes> };
}

/** What a front end asks the engine to do. */
export interface RunRequest extends Operation {
  /** Source of this cluster file's secrets, if different from the engine's. */
  readonly secrets?: Secrets;
  /** The text of the cluster file, stored with the run. */
  readonly text?: string;
}

/** A request to connect to a node that may have been rebuilt. */
export interface TrustRequest {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly ask: NonNullable<Prompts['changedHostKey']>;
}

/** A node to log in to for the log of the connection. */
export interface LoginRequest extends Omit<TrustRequest, 'ask'> {
  readonly trace: (line: TraceLine) => void;
}

/** An unfinished run and the current cluster file, which says how to reach the nodes and what the remaining steps do. */
export interface ResumeRequest extends Omit<RunRequest, 'kind' | 'selection'> {
  readonly open: StoredRun;
}

/** The operations of the engine for front ends. */
export interface Engine {
  operate(operation: RunRequest, signal: AbortSignal): AsyncGenerator<TimedEvent>;
  /** Connects to a node, whose changed host key is replaced if `ask` says so; why that failed, if it did. */
  trust(request: TrustRequest, signal: AbortSignal): Promise<Failure | undefined>;
  /** Logs in to a node and reports what happens as `ssh -v` does; why that failed, if it did. */
  traceLogin(request: LoginRequest, signal: AbortSignal): Promise<Failure | undefined>;
  /** What Stackprep keeps of a node, there and on this computer; or with `remove`, what it kept until now. */
  forgetNode(
    request: NodeToForget,
    mode: 'show' | 'remove',
    signal: AbortSignal,
  ): Promise<{ readonly onNode: OnNode; readonly here: KeptHere }>;
  /** Unfinished runs of earlier processes, the newest first; reads this computer's files only. */
  openRuns(): Promise<readonly StoredRun[]>;
  /**
   * Replays the events so far (without log lines and yum's progress), follows the jobs that are still on the nodes, then runs
   * the remaining steps.
   */
  resume(request: ResumeRequest, signal: AbortSignal): AsyncGenerator<TimedEvent>;
  /** Closes an unfinished run as cancelled; its jobs are not touched. */
  abandon(open: StoredRun): Promise<void>;
  logFile(on: { readonly run: string; readonly node: string; readonly step: string }): string;
  /** Clears unlocked keys and passwords from memory. */
  forget(): void;
  /** Clears them, and closes connections shared by several nodes. */
  dispose(): Promise<void>;
}

/** What a run is set up with. */
interface RunSetup {
  readonly signal: AbortSignal;
  readonly writeGuard: WriteGuard;
  readonly waits: NodeWaits;
  readonly unfinished?: UnfinishedRun;
}

interface ConnectContext {
  readonly prompts: Prompts;
  readonly group: SudoGroup;
  readonly refused?: Refused;
  readonly trace?: NonNullable<EngineOptions['trace']>;
  readonly waiting?: WaitListener;
}

/** For logins that must not prompt. */
const noPrompts: Prompts = { secret: async () => undefined, hostKey: async () => 'reject' };
const noSecrets: Secrets = { get: () => Promise.resolve(undefined) };

/** Creates the engine with real connections and a journal for every run. */
export function createEngine(options: EngineOptions): Engine {
  const { stateFolder, home, env, deadlines = {} } = options;
  const typed = new Set<string>();
  const mask = growingMask(typed);
  const prompts = askOncePerHostKey(rememberAnswers(options.prompts, typed));
  const shared = createShared();
  const connect = (node: ClusterNode, on: ConnectContext, signal: AbortSignal): Promise<Connected> => {
    const hostKeys = createHostKeys({
      files: defaultHostKeyFiles(home, process.platform),
      more: options.knownHosts?.() ?? [],
      store: join(stateFolder, 'known_hosts'),
    });
    const limits = deadlines.ssh ?? {};
    const { trace = options.trace, ...more } = on;
    const waiting: WaitListener = (wait) => {
      if (wait) trace?.({ node: node.name, text: `Still ${english(reasonText(wait))}` });
      if (on.waiting) on.waiting(wait);
      else options.waiting?.(node.name, wait);
    };
    const traced = trace && { trace: (to: Target, text: string) => trace(traceLine(to, mask().text(text))) };
    return connectNode({ node, hostKeys, home, env, shared, signal, limits, ...more, ...traced, waiting });
  };
  const logIn = async (
    { cluster, node }: Omit<LoginRequest, 'trace'>,
    on: Omit<ConnectContext, 'group'>,
    signal: AbortSignal,
  ): Promise<Failure | undefined> => {
    const whole = { ...on, group: sudoGroup(cluster) };
    const connected = await connect(await loginOf(cluster, node, home), whole, signal);
    if (!connected.ok) return maskEvent(connected.failure, mask());
    await connected.transport.dispose();
    return undefined;
  };
  async function* prepare(
    request: RunRequest,
    { signal, writeGuard, waits, unfinished }: RunSetup,
  ): AsyncGenerator<TimedEvent> {
    const stop = AbortSignal.any([
      signal,
      ...(request.cancellation ? [request.cancellation.run.before] : []),
    ]);
    const mayMakeKey = async (path: string) => (await prompts.makeKey?.(path, stop)) ?? false;
    const may = appliesSteps(request.kind) && !stop.aborted;
    const faults = may ? await makeMissingKeys(request, { home, who: userAtHost(), mayMakeKey }) : {};
    const inputs = { publicKeys: {}, nodeKeys: {}, faults };
    const cluster = await withPublicKeys({ ...request.cluster, inputs }, request.selection, home);
    const ports = portsFor(request, writeGuard, waits);
    const exchanged = await exchangeKeys({ ...request, cluster }, ports, stop);
    try {
      yield* operate(
        { ...request, cluster: exchanged.cluster },
        { ...ports, connector: exchanged.connector },
        signal,
        unfinished,
      );
    } finally {
      await exchanged.close();
    }
  }
  const connectorFor = (cluster: Cluster, waits: NodeWaits): Connector => {
    const refused = nothingRefused();
    return {
      waiting: ({ name }, wait) => waits.listenerOf(name)(wait),
      connect: async (node, signal, isQuiet) => {
        const asking = isQuiet ? { prompts: noPrompts } : { prompts, refused };
        const on = { ...asking, waiting: waits.listenerOf(node.name), group: sudoGroup(cluster) };
        return connect(await loginOf(cluster, node, home), on, signal);
      },
    };
  };
  const portsFor = (
    { cluster, secrets = noSecrets }: RunRequest,
    writeGuard: WriteGuard,
    waits: NodeWaits,
  ): Ports => ({
    connector: connectorFor(cluster, waits),
    secrets,
    typed: () => typed,
    clock: { now: () => Date.now() },
    names: { nonce: () => randomBytes(12).toString('hex'), run: () => runName(Date.now()) },
    files: createJobFiles(stateFolder, writeGuard),
    writeGuard,
    who: userAtHost(),
    ...(prompts.occupied && { askOccupied: askOncePerRun(prompts.occupied) }),
    limit: options.limit ?? 16,
    ...(deadlines.jobs && { times: deadlines.jobs }),
  });
  const begin = (
    request: RunRequest,
    signal: AbortSignal,
    unfinished?: UnfinishedRun,
  ): AsyncGenerator<TimedEvent> => {
    const { secrets, values } = rememberValues(request.secrets ?? options.secrets ?? noSecrets);
    const writeGuard = createWriteGuard();
    const waits = new NodeWaits();
    const events = prepare(
      { ...request, secrets },
      { signal, writeGuard, waits, ...(unfinished ? { unfinished } : {}) },
    );
    const retention = options.retention?.();
    const { text } = request;
    const place = {
      ...{ stateFolder, writeGuard },
      ...(retention ? { retention } : {}),
      ...(text === undefined ? {} : { text }),
    };
    return journal(explainFailures(maskEvents(waits.mix(events), values, typed)), place);
  };
  async function* resume(
    { open, ...request }: ResumeRequest,
    signal: AbortSignal,
  ): AsyncGenerator<TimedEvent> {
    const later = laterFormat(open);
    if (later) {
      const action = msg('Resume it with the version of Stackprep that started it, or start a new run.');
      const failure: Failure = { code: 'later-format', message: later, action };
      yield { type: 'run-refused', failure, at: Date.now() };
      return yield { type: 'run-finished', outcome: 'failed', at: Date.now() };
    }
    for await (const event of events(stateFolder, open.run))
      if (event.type !== 'log' && event.type !== 'yum') yield event;
    let unfinished: UnfinishedRun;
    try {
      unfinished = await readUnfinishedRun(stateFolder, open);
    } catch (cause) {
      const failure = writeFailure(cause);
      if (!failure) throw cause;
      yield { type: 'run-refused', failure, at: Date.now() };
      return yield { type: 'run-finished', outcome: 'failed', at: Date.now() };
    }
    const selection = { nodes: open.nodes, steps: open.steps };
    yield* begin({ ...request, kind: open.kind, selection }, signal, unfinished);
  }
  return {
    operate: (operation, signal) => begin(operation, signal),
    trust: ({ ask, ...request }, signal) =>
      logIn(request, { prompts: { ...prompts, changedHostKey: ask } }, signal),
    traceLogin: ({ trace, ...request }, signal) => logIn(request, { prompts, trace }, signal),
    forgetNode: async (what, mode, signal) => {
      const { cluster, node } = what;
      const context = { stateFolder, home, env, signal };
      const { isBusy } = await keptHere(what, context);
      const on = { prompts, group: sudoGroup(cluster) };
      const connected = await connect(await loginOf(cluster, node, home), on, signal);
      const lead = randomBytes(12).toString('hex');
      const now = Date.now();
      const onNode = await forgetOnNode(connected, { node, lead, now, mode: isBusy ? 'show' : mode });
      const mayRemove = mode === 'remove' && mayForgetHere(onNode);
      return { onNode, here: await (mayRemove ? forgetHere(what, context) : keptHere(what, context)) };
    },
    openRuns: () => openRuns(stateFolder, Date.now()),
    resume,
    abandon: (open) => closeRun(stateFolder, open.run, Date.now()),
    logFile: (on) => logFile(stateFolder, on),
    forget: () => shared.forget(),
    dispose: () => shared.dispose(),
  };
}
