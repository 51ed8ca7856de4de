import { env, type Uri, type WebviewPanel } from 'vscode';
import { type DashboardIntent, type DashboardMessage, decodeIntent } from '../../protocol/dashboard.ts';
import type { DashboardView } from '../../view/dashboard/model.ts';
import { nothingSent, updateOf } from '../../view/dashboard/update.ts';
import { t } from '../editor/texts.ts';
import { pageHtml } from './html.ts';
import { dashboardTexts } from './texts.ts';

/** One open dashboard. */
export interface DashboardPanel {
  /** Sends what has changed, if the page is visible and has been loaded. */
  update(): void;
}

export interface PanelNeeds {
  readonly panel: WebviewPanel;
  readonly extension: Uri;
  /** Undefined until the cluster file has been read. */
  readonly view: () => DashboardView | undefined;
  readonly act: (intent: Exclude<DashboardIntent, { readonly type: 'ready' }>) => Promise<void> | void;
  readonly report: (cause: unknown) => void;
}

export function createPanel({ panel, extension, view, act, report }: PanelNeeds): DashboardPanel {
  const { webview } = panel;
  let sent = nothingSent;
  let isReady = false;

  function post(message: DashboardMessage): void {
    webview.postMessage(message).then(undefined, report);
  }
  function update(): void {
    if (!isReady || !panel.visible) return;
    const now = view();
    if (!now) return;
    const next = updateOf(now, sent);
    sent = next.sent;
    if (next.update) post({ type: 'update', update: next.update });
  }

  webview.onDidReceiveMessage((message: unknown) => {
    const intent = decodeIntent(message);
    if (!intent) return;
    if (intent.type === 'ready') {
      // A page that was hidden has been loaded again and knows nothing.
      isReady = true;
      sent = nothingSent;
      post({ type: 'texts', texts: dashboardTexts(t) });
      update();
    } else Promise.resolve(act(intent)).catch(report);
  });
  panel.onDidChangeViewState(() => {
    if (!panel.visible) isReady = false;
  });
  webview.html = pageHtml(webview, extension, env.language);
  return { update };
}
