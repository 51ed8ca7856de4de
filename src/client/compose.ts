import { join } from 'node:path';
import { Disposable, type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { msg } from '../base/l10n.ts';
import { settings as settingTable } from '../protocol/contributions.ts';
import { type ClusterSource, earlierMessage } from '../view/live.ts';
import { treeOf } from '../view/tree.ts';
import { createChooser } from './choose-target.ts';
import { watchClusterFiles } from './cluster-files.ts';
import { registerCommands } from './commands.ts';
import { createContext } from './context.ts';
import { createDemo } from './demo.ts';
import { createPlanDocuments } from './documents/plan.ts';
import { createScriptDocuments } from './documents/script.ts';
import { createTurns } from './editor/dialog-queue.ts';
import { fileName } from './editor/file-name.ts';
import { t } from './editor/texts.ts';
import { timeText } from './editor/time.ts';
import { emptyStateOf } from './empty-state.ts';
import { createHandlers } from './handlers.ts';
import { createLiveFindings } from './live-findings.ts';
import { createLogs } from './logs/logs.ts';
import { linkOutput } from './output/links.ts';
import { createLogChannel } from './output/log-channel.ts';
import { createNodeNames } from './output/names.ts';
import { createPrompts } from './prompts.ts';
import { createCancel } from './run/cancel.ts';
import { createEngineSource } from './run/engine.ts';
import { createRunner } from './run/runner.ts';
import { offerUnfinishedRuns, type UnfinishedRuns } from './run/unfinished-runs.ts';
import { createClusterSecrets } from './secrets/cluster-secrets.ts';
import { createVault } from './secrets/vault.ts';
import { decodeSettings } from './settings.ts';
import { createEarlierRuns } from './stores/earlier-runs.ts';
import { createOutlineStore } from './stores/outline-store.ts';
import { createRunStore } from './stores/run-store.ts';
import { createThrottle } from './stores/throttle.ts';
import { createLenses } from './views/lenses.ts';
import { createStatusBar } from './views/status-bar.ts';
import { createSidebar } from './views/tree.ts';

/** Minimum interval between updates of the views during a run, in milliseconds; VS Code debounces requests for lenses itself. */
const viewsEvery = 100;
const lensEvery = 700;

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
  function source(uri: string): ClusterSource | undefined {
    const outline = outlines.get(uri);
    const scope = runs.scope(uri);
    const earlier = earlierRuns.of(Uri.parse(uri).fsPath)?.length;
    const errors = outlines.errors(uri);
    return (
      outline && {
        ...{ outline, state: runs.get(uri), errors },
        ...(scope ? { scope } : {}),
        ...(earlier === undefined ? {} : { earlier }),
      }
    );
  }
  const sources = () => outlines.all().flatMap(({ uri }) => source(uri) ?? []);

  const files = watchClusterFiles(outlines, { report, changed: () => pacer.request() });
  const vault = createVault(context);
  const turns = createTurns();
  const secrets = createClusterSecrets(vault, turns);
  const engines = createEngineSource({
    stateFolder,
    retention: () => ({ days: settings().logs.keepDays, megabytes: settings().logs.keepMegabytes }),
    prompts: createPrompts(vault, turns),
    knownHosts: () => demo.knownHosts(),
  });
  const cancel = createCancel({ runs, source });
  const runner = createRunner({ runs, engines, secrets: secrets.of, log, settings, source, cancel });
  const demo = createDemo({
    folder: join(storage, 'demo'),
    options: () => settings().demo,
    changed: (uri) => {
      runs.cancel(uri, { when: 'now' });
      runs.clear(uri);
      if (!demo.running) files.release(uri);
      else Promise.all([files.adopt(uri), unfinishedRuns?.forget(uri)]).catch(report);
      pacer.request();
    },
    check: (uri) => runner.start('check', { uri }),
  });
  const sidebar = createSidebar({
    items: () => treeOf(sources(), { groupBy: settings().groupBy, time: timeText, file: fileName }),
    message: () => (files.searching ? msg('Looking for cluster files…') : earlierMessage(sources())),
  });
  const lenses = createLenses(source, () => settings().lensDensity);
  const statusBar = createStatusBar(sources);
  const plans = createPlanDocuments(runs);
  const scripts = createScriptDocuments();
  const liveFindings = createLiveFindings(runs, report);
  const logs = createLogs({
    ...{ stateFolder, sources, names, report },
    earlier: earlierRuns,
    showOutput: () => log.show(),
  });
  const links = linkOutput(names);
  const setContext = createContext();

  let going = '[]';

  function update(): void {
    const clusters = outlines.all().length;
    const unreadable = outlines.unreadable().length;
    const folders = workspace.workspaceFolders?.length ?? 0;
    setContext({
      hasClusters: clusters > 0,
      emptiness: emptyStateOf({ clusters, unreadable, searching: files.searching, folders }),
      running: runs.isRunning(),
      demoRunning: demo.running,
    });
    sidebar.update();
    statusBar.update();
    const goingNow = JSON.stringify(outlines.all().map(({ uri }) => runs.isRunning(uri)));
    // Show the start and the end of a run immediately, without throttling.
    if (goingNow === going) lensPacer.request();
    else lenses.update();
    going = goingNow;
  }
  const lensPacer = createThrottle(lensEvery, () => lenses.update());
  const pacer = createThrottle(viewsEvery, update);
  const chooser = createChooser({ outlines, item: sidebar.target, log: logs.target });
  const handlers = createHandlers({
    ...{
      outlines,
      runs,
      files,
      chooser,
      runner,
      cancel,
      engine: () => engines.get(settings().parallelNodes),
      forget: engines.forget,
      secrets,
      demo,
      logs,
      sidebar,
      plans,
      scripts,
      extension: context.extensionUri,
    },
  });
  const unsubscribe = [
    outlines.onDidChange(pacer.request),
    outlines.onDidChange((uri) => {
      if (uri === demo.uri && outlines.get(uri)) demo.offer().catch(report);
    }),
    runs.onDidChange(pacer.request),
    runs.onDidChange((uris) => {
      if ([...uris].some((uri) => !runs.isRunning(uri))) earlierRuns.refresh();
    }),
    earlierRuns.onDidChange(pacer.request),
  ];
  const parts = [
    ...[pacer, lensPacer, files, sidebar, lenses, statusBar, plans, scripts, logs, links, liveFindings],
    ...registerCommands(handlers, report),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('stackprep')) pacer.request();
      if (change.affectsConfiguration(settingTable.logLevel.key)) log.sieve();
    }),
  ];
  let client: LanguageClient | undefined;
  let unfinishedRuns: UnfinishedRuns | undefined;
  update();
  return {
    files,
    report,
    lookForEarlierRuns: earlierRuns.refresh,
    offerUnfinishedRuns: () => {
      const isGone = (uri: string): boolean => uri === demo.uri;
      const limit = () => settings().parallelNodes;
      unfinishedRuns = offerUnfinishedRuns({ stateFolder, engines, limit, outlines, runner, isGone, report });
    },
    /** The language client is loaded here, so that activation does not wait for it. */
    startLanguageClient: async () => {
      const { startLanguageClient } = await import('./language-client.ts');
      client = await startLanguageClient({ outlines, runs }, context.extensionUri);
    },
    stop: async () => {
      runs.dispose();
      await Promise.all([client?.stop(), demo.stop(), engines.dispose()]);
    },
    dispose: () => {
      for (const leave of unsubscribe) leave();
      unfinishedRuns?.dispose();
      Disposable.from(...parts, log).dispose();
    },
  };
}
