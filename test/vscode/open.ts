import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onPath, type Provided } from '../support/provision.ts';
import { PROJECT } from './build.ts';
import { startServer } from './server.ts';

export interface OpenInBrowserOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of the built extension. */
  readonly extension: string;
  /** Absolute path of a file to open. */
  readonly open?: string;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Uses the browser even if desktop VS Code is installed. */
  readonly browserOnly?: boolean;
}

const USAGE = `Opens a folder in VS Code with this project's extension: in desktop VS Code where \`code\` is on PATH,
otherwise in the browser, until Ctrl-C.
  open.ts <folder> [--open <file>] [--browser]`;

/** Opens a workspace with the extension for the user; with the browser, it returns after Ctrl-C. */
export async function openInBrowser(options: OpenInBrowserOptions): Promise<Provided<'desktop' | 'browser'>> {
  const code = onPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (code !== undefined && options.browserOnly !== true) return openDesktop(code, options);

  const { workspace, extension, open, env = {} } = options;
  const server = await startServer({ installed: [extension], env });
  if (!server.ok) return server;
  const page = { workspace, ...(open === undefined ? {} : { open }) };
  console.log(`VS Code is ready at\n  ${server.value.url(page)}\nCtrl-C ends it.`);
  showPage(await server.value.accessPage(page));
  await interrupted();
  await server.value.stop();
  return { ok: true, value: 'browser' };
}

function openDesktop(code: string, options: OpenInBrowserOptions): Promise<Provided<'desktop'>> {
  const { workspace, extension, open, env } = options;
  const args = [`--extensionDevelopmentPath=${extension}`, workspace, ...(open === undefined ? [] : [open])];
  const windows = process.platform === 'win32';
  const child = spawn(windows ? `"${code}"` : code, windows ? args.map((arg) => `"${arg}"`) : args, {
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, ...env },
  });
  return new Promise((done) => {
    child.on('error', (cause) => done({ ok: false, reason: `${code}: ${cause.message}` }));
    child.on('exit', (status) =>
      done(
        status === 0 ? { ok: true, value: 'desktop' } : { ok: false, reason: `${code} ended with ${status}` },
      ),
    );
  });
}

/** Opens the page in the user's browser if there is a display; otherwise the printed address must be opened by hand. */
function showPage(path: string): void {
  const opener = onPath('xdg-open');
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (opener === undefined || !display) return;
  const child = spawn(opener, [path], { stdio: 'ignore', detached: true });
  child.on('error', (cause) => console.error(`xdg-open: ${cause.message}`));
  child.unref();
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    const alive = setInterval(() => undefined, 3_600_000);
    const end = (): void => {
      clearInterval(alive);
      // A listener would keep the channel open, and with it this process.
      process.off('disconnect', end);
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
    // The process ends with its launcher, even if a channel is still open.
    process.once('disconnect', end);
  });
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { open: { type: 'string' }, browser: { type: 'boolean', default: false } },
  });
  const folder = positionals[0];
  if (folder === undefined) {
    console.error(USAGE);
    return 2;
  }
  const workspace = resolve(folder);
  const opened = await openInBrowser({
    workspace,
    extension: PROJECT,
    browserOnly: values.browser,
    ...(values.open === undefined ? {} : { open: resolve(workspace, values.open) }),
  });
  if (opened.ok) return 0;
  console.error(opened.reason);
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void main().then((code) => {
    process.exitCode = code;
  });
}
