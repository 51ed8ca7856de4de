import { assertNever } from '../base/assert-never.ts';
import type { Failure } from '../base/failure.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import type { Cell } from './cell.ts';
import { failureLabel, failureNote } from './failures.ts';
import type { Status } from './status.ts';

/** A node that could not be used, or was lost. */
export interface LostNode {
  readonly node: string;
  readonly failure: Failure;
}

/** What is known of some steps on some nodes, counted. */
export interface Tally {
  /** Number of nodes, the unreachable ones included. */
  readonly nodes: number;
  readonly lost: readonly LostNode[];
  /** Number of cells of each status. */
  readonly counts: ReadonlyMap<Status, number>;
  /** The only step or node that blocks the blocked cells. */
  readonly blocker?: string;
}

/** Maximum number of names of unreachable nodes in a headline; the rest is counted. */
const maxNames = 3;

/** Counts cells; `lost` are the unreachable ones among the nodes. */
export function tallyOf(cells: readonly Cell[], nodes: number, lost: readonly LostNode[]): Tally {
  const counts = new Map<Status, number>();
  for (const { status } of cells) counts.set(status, (counts.get(status) ?? 0) + 1);
  const blockers = new Set(cells.flatMap(({ status, by }) => (status === 'blocked' ? [by] : [])));
  const [blocker] = blockers;
  return { nodes, lost, counts, ...(blockers.size === 1 && blocker !== undefined ? { blocker } : {}) };
}

/** What is counted, in display order: failures must not be cut off. A lost node is named, its steps are not counted. */
const countedStatuses = [
  'failed',
  'interrupted',
  'blocked',
  'running',
  'done',
  'undone',
  'nothing-to-undo',
  'needed',
  'drifted',
  'cancelled',
  'not-started',
  'unknown',
  'unchecked',
] as const;

type Counted = (typeof countedStatuses)[number];

function countText(status: Counted, count: number, blocker: string | undefined): Message {
  switch (status) {
    case 'running':
      return msg('{0} running', count);
    case 'failed':
      return msg('{0} failed', count);
    case 'interrupted':
      return msg('{0} interrupted', count);
    case 'blocked':
      return blocker === undefined ? msg('{0} blocked', count) : msg('{0} blocked by {1}', count, blocker);
    case 'drifted':
      return msg('{0} drifted', count);
    case 'needed':
      return msg('{0} needed', count);
    case 'undone':
      return msg('{0} undone', count);
    case 'nothing-to-undo':
      return msg('{0} with nothing to undo', count);
    case 'cancelled':
      return msg('{0} cancelled', count);
    case 'not-started':
      return msg('{0} not started', count);
    case 'unknown':
      return msg('{0} unknown', count);
    case 'unchecked':
      return msg('{0} not checked', count);
    case 'done':
      return msg('{0} done', count);
    default:
      return assertNever(status);
  }
}

/** Number of cells that are done: found so, or made so by a run. */
export function doneCount(counts: Tally['counts']): number {
  return (counts.get('done') ?? 0) + (counts.get('changed') ?? 0) + (counts.get('unchanged') ?? 0);
}

/** The counts in order: `1 failed`, `13 done`; with `withChanges` also how many of these a run has changed. */
export function countTexts(
  { counts, blocker }: Pick<Tally, 'counts' | 'blocker'>,
  withChanges = false,
): readonly Message[] {
  const changed = counts.get('changed') ?? 0;
  return countedStatuses.flatMap((status) => {
    const count = status === 'done' ? doneCount(counts) : (counts.get(status) ?? 0);
    if (count === 0) return [];
    if (status === 'done' && withChanges && changed > 0)
      return [msg('{0} done ({1} changed)', count, changed)];
    return [countText(status, count, blocker)];
  });
}

function named(names: readonly Message[]): Message {
  const shown = joined(names.slice(0, maxNames), ', ');
  const rest = names.length - maxNames;
  return rest > 0 ? msg('{0} and {1} more', shown, rest) : shown;
}

/** `2 of 4 nodes unreachable (a, b): connection refused`, without nodes in use by another run, whose steps count as blocked; if their causes differ, the first one's after its name. */
function lostText({ nodes, ...tally }: Tally, cause: (failure: Failure) => Message): Message | undefined {
  const lost = tally.lost.filter(({ failure }) => failure.code !== 'occupied');
  const [first] = lost;
  if (!first) return undefined;
  const why = cause(first.failure);
  if (lost.length === 1 && nodes === 1) return joined([msg('{0} is unreachable', first.node), why], ': ');
  const isSame = lost.every(({ failure }) => failure.code === first.failure.code);
  const names = lost.map(({ node }, index) =>
    index === 0 && !isSame ? joined([node, why], ': ') : plain(node),
  );
  const text = msg('{0} of {1} nodes unreachable ({2})', lost.length, nodes, named(names));
  return isSame ? joined([text, why], ': ') : text;
}

export interface HeadlineOptions {
  /** Whether to say how many steps the run has changed. */
  readonly withChanges?: boolean;
  /** Whether to quote what the node or the operating system said about the first unreachable node. */
  readonly withDetails?: boolean;
}

/** The headline of a cluster or some of its nodes; undefined if nothing is known. */
export function headline(tally: Tally, options: HeadlineOptions = {}): Message | undefined {
  const { withChanges = false, withDetails = false } = options;
  const lost = lostText(tally, ({ code, ...rest }) =>
    withDetails ? failureNote({ code, ...rest }) : failureLabel(code),
  );
  const isKnown = [...tally.counts.keys()].some(
    (status) => status !== 'unchecked' && status !== 'unavailable',
  );
  if (!lost && !isKnown) return undefined;
  return joined([...(lost ? [lost] : []), ...countTexts(tally, withChanges)], ' · ');
}

/** The headline of one step on its nodes, which are not named: `2 unreachable · 1 done`; undefined if nothing is known. */
export function stepHeadline(tally: Tally): Message | undefined {
  const lost = tally.counts.get('unreachable') ?? 0;
  const counted = headline({ ...tally, lost: [] });
  if (lost === 0) return counted;
  return joined([msg('{0} unreachable', lost), ...countTexts(tally)], ' · ');
}
