import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { RunKind, RunOutcome } from '../base/states.ts';
import type { RunState, StepStatus } from '../run/state.ts';
import { type Cell, cellOf, cellText, lostBy } from './cell.ts';
import { nodeCount, stepCount } from './counts.ts';
import { failureLabel, saidOf } from './failures.ts';
import { reasonText } from './reasons.ts';
import { runKindText, runOutcomeText } from './run-words.ts';
import { durationText, type Status, worstOf } from './status.ts';
import { headline, tallyOf } from './tally.ts';
import type { Tooltip } from './tooltip.ts';
import type { TreeIcon } from './tree-item.ts';
import { adviceTexts, causeTexts } from './trouble.ts';

/** A stored run, as far as the list shows it. */
export interface ListedRun {
  readonly run: string;
  readonly kind: RunKind;
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  /** The path of the cluster file. */
  readonly file?: string;
  readonly started: number;
  readonly last: number;
  readonly outcome?: RunOutcome;
  /** Where the process that follows a run in progress is; absent if there is none. */
  readonly follower?: 'here' | 'elsewhere';
}

/** A run, one of its nodes, or a step on it. */
export interface RunAddress {
  readonly run: string;
  readonly node?: string;
  readonly step?: string;
}

/** A row of the Runs view, ready for display. */
export interface RunRow {
  readonly address: RunAddress;
  readonly kind: 'run' | 'node' | 'step';
  readonly label: string;
  readonly description: Message;
  readonly icon: TreeIcon;
  readonly tooltip: Tooltip;
  /** Its possible actions: words for the `when` clauses of the menus. */
  readonly traits: readonly ('log' | 'unfinished' | 'file')[];
  readonly isLeaf: boolean;
}

export interface RunsOptions {
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
  /** The states of runs in progress. */
  readonly stateOf: (run: string) => RunState | undefined;
  /** Whether an unfinished run can be resumed from here. */
  readonly canResume: (run: ListedRun) => boolean;
  /** Whether several clusters are listed, so that each row names its own. */
  readonly manyClusters: boolean;
}

/** No more names of steps fit in a row. */
const maxNames = 2;

function iconOf({ outcome, follower }: ListedRun): TreeIcon {
  switch (outcome) {
    case 'ok':
      return 'done';
    case undefined:
      return follower ? 'running' : 'waiting';
    case 'failed':
    case 'cancelled':
    case 'unreachable':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

function stepsText(steps: readonly string[]): Message {
  return steps.length > 0 && steps.length <= maxNames ? plain(steps.join(', ')) : stepCount(steps.length);
}

/** The outcome of a run; of one in progress, how many nodes have finished. */
function outcomeText(run: ListedRun, { stateOf }: RunsOptions): Message {
  if (run.outcome !== undefined || !run.follower) return runOutcomeText(run.outcome);
  const nodes = stateOf(run.run)?.nodes;
  const finished = run.nodes.filter((name) => own(nodes, name)?.outcome !== undefined).length;
  return msg('{0} of {1} nodes finished', finished, run.nodes.length);
}

/** The row of a run: when, what, and how it ended. */
export function runRow(run: ListedRun, options: RunsOptions): RunRow {
  const { kind, cluster, nodes, steps, file, started, last } = run;
  const outcome = outcomeText(run, options);
  const what = joined([runKindText(kind), stepsText(steps), nodeCount(nodes.length)], ', ');
  return {
    address: { run: run.run },
    kind: 'run',
    label: options.time(started),
    description: joined([outcome, ...(options.manyClusters ? [cluster] : []), what], ' · '),
    icon: iconOf(run),
    tooltip: {
      title: cluster,
      lines: [
        joined([runKindText(kind), outcome, durationText(last - started)], ', '),
        msg('Nodes: {0}', nodes.join(', ')),
        msg('Steps: {0}', steps.join(', ')),
        ...(file === undefined ? [] : [plain(file)]),
      ],
    },
    traits: [
      'log',
      ...(options.canResume(run) ? (['unfinished'] as const) : []),
      ...(file === undefined ? [] : (['file'] as const)),
    ],
    isLeaf: nodes.length === 0,
  };
}

/** A step that a run has started or checked on a node. */
interface SeenStep {
  readonly id: string;
  readonly step: StepStatus;
  readonly cell: Cell;
}

/** The steps of a run on a node, in the order of the run. */
function stepsOf(run: ListedRun, state: RunState, name: string): readonly SeenStep[] {
  const node = own(state.nodes, name);
  return run.steps.flatMap((id): SeenStep[] => {
    const step = own(node?.steps, id);
    return node && step ? [{ id, step, cell: cellOf(node, id, true) }] : [];
  });
}

/** The nodes of a run, as they were when it ended. */
export function runNodeRows(run: ListedRun, state: RunState): readonly RunRow[] {
  return run.nodes.map((name): RunRow => {
    const node = own(state.nodes, name);
    const cells = stepsOf(run, state, name).map(({ cell }) => cell);
    const failed = node && lostBy(node);
    const description =
      (failed && failureLabel(failed.code)) ??
      headline(tallyOf(cells, 1, [])) ??
      (node?.outcome === 'cancelled' ? msg('cancelled') : msg('not checked'));
    const said = failed && saidOf(failed);
    return {
      address: { run: run.run, node: name },
      kind: 'node',
      label: name,
      description,
      icon: failed ? 'unreachable' : cells.length === 0 ? 'node' : worstOf(cells.map(({ status }) => status)),
      tooltip: {
        title: name,
        lines: failed ? [failed.message, failed.action] : [description],
        ...(said === undefined ? {} : { detail: said }),
      },
      traits: [],
      isLeaf: cells.length === 0,
    };
  });
}

/** The steps of a run on a node. */
export function runStepRows(run: ListedRun, state: RunState, node: string): readonly RunRow[] {
  return stepsOf(run, state, node).map(({ id, step, cell }): RunRow => {
    const word = cellText(cell);
    const took = step.milliseconds ? [durationText(step.milliseconds)] : [];
    const isBad = isFailure(cell.status);
    return {
      address: { run: run.run, node, step: id },
      kind: 'step',
      label: id,
      description: joined([word, ...took], ' · '),
      icon: cell.status,
      tooltip: {
        title: `${id} — ${node}`,
        lines: [
          word,
          ...(isBad ? causeTexts(step.trouble, step.reasons) : step.reasons.map(reasonText)),
          ...(isBad ? adviceTexts(step.trouble) : []),
          ...step.notices.map(reasonText),
        ],
      },
      traits: step.logRun === run.run ? ['log'] : [],
      isLeaf: true,
    };
  });
}

function isFailure(status: Status): boolean {
  return status === 'failed' || status === 'interrupted';
}
