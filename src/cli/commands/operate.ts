import type { RetriedRun, StoredRun } from '../../app/entry.ts';
import { assertNever } from '../../base/assert-never.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Selection } from '../../plan/selection.ts';
import type { RunState } from '../../run/state.ts';
import { summaryOf } from '../../view/summary.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, pageWidth, say } from '../command-line/context.ts';
import { perform } from '../operation/perform.ts';
import { prepare } from '../operation/prepare.ts';
import { chooseReporter } from '../report/choose.ts';
import type { PlaceOf } from '../report/place.ts';
import { summaryText } from '../report/summary-text.ts';
import { continuedWords } from './continued-words.ts';

/** The exit code for the end of an operation. */
export function exitCodeOf(state: RunState): number {
  const outcome = state.run?.outcome;
  switch (outcome) {
    case 'ok':
      return exit.fine;
    case 'unreachable':
      return exit.unreachable;
    case 'cancelled':
      return exit.cancelled;
    case 'failed':
    case undefined:
      return exit.findings;
    default:
      return assertNever(outcome);
  }
}

export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly stateFolder: string;
  readonly knownHosts: readonly string[];
  readonly verbose: boolean;
  readonly placeOf: PlaceOf;
  /** The cluster file as given by the user. */
  readonly file?: string;
  readonly text?: string;
  /** The unfinished run to resume. */
  readonly open?: StoredRun;
  /** The run to retry. */
  readonly retried?: RetriedRun;
}

/** Checks, runs or undoes, then prints the summary. */
export async function operate(context: Context, operation: Operation): Promise<number> {
  const { io, t, style, options } = context;
  const { cluster, selection, placeOf } = operation;
  const reporter = chooseReporter(context, operation);
  const { kind, file } = operation;
  // A run without a file, as in the demo, cannot be resumed.
  const resuming =
    changesNodes(kind) && file !== undefined ? continuedWords(kind, file).isUnfinished : undefined;
  const { state, logs } = await perform(context, { ...operation, reporter, ...(resuming && { resuming }) });
  if (!options.json) {
    say(context);
    const page = { t, style, columns: pageWidth(context), logs, placeOf };
    io.stdout.write(summaryText({ cluster, selection, state }, page));
  }
  const code = exitCodeOf(state);
  if (changesNodes(operation.kind) || code !== exit.fine) return code;
  // What is unknown is not done either.
  return summaryOf({ cluster, selection, state }).open.length > 0 ? exit.findings : exit.fine;
}

/** `stackprep check`: which steps are done on which nodes. */
export async function check(context: Context): Promise<number> {
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const { verbose } = context.options;
  return await operate(context, { ...opened, ...prepared, kind: 'check', verbose });
}
