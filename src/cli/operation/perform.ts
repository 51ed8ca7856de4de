import { resolve } from 'node:path';
import type { RetriedRun, StoredRun } from '../../app/entry.ts';
import type { Policy } from '../../app/node-work.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Rollout } from '../../cluster/rollout.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import type { Selection } from '../../plan/selection.ts';
import { emptyRunState, type RunState, reduceRun } from '../../run/state.ts';
import type { Options } from '../command-line/command-spec.ts';
import type { Context } from '../command-line/context.ts';
import { exit } from '../command-line/context.ts';
import { type LogPlaces, logPlaces } from '../report/log-places.ts';
import type { Reporter } from '../report/reporter.ts';
import { createAsker } from '../terminal/asker.ts';
import { terminalPrompts } from '../terminal/prompts.ts';
import { terminalSecrets } from '../terminal/secrets.ts';
import { searchFor } from './search-for.ts';
import { traceOf } from './trace.ts';

export interface Performance {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly stateFolder: string;
  readonly knownHosts: readonly string[];
  readonly reporter: (logs: LogPlaces) => Reporter;
  /** The cluster file as given by the user; undefined if none was given. */
  readonly file?: string;
  /** Its text. */
  readonly text?: string;
  /** The run to resume; undefined for a new one. */
  readonly open?: StoredRun;
  /** The run to retry. */
  readonly retried?: RetriedRun;
  /** Receives what a run would change on each node. */
  readonly onDifference?: (difference: NodeDifference) => void;
  /** How to resume the run that was begun; absent for a check. */
  readonly resuming?: (run: string) => Message;
}

/** How long the nodes have to end after Ctrl-C before the program leaves them, milliseconds. */
const detachMs = 2_000;

export interface Performed {
  readonly state: RunState;
  readonly logs: LogPlaces;
}

/** The batches given on the command line. */
export function rolloutOf({ batch, maxFailed }: Options): Rollout {
  return { ...(batch ? { batch } : {}), ...(maxFailed ? { maxFailed } : {}) };
}

function occupiedPolicy({ wait, join }: Options): Pick<Policy, 'occupied'> {
  if (join) return { occupied: 'join' };
  return wait ? { occupied: 'wait' } : {};
}

/**
 * Checks or runs with the engine and shows the progress. Ctrl-C asks the nodes to stop; what has not ended soon after is left, with
 * the words how to resume it. A second one exits immediately.
 */
export async function perform(context: Context, wanted: Performance): Promise<Performed> {
  const { io, t, options } = context;
  const { kind, cluster, selection, stateFolder, knownHosts, open } = wanted;
  const controller = new AbortController();
  const { signal } = controller;
  let reporter: Reporter | undefined;
  const notice = (line: string): void => {
    if (reporter && !options.json) reporter.notice(line);
    else io.stderr.write(`${line}\n`);
  };
  let state = emptyRunState;
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => {
    clearTimeout(timer);
    reporter?.end();
    io.leave(exit.cancelled);
  };
  const detach = (): void => {
    const run = state.run?.id;
    if (wanted.resuming && run !== undefined) notice(t(wanted.resuming(run)));
    leave();
  };
  const forget = io.onInterrupt(() => {
    if (signal.aborted) return leave();
    controller.abort();
    // Whatever the nodes still send: the jobs end or continue without this program.
    timer = setTimeout(detach, detachMs);
    notice(t(msg('Cancelling on the nodes. Press Ctrl-C again to exit immediately.')));
  });
  const asker = createAsker({
    ...{ io, t, notice },
    suspend: () => reporter?.suspend(),
    resume: () => reporter?.resume(),
  });
  const { createEngine } = await import('../../app/entry.ts');
  const engine = createEngine({
    stateFolder,
    home: io.home,
    env: io.env,
    knownHosts: () => knownHosts,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...traceOf(options, notice),
    prompts: terminalPrompts(asker, io.env),
    secrets: terminalSecrets({ env: io.env, find: searchFor(io, cluster, signal), asker, signal }),
  });
  const logs = logPlaces((of) => engine.logFile(of));
  try {
    reporter = wanted.reporter(logs);
    const wish = {
      cluster,
      policy: {
        failFast: options.failFast,
        rollout: rolloutOf(options),
        ...(options.reboot ? { reboot: true } : {}),
        ...occupiedPolicy(options),
      },
      ...(wanted.file === undefined ? {} : { file: resolve(io.cwd, wanted.file) }),
      ...(wanted.text === undefined ? {} : { text: wanted.text }),
      ...(wanted.onDifference ? { onDifference: wanted.onDifference } : {}),
      ...(options.stepTimeout === undefined ? {} : { stepLimitMs: options.stepTimeout * 60_000 }),
    };
    const retry = wanted.retried ? { retried: wanted.retried } : {};
    const events = open
      ? engine.resume({ ...wish, open }, signal)
      : engine.operate({ ...wish, ...retry, kind, selection }, signal);
    for await (const event of events) {
      state = reduceRun(state, event);
      reporter.event(event, state);
    }
  } finally {
    clearTimeout(timer);
    reporter?.end();
    forget();
    await engine.dispose();
  }
  return { state, logs };
}
