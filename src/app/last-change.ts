import { type ChangeKind, changesNodes } from '../base/run-kind.ts';
import { keptRuns } from './logs/kept-runs.ts';
import { events } from './unfinished-run.ts';

/** The newest run or undo of a cluster file. */
export interface LastChange {
  readonly kind: ChangeKind;
  readonly steps: readonly string[];
  /** The nodes on which it did not end well, or did not end. */
  readonly failed: readonly string[];
}

/** What changed the nodes of a cluster file last (`file`: its path); undefined where nothing has. */
export async function lastChange(
  stateFolder: string,
  { cluster, file }: { readonly cluster: string; readonly file: string },
): Promise<LastChange | undefined> {
  for (const { run, kind, nodes, steps, ...kept } of await keptRuns(stateFolder)) {
    if (!changesNodes(kind) || kept.cluster !== cluster || (kept.file ?? file) !== file) continue;
    const failed = new Set(nodes);
    for await (const event of events(stateFolder, run))
      if (event.type === 'node-finished' && event.outcome === 'ok') failed.delete(event.node);
    return { kind, steps, failed: [...failed] };
  }
  return undefined;
}
