import { type Disposable, commands as editor, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import { type DashboardIntent, dashboardViewType, decodeMemory } from '../../protocol/dashboard.ts';
import { dashboardOf } from '../../view/dashboard/dashboard.ts';
import type { DashboardAction, DashboardView } from '../../view/dashboard/model.ts';
import { type PastRun, pastDashboard } from '../../view/dashboard/past.ts';
import type { ClusterSource, Target } from '../../view/live.ts';
import { runAddressId } from '../cluster/run-address.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { EarlierRuns } from '../stores/earlier-runs.ts';
import { webviewFolder } from './html.ts';
import { createPanel, type DashboardPanel } from './panel.ts';
import { readPastRun } from './past-run.ts';

/** The dashboards: one panel per cluster file. */
export interface Dashboards extends Disposable {
  /** Shows the dashboard of a cluster file. */
  show(uri: string): void;
  /** Sends the visible ones what has changed. */
  update(): void;
}

export interface DashboardNeeds {
  readonly source: (uri: string) => ClusterSource | undefined;
  readonly earlier: EarlierRuns;
  /** Cancels the run in progress after the current steps. */
  readonly stopAfterStep: (uri: string) => void;
  readonly extension: Uri;
  readonly report: (cause: unknown) => void;
}

const actions: Readonly<Record<Exclude<DashboardAction, 'stopAfterStep'>, string>> = {
  log: commands.showLog,
  openFile: commands.openFile,
  run: commands.run,
  check: commands.check,
  retry: commands.retry,
  cancel: commands.cancel,
  replaceHostKey: commands.replaceHostKey,
};

/** The target of an intent; undefined unless all its names are in the cluster file. */
function targetOf(
  { outline }: ClusterSource,
  { nodes, step }: DashboardIntent & { type: 'act' },
): Target | undefined {
  const known = new Set(outline.nodes.map(({ id }) => id));
  if (nodes?.some((name) => !known.has(name))) return undefined;
  if (step !== undefined && !outline.steps.some(({ id }) => id === step)) return undefined;
  return { uri: outline.uri, ...(nodes ? { nodes } : {}), ...(step === undefined ? {} : { step }) };
}

/** An open dashboard. */
interface OpenDashboard {
  readonly panel: WebviewPanel;
  readonly page: DashboardPanel;
}

/** The address of a log in a stored run; undefined unless its names are those of the run. */
function pastLog(
  { run, nodes: known, steps }: PastRun,
  { nodes = [], step }: DashboardIntent & { type: 'act' },
): string | undefined {
  const [node, ...more] = nodes;
  if (node === undefined || more.length > 0) return runAddressId({ run });
  if (!known.includes(node) || (step !== undefined && !steps.includes(step))) return undefined;
  return runAddressId({ run, node, ...(step === undefined ? {} : { step }) });
}

export function createDashboards(needs: DashboardNeeds): Dashboards {
  const { source, earlier, stopAfterStep, extension, report } = needs;
  const open = new Map<string, OpenDashboard>();
  /** The stored runs that dashboards show instead of the current state. */
  const shown = new Map<string, PastRun>();
  const options = { enableScripts: true, localResourceRoots: [webviewFolder(extension)] };

  function view(uri: string): DashboardView | undefined {
    const known = source(uri);
    if (!known) return undefined;
    const runs = earlier.of(Uri.parse(uri).fsPath) ?? [];
    const made = { translate: t, time: timeText, file: fileName, now: Date.now() };
    const past = shown.get(uri);
    return past ? pastDashboard(known, past, { ...made, runs }) : dashboardOf(known, runs, made);
  }

  async function showRun(uri: string, run: string | undefined): Promise<void> {
    const known = source(uri);
    const isCurrent = known?.scope !== undefined && known.state.run?.id === run;
    const file = Uri.parse(uri).fsPath;
    const past = run === undefined || isCurrent ? undefined : await readPastRun(earlier, { run, file });
    if (past) shown.set(uri, past);
    else shown.delete(uri);
    open.get(uri)?.page.update();
  }

  async function act(uri: string, intent: DashboardIntent & { type: 'act' }): Promise<void> {
    const { action } = intent;
    const past = shown.get(uri);
    if (past) {
      const address = action === 'log' ? pastLog(past, intent) : undefined;
      if (address !== undefined) await editor.executeCommand(commands.openRun, address);
      return;
    }
    if (action === 'stopAfterStep') return stopAfterStep(uri);
    const known = source(uri);
    const target = known && targetOf(known, intent);
    if (target) await editor.executeCommand(actions[action], target);
  }

  /** Takes over a new or a restored panel. */
  function adopt(panel: WebviewPanel, uri: string): void {
    panel.webview.options = options;
    panel.iconPath = {
      light: Uri.joinPath(extension, 'media/cluster-file-light.svg'),
      dark: Uri.joinPath(extension, 'media/cluster-file-dark.svg'),
    };
    const page = createPanel({
      ...{ panel, extension, report },
      view: () => view(uri),
      act: (intent) => (intent.type === 'showRun' ? showRun(uri, intent.run) : act(uri, intent)),
    });
    open.set(uri, { panel, page });
    panel.onDidDispose(() => {
      open.delete(uri);
      shown.delete(uri);
    });
  }

  const serializer = window.registerWebviewPanelSerializer(dashboardViewType, {
    deserializeWebviewPanel: async (panel, state) => {
      const memory = decodeMemory(state);
      if (memory && !open.has(memory.uri)) adopt(panel, memory.uri);
      else panel.dispose();
    },
  });

  return {
    show: (uri) => {
      const known = open.get(uri);
      if (known) return known.panel.reveal();
      const name = source(uri)?.outline.cluster.id ?? fileName(uri);
      const title = t(msg('Dashboard: {0}', name));
      adopt(window.createWebviewPanel(dashboardViewType, title, ViewColumn.Active, options), uri);
    },
    update: () => {
      for (const { page } of open.values()) page.update();
    },
    // The panels stay: VS Code restores them when the window has been loaded again.
    dispose: () => serializer.dispose(),
  };
}
