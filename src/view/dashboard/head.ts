import { joined, type Message, msg, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import { nodeCount, stepCount } from '../counts.ts';
import { type ClusterSource, earlierText, isBehind, nodeOf, talliedOf } from '../live.ts';
import { withAge } from '../old.ts';
import { overviewOf } from '../overview.ts';
import { progressLine } from '../progress-line.ts';
import { stepHeadline } from '../tally.ts';
import type { DashboardAction, DashboardHead } from './model.ts';

/** What the page is made with in addition to the state of the cluster. */
export interface DashboardOptions {
  readonly translate: Translate;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
  /** The display name of a cluster file, from its URI. */
  readonly file: (uri: string) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const runTexts: Readonly<Record<RunKind, (time: string) => Message>> = {
  check: (time) => msg('Check of {0}', time),
  run: (time) => msg('Run of {0}', time),
  undo: (time) => msg('Undo of {0}', time),
};

function summary(source: ClusterSource): Message {
  const { outline } = source;
  const names = outline.nodes.map(({ id }) => id);
  const size = joined([nodeCount(names.length), stepCount(outline.steps.length)], ', ');
  const overview = overviewOf(source);
  return overview ? withAge(source, overview) : (earlierText(source) ?? size);
}

/** The last step, in the order of work, that the run has finished on all its nodes: changes at most once per step. */
function announcement(source: ClusterSource): Message | undefined {
  const { outline, scope, state } = source;
  if (!scope) return state.run?.finishedAt === undefined ? undefined : summary(source);
  const meant = new Set(scope.nodes);
  const ended = outline.steps.findLast(({ id, nodes }) => {
    const on = nodes.filter((name) => meant.has(name));
    if (!scope.steps.includes(id) || on.length === 0) return false;
    return on.every((name) => {
      const node = nodeOf(source, name);
      return node.outcome !== undefined || isBehind(source, own(node.steps, id));
    });
  });
  if (!ended) return undefined;
  const counts = stepHeadline(
    talliedOf(
      source,
      ended.nodes.filter((name) => meant.has(name)),
      ended,
    ),
  );
  return counts && joined([ended.id, counts], ': ');
}

/** Whether all of the run in progress has been cancelled. */
function isStopping({ scope }: ClusterSource): boolean {
  return (scope?.cancelled ?? []).some(({ nodes, step }) => nodes === undefined && step === undefined);
}

function actionsOf(source: ClusterSource): readonly DashboardAction[] {
  const { scope, state } = source;
  if (!scope) return ['run', 'check'];
  const canStop = state.run !== undefined && changesNodes(state.run.kind) && !isStopping(source);
  return [...(canStop ? (['stopAfterStep'] as const) : []), 'cancel'];
}

/** Everything above the matrix. */
export function headOf(
  source: ClusterSource,
  { translate, time, file, now }: DashboardOptions,
): DashboardHead {
  const { outline, scope, state } = source;
  const { run } = state;
  const progress = scope && progressLine(source);
  const news = announcement(source);
  return {
    cluster: outline.cluster.id,
    uri: outline.uri,
    file: file(outline.uri),
    ...(run ? { run: translate(runTexts[run.kind](time(run.startedAt))) } : {}),
    text: translate(progress?.text ?? summary(source)),
    ...(progress ? { percent: progress.percent } : {}),
    actions: actionsOf(source),
    now,
    ...(run ? { startedAt: run.startedAt } : {}),
    ...(run?.finishedAt === undefined ? {} : { finishedAt: run.finishedAt }),
    announcement: news ? translate(news) : '',
  };
}
