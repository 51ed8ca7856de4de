import { ConfigurationTarget, commands as editor, Uri, window, workspace } from 'vscode';
import type { Engine } from '../app/entry.ts';
import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { settings as settingTable, views, walkthroughId } from '../protocol/contributions.ts';
import type { Target } from '../view/live.ts';
import type { GroupBy } from '../view/tree-item.ts';
import { readClusterFile } from './cluster/cluster-text.ts';
import { decodeKeyPlace } from './cluster/target.ts';
import type { ClusterFiles } from './cluster-files.ts';
import type { Handlers } from './commands.ts';
import type { Dashboards } from './dashboard/dashboards.ts';
import type { Demo } from './demo.ts';
import type { PlanDocuments } from './documents/plan.ts';
import type { ScriptDocuments } from './documents/script.ts';
import { openFile, openKey } from './editor/open-file.ts';
import { pickName } from './editor/pick.ts';
import { openProblems } from './editor/problems.ts';
import { t } from './editor/texts.ts';
import type { Logs } from './logs/logs.ts';
import { askNewCluster } from './new-cluster/ask.ts';
import { createFromSample } from './new-cluster/sample.ts';
import { writeClusterFile } from './new-cluster/write.ts';
import { createNodeHandlers } from './node-handlers.ts';
import { openDocumentation, openReference } from './reference.ts';
import type { Cancel } from './run/cancel.ts';
import type { Runner } from './run/runner.ts';
import type { ClusterSecrets } from './secrets/cluster-secrets.ts';
import { decodeScenarios } from './settings.ts';
import { createStoredRunHandlers, type StoredRunNeeds } from './stored-run-handlers.ts';
import type { FailureFilter } from './stores/failure-filter.ts';
import type { OutlineStore } from './stores/outline-store.ts';
import { mayConnect } from './trust.ts';
import type { Sidebar } from './views/tree.ts';

export interface HandlerNeeds extends StoredRunNeeds {
  readonly outlines: OutlineStore;
  readonly files: ClusterFiles;
  readonly runner: Runner;
  readonly cancel: Cancel;
  readonly engine: () => Promise<Engine>;
  readonly forget: () => void;
  readonly secrets: ClusterSecrets;
  readonly demo: Demo;
  /** Shows the output channel. */
  readonly showOutput: () => void;
  readonly sidebar: Sidebar;
  readonly filter: FailureFilter;
  readonly dashboards: Dashboards;
  readonly plans: PlanDocuments;
  readonly scripts: ScriptDocuments;
  /** The folder of the extension. */
  readonly extension: Uri;
}

async function group(by: GroupBy): Promise<void> {
  await workspace.getConfiguration().update(settingTable.groupBy.key, by, ConfigurationTarget.Global);
}

async function createClusterFile(): Promise<void> {
  const answers = await askNewCluster();
  if (!answers) return;
  const { newClusterText } = await import('../view/new-cluster/text.ts');
  await writeClusterFile('lab', (name) => newClusterText({ name, ...answers, translate: t }));
}

/** Opens the walkthrough. */
async function getStarted(): Promise<void> {
  await editor.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
}

/** The active document. */
function front(): Uri | undefined {
  return window.activeTextEditor?.document.uri;
}

/** The commands that move in the active document. */
function moves(logs: Logs): Pick<Handlers, 'nextError' | 'previousError' | 'nextHit' | 'previousHit'> {
  return {
    nextError: () => logs.goToError(1),
    previousError: () => logs.goToError(-1),
    nextHit: () => logs.goToHit(1),
    previousHit: () => logs.goToHit(-1),
  };
}

/** The handler of each command. */
export function createHandlers(needs: HandlerNeeds): Handlers {
  const { runs, runner, logs, demo, outlines } = needs;

  async function withTarget(argument: unknown, act: (target: Target) => Promise<void> | void): Promise<void> {
    const target = await needs.chooser.target(argument);
    if (target) await act(target);
  }

  async function plan(target: Target): Promise<void> {
    const { run } = runs.get(target.uri);
    const unseen = (run === undefined || run.isOld === true) && !runs.isRunning(target.uri);
    if (unseen && mayConnect()) await runner.start('check', target);
    await needs.plans.show(target, outlines.get(target.uri)?.cluster.id ?? '');
  }

  async function setSecret({ uri }: Target): Promise<void> {
    const { cluster } = await readClusterFile(uri);
    const { secretNames } = await import('../plan/secrets.ts');
    await needs.secrets.set(uri, cluster ? secretNames(cluster) : []);
  }

  async function script(target: Target): Promise<void> {
    const { step } = target;
    if (step !== undefined) return needs.scripts.show({ ...target, step });
    const steps = (outlines.get(target.uri)?.steps ?? [])
      .filter(({ runnable }) => runnable)
      .map(({ id }) => id);
    const picked = await pickName(steps, {
      title: t(msg('Select the step whose script to show')),
    });
    if (picked !== undefined) await needs.scripts.show({ ...target, step: picked });
  }

  return {
    ...createStoredRunHandlers(needs),
    ...createNodeHandlers(needs, withTarget),
    ...moves(logs),
    run: (argument) =>
      withTarget(argument, (target) => (mayConnect() ? runner.start('run', target) : undefined)),
    check: (argument) =>
      withTarget(argument, (target) => (mayConnect() ? runner.start('check', target) : undefined)),
    retry: (argument) =>
      withTarget(argument, (target) => {
        const { run, nodes } = runs.get(target.uri);
        const failed = Object.keys(nodes).filter((name) => (own(nodes, name)?.outcome ?? 'ok') !== 'ok');
        const again = target.nodes || failed.length === 0 ? target : { ...target, nodes: failed };
        const step = again.step ?? run?.onlyStep;
        const wish = step === undefined ? again : { ...again, step };
        return mayConnect() ? runner.start(run?.kind ?? 'check', wish) : undefined;
      }),
    undo: (argument) =>
      withTarget(argument, (target) => (mayConnect() ? runner.start('undo', target) : undefined)),
    plan: (argument) => withTarget(argument, plan),
    planDifferences: (argument) =>
      withTarget(argument, (target) => (mayConnect() ? needs.plans.showDifferences(target) : undefined)),
    cancel: (argument) => withTarget(argument, needs.cancel),
    cancelNode: (argument) => withTarget(argument, needs.cancel),
    cancelNodes: (argument) => withTarget(argument, needs.cancel),
    cancelStep: (argument) => withTarget(argument, needs.cancel),
    showOutput: () => needs.showOutput(),
    showLog: (argument) => withTarget(argument, logs.open),
    copyScript: async (argument) => {
      if (argument instanceof Uri) await needs.scripts.copy(argument);
    },
    showScript: (argument) => withTarget(argument, script),
    openFile: (argument) => withTarget(argument, (target) => openFile(target, outlines.get(target.uri))),
    showProblems: (argument) => withTarget(argument, ({ uri }) => openProblems(uri)),
    reveal: (argument) => withTarget(argument, (target) => needs.sidebar.reveal(target)),
    showDashboard: (argument) => withTarget(argument, ({ uri }) => needs.dashboards.show(uri)),
    openReference: (argument) => openReference(needs.extension, argument),
    setSecret: (argument) => withTarget(argument, setSecret),
    forgetSecrets: async () => {
      if (await needs.secrets.forget()) needs.forget();
    },
    createClusterFile,
    createFromSample: () => createFromSample(needs.extension),
    getStarted,
    openDocumentation: (argument) => openDocumentation(needs.extension, argument),
    startDemo: async (argument) => {
      if (!mayConnect()) return;
      await editor.executeCommand(`${views.nodes}.focus`);
      await demo.start(decodeScenarios(argument));
    },
    stopDemo: () => demo.stop(),
    groupByNode: () => group('node'),
    groupByStep: () => group('step'),
    showOnlyFailed: () => needs.filter.set(true),
    showAll: () => needs.filter.set(false),
    refresh: () => needs.files.refresh(),
    openKey: async (argument) => {
      const place = decodeKeyPlace(argument);
      if (place) await openKey(place.uri, place.key);
    },
    searchLogs: (argument) =>
      // The title bar of a log passes its document; the search is about all logs of its cluster.
      withTarget(argument, (target) => logs.search(logs.target(argument) ? { uri: target.uri } : target)),
    compareLogs: (argument) => withTarget(argument, (target) => logs.compare(target, argument ?? front())),
    exportLogs: (argument) => withTarget(argument, (target) => logs.export(target, argument ?? front())),
    explainLog: (argument) => logs.packageLogs.explain(argument),
    explainTerminal: () => logs.packageLogs.explainTerminal(),
    clear: (argument) => withTarget(argument, ({ uri }) => runs.clear(uri)),
  };
}
