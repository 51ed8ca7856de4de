import { join } from 'node:path';
import { Disposable, type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { msg } from '../base/l10n.ts';
import { settings as settingTable } from '../protocol/contributions.ts';
import { earlierMessage } from '../view/live.ts';
import { filterMessage, treeOf } from '../view/tree.ts';
import { createTreeMemory } from '../view/tree-memory.ts';
import { afterDemo } from './after-run.ts';
import { createChooser } from './choose-target.ts';
import { watchClusterFiles } from './cluster-files.ts';
import { createSource } from './cluster-source.ts';
import { registerCommands } from './commands.ts';
import { createContext } from './context.ts';
import { createDashboards } from './dashboard/dashboards.ts';
import { createDemo } from './demo.ts';
import { recognizeAnswerFiles } from './documents/answer-files.ts';
import { createClusterTexts } from './documents/cluster-text.ts';
import { pageTarget } from './documents/page-target.ts';
import { createPlanDocuments } from './documents/plan.ts';
import { createScriptDocuments } from './documents/script.ts';
import { createTurns } from './editor/dialog-queue.ts';
import { fileName } from './editor/file-name.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import { emptyStateOf } from './empty-state.ts';
import { createFailedSteps } from './failed-steps.ts';
import { awaitFirstDocument } from './first-document.ts';
import { createHandlers } from './handlers.ts';
import { keysMessage } from './keys-message.ts';
import { createLiveFindings } from './live-findings.ts';
import { createLogs } from './logs/logs.ts';
import { linkOutput } from './output/links.ts';
import { createLogChannel } from './output/log-channel.ts';
import { createNodeNames } from './output/names.ts';
import { createPrompts } from './prompts.ts';
import { provideTroubleshooting } from './reference.ts';
import { createCancel } from './run/cancel.ts';
import { createEngineSource } from './run/engine.ts';
import { watchFileChanges } from './run/file-changes.ts';
import { restoreStates } from './run/restore-states.ts';
import { createRunner } from './run/runner.ts';
import { createUnfinishedRuns } from './run/unfinished-runs.ts';
import { createClusterSecrets } from './secrets/cluster-secrets.ts';
import { createSecretSearch } from './secrets/search.ts';
import { createVault } from './secrets/vault.ts';
import { decodeSettings } from './settings.ts';
import { createEarlierRuns } from './stores/earlier-runs.ts';
import { createFailureFilter } from './stores/failure-filter.ts';
import { createOutlineStore } from './stores/outline-store.ts';
import { createRunStore } from './stores/run-store.ts';
import { createStepTimes } from './stores/step-times.ts';
import { createThrottle } from './stores/throttle.ts';
import { createTesting } from './testing/testing.ts';
import { createFileStatus } from './views/file-status.ts';
import { createLenses } from './views/lenses.ts';
import { createRunsView } from './views/runs.ts';
import { createStatusBar } from './views/status-bar.ts';
import { createSidebar } from './views/tree.ts';

/** Minimum interval between updates of the views during a run, in milliseconds; VS Code debounces requests for lenses itself. */
const viewsEvery = 100;
const lensEvery = 700;
const runsEvery = 1000;
/** Interval in which runs of other windows and of the command line are looked for, in milliseconds. */
const lookEvery = 2000;

/** Connects the two stores, the views and the commands. */
export function compose(context: ExtensionContext) {
  const storage = context.globalStorageUri.fsPath;
  const stateFolder = join(storage, 'state');
  const outlines = createOutlineStore();
  const runs = createRunStore();
  const earlierRuns = createEarlierRuns(stateFolder, report);
  const settings = () => decodeSettings((key) => workspace.getConfiguration().get(key));
  const names = createNodeNames(outlines.all, fileName);
  const log = createLogChannel(() => settings().logs.level, names);

  function report(cause: unknown): void {
    log.note(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    void window.showErrorMessage(t(msg('Unexpected error in Stackprep: {0}', String(cause))));
  }
  const stepTimes = createStepTimes({ earlier: earlierRuns, changed: () => pacer.request(), report });
  const isGone = (uri: string): boolean => uri === demo.uri;
  const source = createSource({
    ...{ outlines, runs, earlier: earlierRuns, stepTimes, isGone },
    parallelNodes: () => settings().parallelNodes,
  });
  const sources = () => {
    const files = outlines.all().map(({ uri }) => uri);
    const lost = runs.going().filter((uri) => !outlines.get(uri));
    return [...files, ...lost].flatMap((uri) => source(uri) ?? []);
  };

  const files = watchClusterFiles(outlines, { report, changed: () => pacer.request() });
  const vault = createVault(context);
  const turns = createTurns();
  const secrets = createClusterSecrets({
    vault,
    turns,
    search: createSecretSearch(() => settings().secrets),
  });
  const engines = createEngineSource({
    stateFolder,
    retention: () => ({ days: settings().logs.keepDays, megabytes: settings().logs.keepMegabytes }),
    prompts: createPrompts(vault, turns),
    knownHosts: () => demo.knownHosts(),
  });
  const cancel = createCancel({ runs, source });
  const runner = createRunner({
    ...{ runs, engines, secrets: secrets.of, log, settings, source, cancel },
    after: (kind, uri) => (isGone(uri) ? afterDemo(kind, uri) : []),
  });
  const demo = createDemo({
    folder: join(storage, 'demo'),
    options: () => settings().demo,
    changed: (uri) => {
      runs.cancel(uri, { when: 'now' });
      runs.clear(uri);
      if (!demo.running) files.release(uri);
      else Promise.all([files.adopt(uri), unfinished.forget(uri)]).catch(report);
      pacer.request();
    },
    check: (uri) => runner.start('check', { uri }),
    run: (uri) => {
      dashboards.show(uri);
      return runner.start('run', { uri });
    },
  });
  const unfinished = createUnfinishedRuns({
    ...{ engines, outlines, runner, isGone, report },
    earlier: earlierRuns,
    limit: () => settings().parallelNodes,
  });
  const filter = createFailureFilter(context.workspaceState, () => pacer.request());
  const memory = createTreeMemory();
  const sidebar = createSidebar({
    items: () => {
      const { groupBy, failuresFirst } = settings();
      const options = { groupBy, failuresFirst, onlyFailed: filter.isOn };
      return treeOf(sources(), { ...options, time: timeText, file: fileName }, memory);
    },
    message: (items) => {
      if (filter.isOn) return filterMessage(items);
      return earlierMessage(sources()) ?? keysMessage(context.extension.extensionKind, sources());
    },
  });
  const runsView = createRunsView({
    earlier: earlierRuns,
    live: ({ file, run }) => {
      const state = runs.get(Uri.file(file ?? '').toString());
      return state.run?.id === run ? state : undefined;
    },
    isOfWindow: (file) => {
      const uri = Uri.file(file);
      return outlines.get(uri.toString()) !== undefined || workspace.getWorkspaceFolder(uri) !== undefined;
    },
    canResume: (run) => unfinished.isOpen(run),
    report,
  });
  const lenses = createLenses(source, () => settings().lensDensity);
  const failedSteps = createFailedSteps(sources, report);
  const statusBar = createStatusBar(sources);
  const dashboards = createDashboards({
    ...{ source, report, earlier: earlierRuns },
    stopAfterStep: (uri) => void runs.cancel(uri, { when: 'after-step' }),
    extension: context.extensionUri,
  });
  const plans = createPlanDocuments(runs, runner);
  const scripts = createScriptDocuments();
  const clusterTexts = createClusterTexts();
  const fileChanges = watchFileChanges({ runs, outlines, report });
  const liveFindings = createLiveFindings(runs, report);
  const logs = createLogs({
    ...{ stateFolder, sources, report },
    earlier: earlierRuns,
    showOutput: () => log.show(),
  });
  const links = linkOutput(names);
  const answerFiles = recognizeAnswerFiles(report);
  const refresh = () => files.refresh();
  const testing = createTesting({ outlines, runs, runner, cancel, refresh, report });
  const setContext = createContext();

  let going = '[]';

  function update(): void {
    const clusters = outlines.all().length;
    const unreadable = outlines.unreadable().length;
    const folders = workspace.workspaceFolders?.length ?? 0;
    setContext({
      hasClusters: clusters > 0,
      hasOwnCluster: outlines.all().some(({ uri }) => !isGone(uri)),
      emptiness: emptyStateOf({ clusters, unreadable, searching: files.searching, folders }),
      running: runs.isRunning(),
      demoRunning: demo.running,
      onlyFailed: filter.isOn,
      packageLog: logs.packageLogs.isOne,
      comparableLog: logs.comparable.isOne,
      runsRead: earlierRuns.all() !== undefined,
    });
    sidebar.update();
    runsPacer.request();
    statusBar.update();
    failedSteps.update();
    dashboards.update();
    const goingNow = JSON.stringify(outlines.all().map(({ uri }) => runs.isRunning(uri)));
    // Show the start and the end of a run immediately, without throttling.
    if (goingNow === going) lensPacer.request();
    else lenses.update();
    going = goingNow;
  }
  const lensPacer = createThrottle(lensEvery, () => lenses.update());
  const runsPacer = createThrottle(runsEvery, () => runsView.update());
  const pacer = createThrottle(viewsEvery, update);
  const chooser = createChooser({
    ...{ outlines, item: sidebar.target },
    page: (uri) => logs.target(uri) ?? pageTarget(uri),
    lastRun: (uri) => runs.get(uri).run?.startedAt,
  });
  const handlers = createHandlers({
    earlier: earlierRuns,
    ...{ outlines, runs, files, chooser, runner, cancel, secrets, demo },
    ...{ logs, unfinished, clusterTexts, sidebar, filter, dashboards, plans, scripts },
    engine: () => engines.get(settings().parallelNodes),
    forget: engines.forget,
    showOutput: () => log.show(),
    extension: context.extensionUri,
  });
  const unsubscribe = [
    outlines.onDidChange(pacer.request),
    ...[logs.packageLogs, logs.comparable].map((each) => each.onDidChange(pacer.request)),
    outlines.onDidChange((uri) => {
      if (uri === demo.uri && outlines.get(uri)) demo.offer().catch(report);
    }),
    runs.onDidChange(pacer.request),
    runs.onDidChange((uris) => {
      // Also at its start, so that a run in progress is in the list at once.
      const isUnlisted = (uri: string): boolean => {
        const { run } = runs.get(uri);
        return run !== undefined && earlierRuns.fileOf(run.id) === undefined;
      };
      if ([...uris].some((uri) => !runs.isRunning(uri) || isUnlisted(uri))) earlierRuns.refresh();
    }),
    earlierRuns.onDidChange(pacer.request),
  ];
  const restored = restoreStates({ ...{ runs, outlines, isGone, report }, earlier: earlierRuns });
  const looking = setInterval(earlierRuns.refresh, lookEvery);
  const parts = [
    ...[
      pacer,
      lensPacer,
      ...[runsPacer, restored, unfinished, clusterTexts, fileChanges, runsView],
      files,
      sidebar,
      lenses,
      statusBar,
      dashboards,
      plans,
      scripts,
      logs,
      links,
      answerFiles,
      liveFindings,
      failedSteps,
      testing,
      createFileStatus(outlines, runs),
      provideTroubleshooting(context.extensionUri),
    ],
    ...registerCommands(handlers, report),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('stackprep')) pacer.request();
      if (change.affectsConfiguration(settingTable.logLevel.key)) log.applyLevel();
    }),
  ];
  const firstDocument = awaitFirstDocument();
  let client: LanguageClient | undefined;
  update();
  return {
    files,
    report,
    lookForEarlierRuns: earlierRuns.refresh,
    /** Loads the language client, too, once a document needs it. */
    startLanguageClient: async () => {
      await firstDocument.opened;
      const { startLanguageClient } = await import('./language-client.ts');
      client = await startLanguageClient({ outlines, runs }, context.extensionUri);
    },
    stop: async () => {
      clearInterval(looking);
      runs.dispose();
      await Promise.all([client?.stop(), demo.stop(), engines.dispose()]);
    },
    dispose: () => {
      clearInterval(looking);
      for (const leave of unsubscribe) leave();
      Disposable.from(...parts, firstDocument, log).dispose();
    },
  };
}
