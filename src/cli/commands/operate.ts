import type { Cluster } from '../../core/cluster/model.ts';
import type { Selection } from '../../core/plan/plan.ts';
import type { RunKind } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/state.ts';
import { summaryOf } from '../../core/view/summary.ts';
import { confirmRun } from '../confirm.ts';
import { type Context, exit, say } from '../context.ts';
import { openCluster } from '../open-cluster.ts';
import { perform } from '../perform.ts';
import type { PlaceOf } from '../place.ts';
import { prepare } from '../prepare.ts';
import { chooseReporter } from '../report/choose.ts';
import { summaryText } from '../report/summary-text.ts';

/** The exit code that the end of an operation stands for. */
export function exitCodeOf(state: RunState): number {
  switch (state.run?.outcome) {
    case 'ok':
      return exit.fine;
    case 'unreachable':
      return exit.unreachable;
    case 'cancelled':
      return exit.cancelled;
    default:
      return exit.findings;
  }
}

/** The width that reports are laid out for: the terminal's, in a pipe one that a log viewer shows. */
export function pageWidth({ io }: Context): number {
  return io.stdout.isTTY ? io.stdout.size().columns : 120;
}

export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly stateFolder: string;
  readonly knownHosts: readonly string[];
  readonly verbose: boolean;
  readonly placeOf: PlaceOf;
}

/** Checks or runs, then prints the end of it. */
export async function operate(context: Context, operation: Operation): Promise<number> {
  const { io, t, style, options } = context;
  const { cluster, selection, placeOf } = operation;
  const reporter = chooseReporter(context, operation);
  const { state, logFileOf } = await perform(context, { ...operation, reporter });
  if (!options.json) {
    say(context);
    const page = { t, style, columns: pageWidth(context), logFileOf, placeOf };
    io.stdout.write(summaryText({ cluster, selection, state }, page));
  }
  const code = exitCodeOf(state);
  if (operation.kind === 'run' || code !== exit.fine) return code;
  const { open } = summaryOf({ cluster, selection, state });
  return open.some((step) => step.state !== 'unknown') ? exit.findings : exit.fine;
}

async function command(context: Context, kind: RunKind): Promise<number> {
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const { cluster, selection, placeOf } = opened;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const refused = kind === 'run' ? await confirmRun(context, cluster, selection) : undefined;
  if (refused !== undefined) return refused;
  const { stateFolder, knownHosts } = prepared;
  const { verbose } = context.options;
  return await operate(context, { kind, cluster, selection, stateFolder, knownHosts, verbose, placeOf });
}

/** `stackprep check`: which steps are done on which nodes. */
export async function check(context: Context): Promise<number> {
  return await command(context, 'check');
}

/** `stackprep run`: brings about what is not done. */
export async function run(context: Context): Promise<number> {
  return await command(context, 'run');
}
