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

/**
 * Names that are a run's own files, or devices on Windows with any ending (learn.microsoft.com, "Naming Files, Paths, and
 * Namespaces"). A node or a step may have such a name.
 */
const taken =
  /^(?:owner|journal\.jsonl(?:\.new)?|result\.json|cluster\.yaml|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$/i;
/** In no name of a node or a step. */
const mark = '=';

/** The name of a folder or the beginning of that of a file, for a node or a step. */
export function fileNameOf(name: string): string {
  return taken.test(name) ? mark + name : name;
}

/** The node or step that `fileNameOf` gave this name. */
export function nameOfFile(file: string): string {
  return file.startsWith(mark) ? file.slice(mark.length) : file;
}

/** The folder of a node's logs in the folder of a run. */
export function nodeFolderPath(folder: string, node: string): string {
  return join(folder, fileNameOf(node));
}

/** The log file of a step on a node. */
export function logFile(
  stateFolder: string,
  on: { readonly run: string; readonly node: string; readonly step: string },
): string {
  return join(nodeFolderPath(runFolder(stateFolder, on.run), on.node), `${fileNameOf(on.step)}.log`);
}
