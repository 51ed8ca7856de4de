import { Disposable, Uri, window, workspace } from 'vscode';
import { type StoredRun, storedLogs } from '../../app/logs/stored-runs.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { schemes } from '../../protocol/contributions.ts';
import { isWorking } from '../../view/cell.ts';
import { type ClusterSource, isActive, nodeOf, type Target } from '../../view/live.ts';
import { runTitle } from '../../view/log/run-page.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';
import { momentText } from '../editor/time.ts';
import type { EarlierRuns } from '../stores/earlier-runs.ts';
import { type LogAddress, type LogPlace, logPlace, logUri } from './address.ts';
import { type ComparableLog, watchComparableLog } from './comparable-log.ts';
import { compareNodes, registerTransactions } from './compare.ts';
import { type EarlierLogs, earlierLogs } from './earlier-logs.ts';
import { registerLogFiles } from './files.ts';
import type { LogDocuments } from './log-documents.ts';
import { createLogTexts } from './log-texts.ts';
import { openLog, pickRun } from './open-log.ts';
import { createPackageLogs, type PackageLogs } from './package-logs.ts';
import { createSearchDocuments } from './search-documents.ts';
import { stepLogs } from './step-logs.ts';

/** Maximum number of newest runs that are looked through for the log of a target. */
const maxRuns = 30;

export interface LogNeeds {
  readonly stateFolder: string;
  readonly sources: () => readonly ClusterSource[];
  readonly earlier: EarlierRuns;
  /** Shows the output channel. */
  readonly showOutput: () => void;
  readonly report: (cause: unknown) => void;
}

export interface Logs extends Disposable {
  /** Logs that are not of a run. */
  readonly packageLogs: PackageLogs;
  readonly comparable: ComparableLog;
  /** Shows the log of a target, from a run of this window or an earlier one. */
  open(target: Target): Promise<void>;
  /** Shows the page of a stored run of a cluster, which the user picks. */
  openEarlier(target: Target): Promise<void>;
  /** Shows the page of a stored run, or the log of a node or step in it; `row` is a row of the step's output. */
  show(place: LogPlace, row?: number): Promise<void>;
  goToError(direction: 1 | -1): Promise<void>;
  /** Asks for a text and shows the lines of a target's stored logs that contain it. */
  search(target: Target): Promise<void>;
  /** Moves to the next or previous line that a search has found. */
  goToHit(direction: 1 | -1): void;
  /** Compares the package transactions of a step on two nodes, in the run of a log document, given by its URI, else in the newest. */
  compare(target: Target, page?: unknown): Promise<void>;
  /** Exports the run of a log document, given by its URI, else the last run of the target's cluster. */
  export(target: Target, page?: unknown): Promise<void>;
  /** The target of the log document with that URI; undefined for any other URI, or if its cluster is unknown. */
  target(uri: unknown): Target | undefined;
}

/** What the log document with that URI shows; undefined for anything else. */
function placeOf(uri: unknown): LogPlace | undefined {
  return uri instanceof Uri ? logPlace(uri) : undefined;
}

/** Log features of the editor; the log reader is loaded when the first log is shown. */
export function createLogs(needs: LogNeeds): Logs {
  const { stateFolder, sources, earlier, showOutput, report } = needs;
  const writing = { t, time: momentText };
  const texts = createLogTexts(stateFolder, writing);
  let documents: Promise<LogDocuments> | undefined;

  function sourceOf({ run, node, step }: LogPlace): ClusterSource | undefined {
    return sources().find((source) => {
      if (source.state.run?.id === run) return true;
      const steps = node === undefined || step === undefined ? undefined : nodeOf(source, node).steps;
      return own(steps, step ?? '')?.logRun === run;
    });
  }
  const known = (uri: string): ClusterSource | undefined =>
    sources().find(({ outline }) => outline.uri === uri);
  const runsOf = (uri: string): readonly StoredRun[] => earlier.of(Uri.parse(uri).fsPath) ?? [];
  const logRuns = (target: Target) => earlierLogs(stateFolder, runsOf(target.uri).slice(0, maxRuns), target);

  function targetOf(place: LogPlace): Target | undefined {
    const { run, node, step } = place;
    const file = earlier.fileOf(run);
    const stored = file === undefined ? undefined : Uri.file(file).toString();
    const uri = sourceOf(place)?.outline.uri ?? stored;
    if (uri === undefined) return undefined;
    return { uri, ...(node === undefined ? {} : { nodes: [node] }), ...(step === undefined ? {} : { step }) };
  }
  async function* recordsOf(source: ClusterSource) {
    const stored = runsOf(source.outline.uri).map(({ run }) => run);
    const current = source.state.run?.id;
    for (const run of new Set(current === undefined ? stored : [current, ...stored])) {
      const reading = await texts.run(run);
      if (reading.kind === 'record') yield { run, record: reading.record };
    }
  }
  async function storedOf(target: Target): Promise<readonly EarlierLogs[]> {
    const found: EarlierLogs[] = [];
    for await (const each of logRuns(target)) found.push(each);
    return found;
  }
  /** The logs of a target in this window, else those of the newest stored run that has any. */
  async function logsOf(target: Target): Promise<readonly LogAddress[]> {
    const source = known(target.uri);
    const seen = source ? stepLogs(source, target) : [];
    if (seen.length > 0) return seen;
    for await (const { logs } of logRuns(target)) return logs;
    return [];
  }
  function isRunning(place: LogPlace): boolean {
    const source = sourceOf(place);
    const { node, step } = place;
    if (!source || node === undefined) return false;
    if (step === undefined) return isActive(source, node);
    return isWorking(own(nodeOf(source, node).steps, step));
  }
  async function uriOf(place: LogPlace): Promise<Uri> {
    if (place.node !== undefined) return logUri(place);
    const reading = await texts.run(place.run);
    return logUri(place, reading.kind === 'record' ? t(runTitle(reading.record, writing)) : place.run);
  }
  const load = (): Promise<LogDocuments> => {
    documents ??= import('./log-documents.ts').then(({ createLogDocuments }) =>
      createLogDocuments({
        texts,
        targetOf: ({ uri }) => {
          const place = logPlace(uri);
          return place && targetOf(place);
        },
      }),
    );
    return documents;
  };
  const loadFor = (uri: Uri): void => {
    if (uri.scheme === schemes.log) void load().catch(report);
  };
  const clusterOf = (uri: string): string => known(uri)?.outline.cluster.id ?? fileName(uri);
  const searches = createSearchDocuments({ stateFolder, texts, clusterOf });
  const files = Disposable.from(
    ...[searches, registerLogFiles(stateFolder, texts), registerTransactions(stateFolder)],
  );
  const opened = workspace.onDidOpenTextDocument(({ uri }) => loadFor(uri));
  for (const { document } of window.visibleTextEditors) loadFor(document.uri);
  const packageLogs = createPackageLogs({ load, report });
  const comparable = watchComparableLog(texts, report);
  const logs: Logs = {
    packageLogs,
    comparable,
    open: async (target) => {
      const source = known(target.uri);
      if (!source) return showOutput();
      const records = () => recordsOf(source);
      await openLog(source, target, { earlier: storedOf, records, show: logs.show, showOutput });
    },
    openEarlier: async ({ uri }) => {
      const stored = runsOf(uri);
      const run = await pickRun(stored);
      if (run) return await logs.show({ run: run.run });
      if (stored.length > 0) return;
      void window.showInformationMessage(t(msg('No run of {0} is stored.', fileName(uri))));
    },
    show: async (place, row) => {
      const at = { isRunning: isRunning(place), ...(row === undefined ? {} : { row }) };
      await (await load()).show(await uriOf(place), at);
    },
    goToError: async (direction) => (await load()).goToError(direction),
    search: searches.ask,
    goToHit: searches.goToHit,
    compare: async (target, page) => {
      const { uri, step } = target;
      const shown = placeOf(page);
      const all = shown
        ? await storedLogs(stateFolder, shown.run)
        : await logsOf({ uri, ...(step === undefined ? {} : { step }) });
      await compareNodes(stateFolder, all, target);
    },
    export: async ({ uri, nodes: meant }, page) => {
      const { exportLogs } = await import('./export.ts');
      const shown = placeOf(page);
      const run = shown?.run ?? known(uri)?.state.run?.id ?? runsOf(uri)[0]?.run;
      const nodes = shown?.node === undefined ? meant : [shown.node];
      await exportLogs({ uri, run, stateFolder, ...(nodes ? { nodes } : {}) });
    },
    target: (uri) => {
      const place = placeOf(uri);
      return place && targetOf(place);
    },
    dispose: () => {
      Disposable.from(files, opened, packageLogs, comparable).dispose();
      void documents?.then((loaded) => loaded.dispose());
    },
  };
  return logs;
}
