import { resolve } from 'node:path';
import type { KeptRun } from '../../app/entry.ts';
import { msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Selection } from '../../plan/plan.ts';
import type { RunState } from '../../run/state.ts';
import { summaryOf } from '../../view/summary.ts';
import { confirmRun } from '../confirm.ts';
import { type Context, exit, say, wrongUse } from '../context.ts';
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
  /** The cluster file, as the person named it. */
  readonly file?: string;
  /** The run to go on with. */
  readonly open?: KeptRun;
}

/** Checks or runs, then prints the end of it. */
export async function operate(context: Context, operation: Operation): Promise<number> {
  const { io, t, style, options } = context;
  const { cluster, selection, placeOf } = operation;
  const reporter = chooseReporter(context, operation);
  const { state, logs } = await perform(context, { ...operation, reporter });
  if (!options.json) {
    say(context);
    const page = { t, style, columns: pageWidth(context), logs, placeOf };
    io.stdout.write(summaryText({ cluster, selection, state }, page));
  }
  const code = exitCodeOf(state);
  if (operation.kind !== 'check' || code !== exit.fine) return code;
  const { open } = summaryOf({ cluster, selection, state });
  return open.some((step) => step.state !== 'unknown') ? exit.findings : exit.fine;
}

/** The newest run of this file that was left open. */
async function leftOpen(
  context: Context,
  { cluster, file, stateFolder }: Pick<Operation, 'cluster' | 'stateFolder'> & { readonly file: string },
): Promise<KeptRun | undefined> {
  const { openRuns } = await import('../../app/entry.ts');
  const path = resolve(context.io.cwd, file);
  const runs = await openRuns(stateFolder, Date.now());
  return runs.find((run) => run.cluster === cluster.name && (run.file ?? path) === path);
}

async function command(context: Context, kind: RunKind): Promise<number> {
  const { io, t, options } = context;
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const operation: Operation = { ...opened, ...prepared, kind, verbose: options.verbose };
  if (kind === 'check') return await operate(context, operation);
  const open = await leftOpen(context, { ...opened, ...prepared });
  if (options.resume) {
    if (!open) return wrongUse(context, msg('No run of {0} was left open.', opened.file));
    const selection = { nodes: open.nodes, steps: open.steps };
    return await operate(context, { ...operation, kind: open.kind, selection, open });
  }
  if (open)
    io.stderr.write(
      `${t(msg('A run was left open ({0}); stackprep run --resume {1} goes on with it.', open.run, opened.file))}\n`,
    );
  let { selection } = opened;
  if (options.retryFailed) {
    const { failedNodes } = await import('../../app/entry.ts');
    const failed = await failedNodes(prepared.stateFolder, opened.cluster.name);
    if (!failed) return wrongUse(context, msg('There was no run of {0} yet.', opened.file));
    const nodes = failed.filter((node) => selection.nodes?.includes(node) ?? true);
    if (nodes.length === 0) {
      io.stderr.write(`${t(msg('The last run of {0} ended well on every node.', opened.file))}\n`);
      return exit.fine;
    }
    selection = { ...selection, nodes };
  }
  const refused = await confirmRun(context, opened.cluster, selection);
  return refused ?? (await operate(context, { ...operation, selection }));
}

/** `stackprep check`: which steps are done on which nodes. */
export async function check(context: Context): Promise<number> {
  return await command(context, 'check');
}

/** `stackprep run`: brings about what is not done. */
export async function run(context: Context): Promise<number> {
  return await command(context, 'run');
}
