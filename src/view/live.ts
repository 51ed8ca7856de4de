import type { Failure } from '../base/failure.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import type { Occupant } from '../base/occupant.ts';
import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { Outline, OutlineItem } from '../cluster/outline.ts';
import { type CancelRequest, covers } from '../run/cancel.ts';
import type { NodeStatus, RunState, StepStatus } from '../run/state.ts';
import { timeLeft } from '../yum/pace.ts';
import { type Cell, cellOf, isWorking, lostBy } from './cell.ts';
import { indexOf } from './outline-index.ts';
import { reasonText } from './reasons.ts';
import { percentOf, timeLeftText, withManifest } from './status.ts';
import type { StepTimes } from './step-times.ts';
import { type Tally, tallyOf } from './tally.ts';

/** The selection of a run in progress. */
export interface Scope {
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** What the user has cancelled so far. */
  readonly cancelled?: readonly CancelRequest[];
}

/** A run of a cluster that this window does not follow and that has no end yet. */
export interface GoingRun {
  readonly text: Message;
  /** It can be resumed here; false if another process follows it. */
  readonly isOpen: boolean;
}

/** What an estimate of a run's time needs in addition to its state. */
export interface Timing {
  readonly times: StepTimes;
  /** Maximum number of nodes at once. */
  readonly parallelNodes: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What has happened to a cluster file since its run began. */
export type FileChange = 'changed' | 'deleted';

/** The data shown in the views of a cluster file. */
export interface ClusterSource {
  readonly outline: Outline;
  readonly state: RunState;
  /** Set while a run is in progress. */
  readonly scope?: Scope;
  /** When an earlier run found these states; absent if this window did. */
  readonly age?: Message;
  /** How the file differs from the one that the run in progress began with; absent if it does not. */
  readonly fileChange?: FileChange;
  /** A run that another process follows, or none, and that has no end yet. */
  readonly going?: GoingRun;
  /** From past runs, for the time that the run in progress will need. */
  readonly timing?: Timing;
  /** Number of stored runs of other windows, or of this window before a reload; undefined until known. */
  readonly earlier?: number;
  /** Number of errors in the newest text of the file; a run is refused while there are any. */
  readonly errors?: number;
}

/** Mentions earlier runs if this window knows no state of the cluster. */
export function earlierText({ state, scope, earlier = 0 }: ClusterSource): Message | undefined {
  if (state.run || scope || earlier === 0) return undefined;
  return earlier === 1
    ? msg('1 earlier run is stored. Nothing has been checked in this window yet.')
    : msg('{0} earlier runs are stored. Nothing has been checked in this window yet.', earlier);
}

/** Like above, for all clusters of a window. */
export function earlierMessage(sources: readonly ClusterSource[]): Message | undefined {
  const unseen = sources.filter((source) => earlierText(source) !== undefined);
  const [first, second] = unseen;
  if (!first || !second) return first && earlierText(first);
  const count = unseen.reduce((sum, { earlier = 0 }) => sum + earlier, 0);
  return msg(
    '{0} earlier runs of {1} clusters are stored. Nothing has been checked in this window yet.',
    count,
    unseen.length,
  );
}

/** Whether there is a log of the cluster, from this window or an earlier run. */
export function hasLogs({ state, earlier = 0 }: ClusterSource): boolean {
  return state.run !== undefined || earlier > 0;
}

/** The target of a click or a code lens, by name: the whole cluster, some of its nodes, one of its steps. */
export interface Target {
  readonly uri: string;
  readonly nodes?: readonly string[];
  readonly step?: string;
}

/** Whether the run in progress includes a target, so that its log will come from this run and not from an earlier one. */
export function isLogAwaited(source: ClusterSource, { nodes, step }: Omit<Target, 'uri'>): boolean {
  const { scope } = source;
  if (!scope) return false;
  const isOfNode = (nodes ?? scope.nodes).some((name) => isActive(source, name));
  return isOfNode && (step === undefined || scope.steps.includes(step));
}

/** The known state of a node; empty before the first run. */
export function nodeOf({ state }: ClusterSource, name: string): NodeStatus {
  return own(state.nodes, name) ?? { connection: 'idle', steps: {} };
}

/** The other run that works on a node; what an earlier run of this cluster saw there is over. */
export function occupantOf(source: ClusterSource, name: string): Occupant | undefined {
  const { occupant, isOld } = nodeOf(source, name);
  return isOld ? undefined : occupant;
}

/** Why a node is unreachable. */
export function failureOf(source: ClusterSource, name: string): Failure | undefined {
  return lostBy(nodeOf(source, name));
}

/** How a node, or a step on it, was cancelled in the current run: immediately, or after the current step. */
export function cancelledHow(
  { scope }: ClusterSource,
  node: string,
  step?: string,
): CancelRequest['when'] | undefined {
  const requests = (scope?.cancelled ?? []).filter((request) => covers(request, node, step));
  return requests.find(({ when }) => when === 'now')?.when ?? requests[0]?.when;
}

/** Whether the current run is at a step on a node or has yet to run it; a check is never at a single step. */
export function isAhead(source: ClusterSource, node: string, step: string): boolean {
  const { scope, state } = source;
  if (!has(scope?.steps, step) || !isActive(source, node)) return false;
  if (!changesNodes(state.run?.kind ?? 'run')) return false;
  return !isBehind(source, own(nodeOf(source, node).steps, step));
}

/** A step on a node; a step that will not start because it was cancelled is cancelled immediately. */
export function cellAt(source: ClusterSource, node: string, step: OutlineItem): Cell {
  const cell = cellOf(nodeOf(source, node), step.id, step.runnable);
  if (cell.status === 'running' || !step.runnable) return cell;
  const isCancelled = cancelledHow(source, node, step.id) !== undefined && isAhead(source, node, step.id);
  return isCancelled ? { status: 'cancelled', kind: source.state.run?.kind ?? 'run' } : cell;
}

/** Whether anything in a target can still be cancelled. */
export function canCancel(source: ClusterSource, { nodes, step }: Target): boolean {
  const { scope } = source;
  if (!scope) return false;
  if (nodes === undefined && step === undefined) return true;
  const meant = nodes ?? scope.nodes;
  if (step === undefined) return meant.some((name) => isActive(source, name));
  const item = source.outline.steps.find(({ id, runnable }) => id === step && runnable);
  const on = new Set(item?.nodes ?? []);
  return meant.some((name) => on.has(name) && isAhead(source, name, step));
}

/** All steps on some nodes, or one step on them. */
export function cellsOf(
  source: ClusterSource,
  nodes: readonly string[],
  step?: OutlineItem,
): readonly Cell[] {
  const { stepsOf } = indexOf(source.outline);
  return nodes.flatMap((name) => {
    const steps = stepsOf.get(name) ?? [];
    const meant = step ? steps.filter(({ id }) => id === step.id) : steps;
    return meant.map((each) => cellAt(source, name, each));
  });
}

/** The same, counted, with the unreachable nodes among them. */
export function talliedOf(source: ClusterSource, nodes: readonly string[], step?: OutlineItem): Tally {
  const lost = nodes.flatMap((node) => {
    const failure = failureOf(source, node);
    return failure ? [{ node, failure }] : [];
  });
  return tallyOf(cellsOf(source, nodes, step), nodes.length, lost);
}

/** Whether the run has finished a step on a node. */
export function isBehind({ state: { run } }: ClusterSource, step: StepStatus | undefined): boolean {
  if (!step || !run) return false;
  return changesNodes(run.kind)
    ? step.endedIn === run.id && step.outcome !== undefined
    : (step.checkedAt ?? 0) >= run.startedAt;
}

/** Whether a step ended without having started in the run. */
export function isUntouched({ state: { run } }: ClusterSource, step: StepStatus | undefined): boolean {
  return run !== undefined && changesNodes(run.kind) && step?.logRun !== run.id;
}

/** `text, about 3 min left`, or the text alone without an estimate. */
export function withLeft(text: Message, milliseconds: number | undefined): Message {
  const left = timeLeftText(milliseconds);
  return left ? joined([text, left], ', ') : text;
}

const members = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a list of a scope has a name: views ask for every cell of a large cluster. */
function has(names: readonly string[] | undefined, name: string): boolean {
  if (!names) return false;
  let known = members.get(names);
  if (!known) {
    known = new Set(names);
    members.set(names, known);
  }
  return known.has(name);
}

/** Whether the current run has not finished a node. */
export function isActive(source: ClusterSource, name: string): boolean {
  return has(source.scope?.nodes, name) && nodeOf(source, name).outcome === undefined;
}

/** Text for yum or dnf waiting for another program. */
export function lockText({ pid, holder }: { readonly pid: number; readonly holder: string }): Message {
  return msg('waiting for {0} ({1})', holder, pid);
}

/** The text of an action in progress, with what the user has cancelled. */
export function withCancelled(text: Message, how: CancelRequest['when'] | undefined): Message {
  if (how === undefined) return text;
  return how === 'now' ? msg('stopping · {0}', text) : msg('stopping after {0}', text);
}

/** The text of a run in progress, with what the user has cancelled of all of it. */
export function withRunCancelled({ scope }: ClusterSource, text: Message): Message {
  const whole = (scope?.cancelled ?? []).filter(
    ({ nodes, step }) => nodes === undefined && step === undefined,
  );
  if (whole.some(({ when }) => when === 'now')) return withCancelled(text, 'now');
  return whole.length > 0 ? msg('stopping after current steps · {0}', text) : text;
}

/** The current action on a node: its step with the percentage, or that it waits or connects. */
export function activityText(source: ClusterSource, name: string): Message | undefined {
  if (!isActive(source, name)) return undefined;
  const node = nodeOf(source, name);
  const step = indexOf(source.outline)
    .stepsOf.get(name)
    ?.find(({ id }) => isWorking(own(node.steps, id)));
  const how = cancelledHow(source, name);
  if (!step) return withCancelled(idleText(node), how && 'now');
  const alone = cancelledHow(source, name, step.id) === 'now' ? 'now' : how;
  const text = stepText(step.id, own(node.steps, step.id));
  return withCancelled(node.waits ? joined([text, reasonText(node.waits)], ' · ') : text, alone);
}

function idleText({ connection, waits }: NodeStatus): Message {
  if (waits) return reasonText(waits);
  if (connection === 'idle') return msg('waiting');
  return connection === 'connecting' ? msg('connecting…') : msg('checking…');
}

function stepText(id: string, { yum, pace }: Partial<StepStatus> = {}): Message {
  if (yum?.lockHolder) return lockText(yum.lockHolder);
  const percent = percentOf(yum);
  if (percent === undefined) return plain(`${id}…`);
  const counted = withManifest(plain(`${id}, ${percent} %`), yum);
  return withLeft(counted, pace && timeLeft(pace));
}
