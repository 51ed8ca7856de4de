import { type DashboardMemory, decodeMemory, decodeMessage } from '../protocol/dashboard.ts';
import { createPage, type Page } from './page.ts';

/** What VS Code gives to the script of a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: DashboardMemory): void;
};

/** Shows what the extension sends; the page asks for it when it has been loaded. */
function start(): void {
  const vscode = acquireVsCodeApi();
  let page: Page | undefined;
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = decodeMessage(data);
    if (message?.type === 'texts') {
      page = createPage({
        texts: message.texts,
        send: (intent) => vscode.postMessage(intent),
        memory: decodeMemory(vscode.getState()),
        remember: (memory) => vscode.setState(memory),
      });
      document.body.replaceChildren(page.element);
    }
    if (message?.type === 'update') page?.update(message.update);
  });
  window.setInterval(() => page?.tick(), 1000);
  vscode.postMessage({ type: 'ready' });
}

start();
