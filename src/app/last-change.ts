import type { Message } from '../base/l10n.ts';
import { type ChangeKind, changesNodes } from '../base/run-kind.ts';
import type { BatchPlan } from '../cluster/batches.ts';
import { laterFormat, type StoredRun, storedRuns } from './logs/stored-runs.ts';
import type { RetriedRun } from './operation.ts';
import { isDone } from './serial-steps.ts';
import { events, planIn } from './unfinished-run.ts';

/** The last run or undo of a cluster file. */
export interface LastChange {
  readonly kind: ChangeKind;
  readonly steps: readonly string[];
  /** The nodes on which it failed or did not finish. */
  readonly failed: readonly string[];
  /** For its retry. */
  readonly retried: RetriedRun;
  /** Why it cannot be read; then `failed` has all nodes. */
  readonly unreadable?: Message;
}

/** What a run left to do, and what it did. */
async function resultOf(
  stateFolder: string,
  { run, nodes }: StoredRun,
): Promise<Pick<LastChange, 'failed' | 'retried'>> {
  const failed = new Set(nodes);
  const done = new Map<string, Set<string>>();
  let plan: BatchPlan | undefined;
  for await (const event of events(stateFolder, run)) {
    if (event.type === 'batches-planned') plan = planIn(event);
    if (event.type === 'node-finished' && event.outcome === 'ok') failed.delete(event.node);
    if (event.type !== 'step-finished' || !isDone(event.outcome)) continue;
    done.set(event.node, (done.get(event.node) ?? new Set<string>()).add(event.step));
  }
  return { failed: [...failed], retried: { done, ...(plan ? { plan } : {}) } };
}

/** The last run or undo of a cluster file (`file`: its path); undefined if there is none. */
export async function lastChange(
  stateFolder: string,
  { cluster, file }: { readonly cluster: string; readonly file: string },
): Promise<LastChange | undefined> {
  for (const kept of await storedRuns(stateFolder)) {
    const { kind, nodes, steps } = kept;
    if (!changesNodes(kind) || kept.cluster !== cluster || (kept.file ?? file) !== file) continue;
    const unreadable = laterFormat(kept);
    if (unreadable) return { kind, steps, failed: nodes, unreadable, retried: { done: new Map() } };
    return { kind, steps, ...(await resultOf(stateFolder, kept)) };
  }
  return undefined;
}
