import { Uri } from 'vscode';
import type { ClusterSource } from '../view/live.ts';
import { ageOf } from '../view/old.ts';
import { runOutline } from '../view/run-outline.ts';
import { goingRun } from '../view/unfinished.ts';
import { timeText } from './editor/time.ts';
import type { EarlierRuns } from './stores/earlier-runs.ts';
import type { OutlineStore } from './stores/outline-store.ts';
import type { RunStore } from './stores/run-store.ts';
import type { StepTimesStore } from './stores/step-times.ts';

export interface SourceNeeds {
  readonly outlines: OutlineStore;
  readonly runs: RunStore;
  readonly earlier: EarlierRuns;
  readonly stepTimes: StepTimesStore;
  readonly parallelNodes: () => number;
  /** Whether the runs of the file are not stored. */
  readonly isGone: (uri: string) => boolean;
}

/** What the views show of a cluster file; undefined while its nodes cannot be read and nothing runs on them. */
export function createSource(needs: SourceNeeds): (uri: string) => ClusterSource | undefined {
  const { outlines, runs, earlier: earlierRuns, stepTimes, isGone } = needs;
  return (uri) => {
    const scope = runs.scope(uri);
    const begun = runs.begun(uri);
    const outline = runOutline(outlines.get(uri), begun && scope && { outline: begun.outline, ...scope });
    if (!outline) return undefined;
    const { fsPath } = Uri.parse(uri);
    const fileChange = runs.fileChange(uri);
    const earlier = earlierRuns.of(fsPath)?.length;
    const state = runs.get(uri);
    const age = ageOf(state, timeText);
    const stored = scope || isGone(uri) ? [] : (earlierRuns.of(fsPath) ?? []);
    const going = goingRun(stored, { now: Date.now(), time: timeText });
    const times = scope && state.run && stepTimes.of(fsPath, state.run.kind);
    return {
      ...{ outline, state, errors: outlines.errors(uri) },
      ...(age ? { age } : {}),
      ...(going ? { going } : {}),
      ...(fileChange ? { fileChange } : {}),
      ...(scope ? { scope } : {}),
      ...(times ? { timing: { times, parallelNodes: needs.parallelNodes(), now: Date.now() } } : {}),
      ...(earlier === undefined ? {} : { earlier }),
    };
  };
}
