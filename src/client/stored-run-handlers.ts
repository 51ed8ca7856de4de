import { Uri, window } from 'vscode';
import { msg } from '../base/l10n.ts';
import { mainLog } from '../view/runs.ts';
import type { Chooser } from './choose-target.ts';
import { decodeRunAddress } from './cluster/run-address.ts';
import type { Handlers } from './commands.ts';
import type { ClusterTexts } from './documents/cluster-text.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import type { Logs } from './logs/logs.ts';
import type { UnfinishedRuns } from './run/unfinished-runs.ts';
import type { EarlierRuns, HistoryRun } from './stores/earlier-runs.ts';
import type { RunStore } from './stores/run-store.ts';
import { mayConnect } from './trust.ts';

export interface StoredRunNeeds {
  readonly earlier: EarlierRuns;
  readonly unfinished: UnfinishedRuns;
  readonly logs: Logs;
  readonly chooser: Chooser;
  readonly runs: RunStore;
  readonly clusterTexts: ClusterTexts;
}

type Names = 'openRun' | 'openEarlierLog' | 'resumeRun' | 'discardRun' | 'showDifference';

/** The handlers of the commands about stored runs; rows of the Runs view pass their addresses. */
export function createStoredRunHandlers(needs: StoredRunNeeds): Pick<Handlers, Names> {
  const { earlier, unfinished, logs, chooser, runs, clusterTexts } = needs;

  function given(argument: unknown): HistoryRun | undefined {
    const address = decodeRunAddress(argument);
    return address && earlier.find(address.run);
  }

  /** The unfinished runs that an argument means: a row, a cluster, or all. */
  function open(argument: unknown): readonly HistoryRun[] {
    const row = given(argument);
    const target = row ? undefined : chooser.given(argument);
    const file = target && Uri.parse(target.uri).fsPath;
    const all = row ? [row] : (earlier.all() ?? []).filter((run) => file === undefined || run.file === file);
    return all.filter(unfinished.isOpen);
  }

  async function openMainLog(run: HistoryRun): Promise<void> {
    const state = await earlier.state(run);
    const log = state && mainLog(run, state);
    if (log) return await logs.show(log);
    void window.showInformationMessage(
      t(msg('The run of {0} from {1} has no log.', run.cluster, timeText(run.started))),
    );
  }

  return {
    openRun: async (argument) => {
      const address = decodeRunAddress(argument);
      const run = given(argument);
      if (!run || !address) return;
      const { node, step } = address;
      if (node !== undefined && step !== undefined) await logs.show({ run: run.run, node, step });
      else await openMainLog(run);
    },
    openEarlierLog: async (argument) => {
      const run = given(argument);
      if (run) return await logs.openEarlier({ uri: Uri.file(run.file ?? '').toString() }, run);
      const target = await chooser.target(argument);
      if (target) await logs.openEarlier(target);
    },
    resumeRun: async (argument) => {
      if (mayConnect()) await unfinished.resume(open(argument));
    },
    discardRun: (argument) => unfinished.discard(open(argument)),
    showDifference: async (argument) => {
      const target = chooser.given(argument);
      const run = given(argument) ?? earlier.find((target && runs.get(target.uri).run?.id) ?? '');
      if (run) await clusterTexts.showDifference(run);
    },
  };
}
