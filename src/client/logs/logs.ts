import { Disposable, Uri, window, workspace } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { schemes } from '../../protocol/contributions.ts';
import { type ClusterSource, nodeOf, type Target } from '../../view/live.ts';
import { statusOf } from '../../view/status.ts';
import type { NodeNames } from '../output/names.ts';
import { t } from '../texts.ts';
import { type LogAddress, logAddress } from './address.ts';
import { compareNodes, registerTransactions } from './compare.ts';
import { registerLogFiles } from './files.ts';
import type { LogDocuments } from './log-documents.ts';
import { stepLogs } from './step-logs.ts';

export interface LogNeeds {
  readonly stateFolder: string;
  readonly sources: () => readonly ClusterSource[];
  readonly names: NodeNames;
  readonly report: (cause: unknown) => void;
}

export interface Logs extends Disposable {
  show(address: LogAddress, row?: number): Promise<void>;
  goToError(direction: 1 | -1): Promise<void>;
  /** Looks for a text in the newest logs of all nodes. */
  search(): Promise<void>;
  /** Lays what two nodes got in a step side by side. */
  compare(target: Target): Promise<void>;
  /** Packs the last run of the target's cluster. */
  export(target: Target): Promise<void>;
  /** What the log document with that uri is about; undefined for anything else, or where its cluster is not known. */
  target(uri: unknown): Target | undefined;
}

/** The logs in the editor; what reads them is loaded with the first one that is shown. */
export function createLogs({ stateFolder, sources, names, report }: LogNeeds): Logs {
  let documents: Promise<LogDocuments> | undefined;

  function sourceOf({ run, node, step }: LogAddress): ClusterSource | undefined {
    return sources().find((source) => own(nodeOf(source, node).steps, step)?.logRun === run);
  }
  function targetOf(address: LogAddress): Target | undefined {
    const source = sourceOf(address);
    return source && { uri: source.outline.uri, nodes: [address.node], step: address.step };
  }
  function isRunning(address: LogAddress): boolean {
    const source = sourceOf(address);
    return (
      source !== undefined && statusOf(own(nodeOf(source, address.node).steps, address.step)) === 'running'
    );
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
    show: async (address, row) => {
      const at = { isRunning: isRunning(address), ...(row === undefined ? {} : { row }) };
      await (await load()).show(address, at);
    },
    goToError: async (direction) => (await load()).goToError(direction),
    search: async () => {
      const { searchLogs } = await import('./search.ts');
      const nodeOf = (address: LogAddress): string => {
        const uri = targetOf(address)?.uri;
        return uri === undefined ? address.node : names.of(uri, address.node);
      };
      await searchLogs({ addresses: sources().flatMap(allLogs), stateFolder, nodeOf, show: logs.show });
    },
    compare: async ({ uri, step, nodes }) => {
      const source = sources().find(({ outline }) => outline.uri === uri);
      if (!source) return;
      const chosen = step ?? (await chooseStep(source));
      if (chosen === undefined) return;
      await compareNodes(stepLogs(source, { uri, step: chosen }), nodes?.length === 1 ? nodes[0] : undefined);
    },
    export: async ({ uri }) => {
      const { exportLogs } = await import('./export.ts');
      const run = sources().find(({ outline }) => outline.uri === uri)?.state.run?.id;
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

function allLogs(source: ClusterSource): readonly LogAddress[] {
  const { uri, steps } = source.outline;
  return steps.flatMap(({ id }) => stepLogs(source, { uri, step: id }));
}

/** The step whose logs are compared: asked for where several have two. */
async function chooseStep(source: ClusterSource): Promise<string | undefined> {
  const { uri, steps } = source.outline;
  const comparable = steps.map(({ id }) => id).filter((id) => stepLogs(source, { uri, step: id }).length > 1);
  if (comparable.length <= 1) return comparable[0] ?? steps[0]?.id;
  return await window.showQuickPick(comparable, { title: t(msg('Compare two nodes in which step?')) });
}
