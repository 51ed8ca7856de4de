import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { RunKind } from '../base/states.ts';
import { nodeCount } from './counts.ts';
import { type ClusterSource, earlierText, type FileChange, talliedOf, withRunCancelled } from './live.ts';
import type { Progress } from './progress.ts';
import { headline } from './tally.ts';

type Time = (at: number) => string;

function lastRunText(source: ClusterSource, timeText: Time): Message | undefined {
  const { run } = source.state;
  const { earlier = 0 } = source;
  if (earlierText(source)) return earlier === 1 ? msg('1 earlier run') : msg('{0} earlier runs', earlier);
  if (run?.finishedAt === undefined || run.refusal) return undefined;
  if (source.age) return source.age;
  const time = timeText(run.finishedAt);
  switch (run.kind) {
    case 'check':
      return msg('checked {0}', time);
    case 'run':
      return msg('run {0}', time);
    case 'undo':
      return run.outcome === 'ok' ? msg('undone {0}', time) : msg('last undo {0}', time);
    default:
      return assertNever(run.kind);
  }
}

function goingText(kind: RunKind, { finished, total }: Progress): Message {
  switch (kind) {
    case 'check':
    case 'run':
      return total === 0 ? msg('running') : msg('running, {0} of {1} nodes', finished, total);
    case 'undo':
      return total === 0 ? msg('undoing') : msg('undoing, {0} of {1} nodes', finished, total);
    default:
      return assertNever(kind);
  }
}

function fileText(change: FileChange | undefined): Message | undefined {
  switch (change) {
    case undefined:
      return undefined;
    case 'changed':
      return msg('file changed since the start');
    case 'deleted':
      return msg('file deleted');
    default:
      return assertNever(change);
  }
}

/** What the sidebar says next to the name of a cluster: the progress of its run, else its counts and its last run. */
export function clusterTexts(
  source: ClusterSource,
  progress: Progress | undefined,
  time: Time,
): readonly (Message | undefined)[] {
  if (progress)
    return [
      fileText(source.fileChange),
      withRunCancelled(source, goingText(source.state.run?.kind ?? 'run', progress)),
    ];
  const names = source.outline.nodes.map(({ id }) => id);
  const counts = headline(talliedOf(source, names)) ?? nodeCount(names.length);
  return [source.going?.text, counts, lastRunText(source, time)];
}
