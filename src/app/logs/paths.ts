import { join } from 'node:path';

/** The folder of all runs. */
export function runsFolder(stateFolder: string): string {
  return join(stateFolder, 'runs');
}

/** The folder of a run: `journal.jsonl`, and `<node>/<step>.log` for each step. */
export function runFolder(stateFolder: string, run: string): string {
  return join(runsFolder(stateFolder), run);
}

/** The journal of a run. */
export function journalPath(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** The states of the nodes at the end of a run. */
export function resultPath(folder: string): string {
  return join(folder, 'result.json');
}

/** The text of the cluster file when the run began, with secrets masked. */
export function clusterTextPath(folder: string): string {
  return join(folder, 'cluster.yaml');
}

/** The log file of a step on a node. */
export function logFile(
  stateFolder: string,
  on: { readonly run: string; readonly node: string; readonly step: string },
): string {
  return join(runFolder(stateFolder, on.run), on.node, `${on.step}.log`);
}
