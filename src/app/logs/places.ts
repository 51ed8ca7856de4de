import { join } from 'node:path';

/** Where the folders of the runs are. */
export function runsFolder(stateFolder: string): string {
  return join(stateFolder, 'runs');
}

/** The folder of a run below the state folder: `journal.jsonl`, and `<node>/<step>.log` for every log. */
export function runFolder(stateFolder: string, run: string): string {
  return join(runsFolder(stateFolder), run);
}

/** The journal in a run's folder. */
export function journalPath(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** The log file of one step on one node in one run. */
export function logFile(
  stateFolder: string,
  on: { readonly run: string; readonly node: string; readonly step: string },
): string {
  return join(runFolder(stateFolder, on.run), on.node, `${on.step}.log`);
}
