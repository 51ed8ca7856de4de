import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { changesNodes, isReversed } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import { needsFirst } from '../rules/step-orders.ts';
import type { CancelRequest } from '../run/cancel.ts';
import { isWorking } from './cell.ts';
import { nodeNames, stepNames } from './counts.ts';
import { type ClusterSource, canCancel, isActive, isAhead, nodeOf, type Target } from './live.ts';

/** An answer to the question what to cancel, and its effect. */
export interface CancelAnswer {
  readonly label: Message;
  readonly when: CancelRequest['when'];
}

/** The question before something is cancelled; the least destructive answer comes first. */
export interface CancelQuestion {
  readonly question: Message;
  /** Paragraphs below the question. */
  readonly details: readonly Message[];
  readonly answers: readonly CancelAnswer[];
}

/** Maximum number of names in a line; the rest is counted. */
const listed = 12;

const untouched = msg('A package transaction is never interrupted. The step stops when it has finished.');
const othersContinue = msg('The other nodes continue.');
const stopNow: CancelAnswer = { label: msg('Stop Now'), when: 'now' };
const afterStep: CancelAnswer = { label: msg('Stop After Current Step'), when: 'after-step' };

const ofRun: Readonly<Record<RunKind, (cluster: string) => Message>> = {
  check: (cluster) => msg('Cancel the check of {0}?', cluster),
  run: (cluster) => msg('Cancel the run of {0}?', cluster),
  undo: (cluster) => msg('Cancel the undo of {0}?', cluster),
};

/** The current step of a node. */
function stepAt(source: ClusterSource, node: string): string | undefined {
  const { steps } = nodeOf(source, node);
  return Object.keys(steps).find((id) => isWorking(own(steps, id)));
}

/** Steps of the run that would not start without this one. */
function dependents({ outline, scope, state }: ClusterSource, step: string): readonly string[] {
  const missing = new Set([step]);
  const kind = state.run?.kind ?? 'run';
  const isHeld = (id: string): boolean => [...missing].some((other) => needsFirst(kind, id, other));
  const ids = outline.steps.map(({ id }) => id).filter((id) => scope?.steps.includes(id));
  // In the order of work, to include indirect dependencies.
  for (const id of isReversed(kind) ? ids.toReversed() : ids) if (isHeld(id)) missing.add(id);
  return ids.filter((id) => id !== step && missing.has(id));
}

/** The question about complete nodes, or the run. */
function nodeQuestion(source: ClusterSource, nodes: readonly string[] | undefined): CancelQuestion {
  const { outline, scope, state } = source;
  // Until the run reports its start, the state is that of the previous run.
  const kind = (state.run?.finishedAt === undefined ? state.run?.kind : undefined) ?? 'run';
  const active = (nodes ?? scope?.nodes ?? []).filter((name) => isActive(source, name));
  const running = active.flatMap((name) => {
    const step = stepAt(source, name);
    return step === undefined ? [] : [`${name} (${step})`];
  });
  const [first = ''] = active;
  const ofNodes =
    active.length === 1 ? msg('Cancel on {0}?', first) : msg('Cancel on {0} nodes?', active.length);
  const isAtStep = changesNodes(kind) && running.length > 0;
  return {
    question: nodes === undefined ? ofRun[kind](outline.cluster.id) : ofNodes,
    details: [
      ...(isAtStep ? [msg('Running: {0}', nodeNames(running, listed)), untouched] : []),
      ...(nodes === undefined ? [] : [othersContinue]),
    ],
    answers: isAtStep ? [afterStep, stopNow] : [stopNow],
  };
}

/** The question about one step, on all or some of its nodes. */
function stepQuestion(source: ClusterSource, step: string, nodes: readonly string[]): CancelQuestion {
  const ahead = nodes.filter((name) => isAhead(source, name, step));
  const running = ahead.filter((name) => isWorking(own(nodeOf(source, name).steps, step)));
  const waiting = ahead.filter((name) => !running.includes(name));
  const held = dependents(source, step);
  const [first = ''] = ahead;
  const answers: readonly CancelAnswer[] =
    running.length === 0
      ? [{ label: msg('Skip Step'), when: 'after-step' }]
      : [
          ...(waiting.length > 0
            ? [{ label: msg('Skip Where Not Started'), when: 'after-step' } as const]
            : []),
          stopNow,
        ];
  return {
    question:
      ahead.length === 1
        ? msg('Cancel {0} on {1}?', step, first)
        : msg('Cancel {0} on {1} nodes?', step, ahead.length),
    details: [
      ...(running.length > 0 ? [msg('Running: {0}', nodeNames(running, listed)), untouched] : []),
      ...(waiting.length > 0 ? [msg('Not started: {0}', nodeNames(waiting, listed))] : []),
      held.length === 0
        ? msg('The other steps continue.')
        : msg('The other steps continue, except those that depend on it: {0}', stepNames(held, listed)),
    ],
    answers,
  };
}

/** The question before a target is cancelled; undefined if nothing is left to cancel. */
export function cancelQuestion(source: ClusterSource, target: Target): CancelQuestion | undefined {
  if (!canCancel(source, target)) return undefined;
  const { nodes, step } = target;
  if (step === undefined) return nodeQuestion(source, nodes);
  const on = source.outline.steps.find(({ id }) => id === step)?.nodes ?? [];
  return stepQuestion(
    source,
    step,
    on.filter((name) => nodes?.includes(name) ?? true),
  );
}
