import type { Message } from '../base/l10n.ts';
import { type ChangeKind, changesNodes } from '../base/run-kind.ts';
import { laterFormat, storedRuns } from './logs/stored-runs.ts';
import { events } from './unfinished-run.ts';

/** The last run or undo of a cluster file. */
export interface LastChange {
  readonly kind: ChangeKind;
  readonly steps: readonly string[];
  /** The nodes on which it failed or did not finish. */
  readonly failed: readonly string[];
  /** Why it cannot be read; then `failed` has all nodes. */
  readonly unreadable?: Message;
}

/** The last run or undo of a cluster file (`file`: its path); undefined if there is none. */
export async function lastChange(
  stateFolder: string,
  { cluster, file }: { readonly cluster: string; readonly file: string },
): Promise<LastChange | undefined> {
  for (const kept of await storedRuns(stateFolder)) {
    const { run, kind, nodes, steps } = kept;
    if (!changesNodes(kind) || kept.cluster !== cluster || (kept.file ?? file) !== file) continue;
    const unreadable = laterFormat(kept);
    if (unreadable) return { kind, steps, failed: nodes, unreadable };
    const failed = new Set(nodes);
    for await (const event of events(stateFolder, run))
      if (event.type === 'node-finished' && event.outcome === 'ok') failed.delete(event.node);
    return { kind, steps, failed: [...failed] };
  }
  return undefined;
}
