import { largest } from '../../base/extremes.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type Selection, selectNodes } from '../../plan/selection.ts';
import type { Context } from '../command-line/context.ts';
import { widthOf } from '../text/width.ts';
import { jsonReporter } from './json.ts';
import { liveReporter } from './live.ts';
import type { LogPlaces } from './log-places.ts';
import { plainReporter } from './plain.ts';
import type { EventPrinting } from './progress-log.ts';
import type { Reporter } from './reporter.ts';

export interface Shown {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** Whether all log lines are shown above the bars on a terminal. */
  readonly verbose: boolean;
}

/** The widths of the longest names, for columns. */
export function nameWidths(cluster: Cluster, selection: Selection): EventPrinting['widths'] {
  const nodes = selectNodes(cluster, selection).map(({ name }) => widthOf(name));
  const steps = cluster.steps
    .filter(({ id }) => selection.steps === undefined || selection.steps.includes(id))
    .map(({ id }) => widthOf(id));
  return { node: largest(nodes, 0), step: largest(steps, 0) };
}

/** Whether the output supports redrawing in place. */
export function drawsLive({ io }: Pick<Context, 'io'>): boolean {
  return io.stdout.isTTY && io.env.TERM !== 'dumb';
}

/** JSON if requested, bars on a terminal, plain lines in a pipe. */
export function chooseReporter(context: Context, shown: Shown): (logs: LogPlaces) => Reporter {
  const { io, t, style, options } = context;
  const { kind, cluster, selection, verbose } = shown;
  const printing: EventPrinting = { t, style, kind, widths: nameWidths(cluster, selection) };
  return (logs) => {
    if (options.json) return jsonReporter(io.stdout, t, logs);
    if (!drawsLive(context)) return plainReporter(io.stdout, printing);
    return liveReporter({
      out: io.stdout,
      printing: { ...printing, columns: () => io.stdout.size().columns },
      request: { cluster, selection },
      verbose,
      now: () => Date.now(),
    });
  };
}
