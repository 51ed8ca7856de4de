import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Bundle, translator } from '../../src/base/l10n.ts';
import { dashboardTexts } from '../../src/client/dashboard/texts.ts';
import type { DashboardIntent, DashboardMessage } from '../../src/protocol/dashboard.ts';
import { dashboardOf } from '../../src/view/dashboard/dashboard.ts';
import type { ListedRun } from '../../src/view/dashboard/runs.ts';
import { nothingSent, updateOf } from '../../src/view/dashboard/update.ts';
import type { ClusterSource } from '../../src/view/live.ts';

const root = join(import.meta.dirname, '../..');

export type Theme = 'dark' | 'light' | 'high-contrast';

/** The colors that VS Code gives to a webview, as far as the page uses them. */
const themes: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  dark: {
    ...{ foreground: '#ccc', 'editor-background': '#1f1f1f', descriptionForeground: '#9d9d9d' },
    ...{ 'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'charts-yellow': '#cca700' },
    ...{ disabledForeground: '#cccccc80', 'progressBar-background': '#0078d4', focusBorder: '#0078d4' },
    ...{ 'panel-border': '#2b2b2b', 'list-hoverBackground': '#2a2d2e', 'textLink-foreground': '#4daafc' },
    ...{ 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#ccc' },
  },
  light: {
    ...{ foreground: '#3b3b3b', 'editor-background': '#fff', descriptionForeground: '#3b3b3b' },
    ...{ 'testing-iconPassed': '#388a34', 'testing-iconFailed': '#f14c4c', 'charts-yellow': '#bf8803' },
    ...{ disabledForeground: '#61616180', 'progressBar-background': '#005fb8', focusBorder: '#005fb8' },
    ...{ 'panel-border': '#e5e5e5', 'list-hoverBackground': '#f2f2f2', 'textLink-foreground': '#005fb8' },
    ...{ 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b' },
  },
  'high-contrast': {
    ...{ foreground: '#fff', 'editor-background': '#000', descriptionForeground: '#ffffffb3' },
    ...{ 'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'charts-yellow': '#cca700' },
    ...{ disabledForeground: '#a5a5a5', 'progressBar-background': '#f38518', focusBorder: '#f38518' },
    ...{ contrastBorder: '#6fc3df', 'problemsErrorIcon-foreground': '#f48771', 'button-border': '#6fc3df' },
    ...{ 'textLink-foreground': '#3794ff', 'button-secondaryForeground': '#fff' },
  },
};

/** The page of the dashboard in a browser, with this test as its extension. */
export interface DashboardPage {
  readonly page: Page;
  /** Sends the difference to the last state; returns the processor time that the extension needs for it, milliseconds. */
  show(source: ClusterSource, now?: number): Promise<number>;
  /** What the page has asked for since the last call. */
  intents(): Promise<readonly DashboardIntent[]>;
  close(): Promise<void>;
}

export interface DashboardPageOptions {
  readonly browser: Browser;
  readonly language?: 'en' | 'ko';
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly runs?: readonly ListedRun[];
}

function html(theme: Theme, language: string): string {
  const file = (name: string): string => {
    const path = join(root, 'dist/webview', name);
    if (!existsSync(path)) throw new Error(`${path} is missing: npm run build`);
    return readFileSync(path, 'utf8');
  };
  const colors = Object.entries(themes[theme]).map(([name, color]) => `--vscode-${name}: ${color};`);
  const vscode = `const sent = []; let kept; window.sent = sent;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => sent.push(message), getState: () => kept, setState: (state) => { kept = state; },
    });`;
  const body = theme === 'high-contrast' ? 'vscode-high-contrast' : '';
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><style>
    :root { ${colors.join(' ')} --vscode-font-family: sans-serif; --vscode-font-size: 13px; }
    body { background: var(--vscode-editor-background); margin: 0; }
    </style><style>${file('dashboard.css')}</style></head>
    <body class="${body}"><script>${vscode}</script><script>${file('dashboard.js')}</script></body></html>`;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Opens the built page; the messages are serialized as VS Code does it. */
export async function openDashboard(options: DashboardPageOptions): Promise<DashboardPage> {
  const {
    browser,
    language = 'en',
    theme = 'dark',
    viewport = { width: 1200, height: 800 },
    runs = [],
  } = options;
  const bundle: Bundle =
    language === 'ko' ? JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.ko.json'), 'utf8')) : {};
  const translate = translator(bundle);
  const context = await browser.newContext({ viewport, locale: language });
  const page = await context.newPage();
  await page.setContent(html(theme, language));
  const post = (message: string): Promise<void> => page.evaluate(`window.postMessage(${message}, '*')`);
  const texts: DashboardMessage = { type: 'texts', texts: dashboardTexts(translate) };
  await post(JSON.stringify(texts));
  let sent = nothingSent;
  return {
    page,
    show: async (source, now = Date.now()) => {
      const time = (at: number): string => new Date(at).toLocaleTimeString(language, { timeStyle: 'short' });
      const before = processorTime();
      const view = dashboardOf(source, runs, { translate, time, file: () => 'lab.cluster.yaml', now });
      const next = updateOf(view, sent);
      sent = next.sent;
      const message: DashboardMessage | undefined = next.update && { type: 'update', update: next.update };
      const text = JSON.stringify(message);
      const spent = processorTime() - before;
      if (message) await post(text);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      return spent;
    },
    intents: () => page.evaluate<readonly DashboardIntent[]>('sent.splice(0)'),
    close: () => context.close(),
  };
}
