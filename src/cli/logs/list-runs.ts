import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { largest } from '../../base/extremes.ts';
import { msg, plain } from '../../base/l10n.ts';
import type { RunOutcome } from '../../base/states.ts';
import { nodeCount } from '../../view/counts.ts';
import { runKindText, runOutcomeText } from '../../view/run-words.ts';
import { durationText } from '../../view/status.ts';
import { type Context, say } from '../command-line/context.ts';
import type { Style } from '../terminal/style.ts';
import { jsonText } from '../text/json.ts';
import { pad, widthOf } from '../text/width.ts';
import { shortName } from './runs.ts';

/** Local time to the minute, in a format that sorts. */
function timeText(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function signed(outcome: RunOutcome | undefined, text: string, { signs, green, red, yellow }: Style): string {
  if (outcome === 'ok') return green(`${signs.done} ${text}`);
  if (outcome === 'cancelled') return yellow(`${signs.cancelled} ${text}`);
  return outcome === undefined ? yellow(`${signs.unknown} ${text}`) : red(`${signs.failed} ${text}`);
}

/** The runs as aligned rows, newest first. */
export function listRuns(context: Context, runs: readonly StoredRun[]): void {
  const { t, style, options } = context;
  if (options.json) {
    for (const run of runs) say(context, jsonText(run));
    return;
  }
  if (runs.length === 0) {
    say(context, t(msg('No runs are stored yet; `stackprep run` creates the first one.')));
    return;
  }
  const rows = runs.map((run) => [
    style.bold(t(plain(shortName(run.run)))),
    timeText(run.started),
    t(runKindText(run.kind)),
    t(plain(run.cluster)),
    t(nodeCount(run.nodes.length)),
    signed(run.outcome, t(runOutcomeText(run.outcome)), style),
    style.dim(t(durationText(run.last - run.started))),
  ]);
  const widths = (rows[0] ?? []).map((_, column) => largest(rows.map((row) => widthOf(row[column] ?? ''))));
  for (const row of rows)
    say(
      context,
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
