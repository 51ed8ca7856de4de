import { type Disposable, commands as editor, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import { type DashboardIntent, dashboardViewType, decodeMemory } from '../../protocol/dashboard.ts';
import { dashboardOf } from '../../view/dashboard/dashboard.ts';
import type { DashboardAction, DashboardView } from '../../view/dashboard/model.ts';
import type { ListedRun } from '../../view/dashboard/runs.ts';
import type { ClusterSource, Target } from '../../view/live.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import { webviewFolder } from './html.ts';
import { createPanel, type DashboardPanel } from './panel.ts';

/** The dashboards: one panel per cluster file. */
export interface Dashboards extends Disposable {
  /** Shows the dashboard of a cluster file. */
  show(uri: string): void;
  /** Sends the visible ones what has changed. */
  update(): void;
}

export interface DashboardNeeds {
  readonly source: (uri: string) => ClusterSource | undefined;
  /** The stored runs of a cluster file, newest first. */
  readonly runs: (uri: string) => readonly ListedRun[];
  readonly extension: Uri;
  readonly report: (cause: unknown) => void;
}

const actions: Readonly<Record<DashboardAction, string>> = {
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

export function createDashboards({ source, runs, extension, report }: DashboardNeeds): Dashboards {
  const open = new Map<string, { readonly panel: WebviewPanel; readonly page: DashboardPanel }>();
  const options = { enableScripts: true, localResourceRoots: [webviewFolder(extension)] };

  function view(uri: string): DashboardView | undefined {
    const known = source(uri);
    return (
      known &&
      dashboardOf(known, runs(uri), { translate: t, time: timeText, file: fileName, now: Date.now() })
    );
  }

  async function act(uri: string, intent: DashboardIntent & { type: 'act' }): Promise<void> {
    const known = source(uri);
    const target = known && targetOf(known, intent);
    if (target) await editor.executeCommand(actions[intent.action], target);
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
      act: (intent) => act(uri, intent),
    });
    open.set(uri, { panel, page });
    panel.onDidDispose(() => open.delete(uri));
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
