import { Disposable, Uri, window, workspace } from 'vscode';
import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { schemes } from '../../protocol/contributions.ts';
import { isWorking } from '../../view/cell.ts';
import { type ClusterSource, nodeOf, type Target } from '../../view/live.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';
import type { NodeNames } from '../output/names.ts';
import type { EarlierRuns } from '../stores/earlier-runs.ts';
import { type LogAddress, logAddress } from './address.ts';
import { compareNodes, registerTransactions } from './compare.ts';
import { type EarlierLogs, earlierLogs } from './earlier-logs.ts';
import { registerLogFiles } from './files.ts';
import type { LogDocuments } from './log-documents.ts';
import { openLog, pickEarlierLog } from './open-log.ts';
import { stepLogs } from './step-logs.ts';

export interface LogNeeds {
  readonly stateFolder: string;
  readonly sources: () => readonly ClusterSource[];
  readonly names: NodeNames;
  readonly earlier: EarlierRuns;
  /** Shows the output channel. */
  readonly showOutput: () => void;
  readonly report: (cause: unknown) => void;
}

export interface Logs extends Disposable {
  /** Shows the log of a target, from a run of this window or an earlier one. */
  open(target: Target): Promise<void>;
  /** Shows a log of a target from a stored run: the given one, or the one that the user picks. */
  openEarlier(target: Target, run?: StoredRun): Promise<void>;
  show(address: LogAddress, row?: number): Promise<void>;
  goToError(direction: 1 | -1): Promise<void>;
  /** Searches the newest logs of a target, or those of all nodes of every cluster. */
  search(target?: Target): Promise<void>;
  /** Compares the logs of a step on two nodes. */
  compare(target: Target): Promise<void>;
  /** Exports the last run of the target's cluster. */
  export(target: Target): Promise<void>;
  /** The target of the log document with that URI; undefined for any other URI, or if its cluster is unknown. */
  target(uri: unknown): Target | undefined;
}

/** Log features of the editor; the log reader is loaded when the first log is shown. */
export function createLogs(needs: LogNeeds): Logs {
  const { stateFolder, sources, names, earlier, showOutput, report } = needs;
  let documents: Promise<LogDocuments> | undefined;

  function sourceOf({ run, node, step }: LogAddress): ClusterSource | undefined {
    return sources().find((source) => own(nodeOf(source, node).steps, step)?.logRun === run);
  }
  const known = (uri: string): ClusterSource | undefined =>
    sources().find(({ outline }) => outline.uri === uri);
  const runsOf = (uri: string): readonly StoredRun[] => earlier.of(Uri.parse(uri).fsPath) ?? [];

  function targetOf({ run, node, step }: LogAddress): Target | undefined {
    const file = earlier.fileOf(run);
    const stored = file === undefined ? undefined : Uri.file(file).toString();
    const uri = sourceOf({ run, node, step })?.outline.uri ?? stored;
    return uri === undefined ? undefined : { uri, nodes: [node], step };
  }
  async function storedOf(target: Target, runs = runsOf(target.uri)): Promise<readonly EarlierLogs[]> {
    const found: EarlierLogs[] = [];
    for await (const each of earlierLogs(stateFolder, runs, target)) found.push(each);
    return found;
  }
  /** The logs of a target in this window, else those of the newest stored run that has any. */
  async function logsOf(target: Target): Promise<readonly LogAddress[]> {
    const source = known(target.uri);
    const seen = source ? stepLogs(source, target) : [];
    if (seen.length > 0) return seen;
    for await (const { logs } of earlierLogs(stateFolder, runsOf(target.uri), target)) return logs;
    return [];
  }
  function isRunning(address: LogAddress): boolean {
    const source = sourceOf(address);
    return source !== undefined && isWorking(own(nodeOf(source, address.node).steps, address.step));
  }
  const load = (): Promise<LogDocuments> => {
    documents ??= import('./log-documents.ts').then(({ createLogDocuments }) => createLogDocuments(targetOf));
    return documents;
  };
  const loadFor = (uri: Uri): void => {
    if (uri.scheme === schemes.log) void load().catch(report);
  };
  const files = Disposable.from(registerLogFiles(stateFolder), registerTransactions(stateFolder));
  const opened = workspace.onDidOpenTextDocument(({ uri }) => loadFor(uri));
  for (const { document } of window.visibleTextEditors) loadFor(document.uri);
  const logs: Logs = {
    open: async (target) => {
      const source = known(target.uri);
      if (source) await openLog(source, target, { earlier: storedOf, show: logs.show, showOutput });
      else showOutput();
    },
    openEarlier: async (target, run) => {
      const stored = await storedOf(target, run ? [run] : runsOf(target.uri));
      const log = await pickEarlierLog(stored, target);
      if (log) return await logs.show(log);
      if (stored.length > 0) return;
      void window.showInformationMessage(t(msg('No log of {0} is stored.', fileName(target.uri))));
    },
    show: async (address, row) => {
      const at = { isRunning: isRunning(address), ...(row === undefined ? {} : { row }) };
      await (await load()).show(address, at);
    },
    goToError: async (direction) => (await load()).goToError(direction),
    search: async (target) => {
      const { searchLogs } = await import('./search.ts');
      const nodeOf = (address: LogAddress): string => {
        const uri = targetOf(address)?.uri;
        return uri === undefined ? address.node : names.of(uri, address.node);
      };
      const addresses: LogAddress[] = [];
      const targets = target ? [target] : sources().map(({ outline }) => ({ uri: outline.uri }));
      for (const each of targets) for (const address of await logsOf(each)) addresses.push(address);
      await searchLogs({ addresses, stateFolder, nodeOf, show: logs.show });
    },
    compare: async ({ uri, step, nodes }) => {
      const all = await logsOf({ uri, ...(step === undefined ? {} : { step }) });
      const chosen = step ?? (await chooseStep(all));
      const same = all.filter((log) => log.step === chosen);
      await compareNodes(same, nodes?.length === 1 ? nodes[0] : undefined);
    },
    export: async ({ uri }) => {
      const { exportLogs } = await import('./export.ts');
      const run = known(uri)?.state.run?.id ?? runsOf(uri)[0]?.run;
      await exportLogs({ uri, run, stateFolder });
    },
    target: (uri) => {
      const address = uri instanceof Uri ? logAddress(uri) : undefined;
      return address && targetOf(address);
    },
    dispose: () => {
      Disposable.from(files, opened).dispose();
      void documents?.then((loaded) => loaded.dispose());
    },
  };
  return logs;
}

/** The step whose logs are compared, picked by the user if there are several; undefined if there is none or the user cancels. */
async function chooseStep(logs: readonly LogAddress[]): Promise<string | undefined> {
  const steps = [...new Set(logs.map(({ step }) => step))];
  const comparable = steps.filter((id) => logs.filter(({ step }) => step === id).length > 1);
  if (comparable.length <= 1) return comparable[0];
  return await window.showQuickPick(comparable, { title: t(msg('Select the step to compare two nodes in')) });
}
