import { Uri } from 'vscode';
import type { Chooser } from './choose-target.ts';
import { decodeRunAddress } from './cluster/run-address.ts';
import type { Handlers } from './commands.ts';
import type { ClusterTexts } from './documents/cluster-text.ts';
import { decodePlace } from './logs/address.ts';
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

  return {
    openRun: async (argument) => {
      const place = decodePlace(decodeRunAddress(argument));
      if (place) await logs.show(place);
    },
    openEarlierLog: async (argument) => {
      const run = given(argument);
      if (run) return await logs.show({ run: run.run });
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
