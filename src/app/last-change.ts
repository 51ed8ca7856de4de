import type { Message } from '../base/l10n.ts';
import { type ChangeKind, changesNodes } from '../base/run-kind.ts';
import { keptRuns, laterFormat } from './logs/kept-runs.ts';
import { events } from './unfinished-run.ts';

/** The newest run or undo of a cluster file. */
export interface LastChange {
  readonly kind: ChangeKind;
  readonly steps: readonly string[];
  /** The nodes on which it did not end well, or did not end. */
  readonly failed: readonly string[];
  /** Why it cannot be read; then `failed` has all nodes. */
  readonly unreadable?: Message;
}

/** What changed the nodes of a cluster file last (`file`: its path); undefined where nothing has. */
export async function lastChange(
  stateFolder: string,
  { cluster, file }: { readonly cluster: string; readonly file: string },
): Promise<LastChange | undefined> {
  for (const kept of await keptRuns(stateFolder)) {
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
