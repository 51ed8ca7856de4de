import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeServer, type Provided } from '../support/provision.ts';
import { makeKoreanPack } from './korean.ts';

export interface ServerOptions {
  /** Absolute folders of extensions to run in place as installed ones. */
  readonly installed?: readonly string[];
  /** Allows `PageOptions.tests`; VS Code then shows no notifications, so leave it off for a user. */
  readonly forTests?: boolean;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings in addition to those that make screenshots reproducible. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface PageOptions {
  /** Absolute path of the folder to open, or of a `.code-workspace` file with several. */
  readonly workspace: string;
  /** Absolute path of a file to open. */
  readonly open?: string;
  /** An extension under development and a module whose `run()` its extension host calls; absolute paths. */
  readonly tests?: { readonly extension: string; readonly module: string };
}

/** A running VS Code server with a separate data folder. */
export interface VsCodeServer {
  readonly port: number;
  /** The storage folders of its extensions, by their ids. */
  readonly storage: string;
  /** The address of a workbench with its access token; never pass it as a program argument, which other users can read. */
  url(page: PageOptions): string;
  /** Writes a page that only its owner can read and that redirects to a workbench; returns its path. */
  accessPage(page: PageOptions): Promise<string>;
  /** The output of the server so far. */
  log(): string;
  /** Stops the server with all its children and removes its data; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Stops the server's process group and removes its data ($1) as soon as the launcher is gone, for any reason: the
 * launcher's end of the pipe closes. The same happens when the server itself ends.
 */
const WATCHDOG = `home=$1; shift; trap : TERM
("$@"; kill -TERM 0) & cat >/dev/null
kill -TERM 0; sleep 1; rm -rf "$home"; kill -KILL 0`;
const READY_WITHIN_MS = 60_000;

/** Settings that keep a first start quiet and screenshots reproducible. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'editor.fontFamily': "'DejaVu Sans Mono', NanumGothic, monospace",
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
};

/** Starts a VS Code server on a free port of 127.0.0.1; the display language follows the browser (`en`, `ko`). */
export async function startServer(options: ServerOptions = {}): Promise<Provided<VsCodeServer>> {
  const provided = await codeServer();
  if (!provided.ok) return provided;
  const home = await mkdtemp(join(tmpdir(), 'stackprep-vscode-'));
  const data = join(home, 'data');
  const extensions = join(home, 'extensions');
  // Sockets and temporary files are removed with the server's data.
  const temporary = join(home, 'tmp');
  await mkdir(temporary);
  await writeSettings(join(data, 'User'), { ...SETTINGS, ...options.settings });
  // The workbench takes machine-scoped settings only from the server's own settings.
  await writeSettings(join(data, 'Machine'), options.settings ?? {});
  const koreanPack = join(home, 'language-pack-ko');
  await makeKoreanPack(koreanPack, data);
  await registerExtensions(extensions, [koreanPack, ...(options.installed ?? [])]);

  const { node, serverMain } = provided.value;
  // Every user of this computer can reach the port, and a client that is let in acts as the user who started the server.
  const token = randomBytes(32).toString('base64url');
  const tokenFile = join(home, 'token');
  await writeFile(tokenFile, token, { mode: 0o600, flag: 'wx' });
  const args = [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
    ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust'],
    ...['--server-data-dir', home, '--extensions-dir', extensions],
    ...(options.forTests === true ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawn('/bin/sh', ['-c', WATCHDOG, 'sh', home, node, serverMain, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { ...outerEnv(), TMPDIR: temporary, XDG_RUNTIME_DIR: temporary, ...options.env },
  });
  const printed = collect(child);
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const port = await listening(child, printed);
  if (port === undefined) {
    await stop();
    return { ok: false, reason: `the VS Code server did not start:\n${printed()}` };
  }
  return {
    ok: true,
    value: {
      port,
      storage: join(data, 'User/globalStorage'),
      url: (page) => pageUrl({ port, token }, page),
      accessPage: async (page) => {
        const path = join(home, 'open.html');
        await writeFile(path, redirectPage(pageUrl({ port, token }, page)), { mode: 0o600 });
        return path;
      },
      log: printed,
      stop,
    },
  };
}

/** The launcher's environment without the variables that an outer VS Code sets for its own children. */
function outerEnv(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Writes the server's list of installed extensions. */
async function registerExtensions(extensionsDir: string, folders: readonly string[]): Promise<void> {
  const entries = folders.map(async (path) => {
    const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Record<string, string>;
    const { publisher, name, version } = manifest;
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, scheme: 'file', path },
    };
  });
  await mkdir(extensionsDir, { recursive: true });
  await writeFile(join(extensionsDir, 'extensions.json'), JSON.stringify(await Promise.all(entries)));
}

async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

interface Access {
  readonly port: number;
  readonly token: string;
}

function pageUrl({ port, token }: Access, { workspace, open, tests }: PageOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (open !== undefined) payload.push(['openFile', remote(open)]);
  if (tests !== undefined) {
    payload.push(
      ['extensionDevelopmentPath', remote(tests.extension)],
      ['extensionTestsPath', remote(tests.module)],
    );
  }
  const key = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ tkn: token, [key]: workspace, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

function redirectPage(url: string): string {
  const escaped = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${escaped}">\n`;
}

function collect(child: ChildProcess): () => string {
  let output = '';
  const add = (bytes: Buffer): void => {
    output = (output + bytes.toString()).slice(-200_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => output;
}

async function listening(child: ChildProcess, printed: () => string): Promise<number | undefined> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const port = /Extension host agent listening on (\d+)/.exec(printed())?.[1];
    if (port !== undefined) return Number(port);
    await delay(100);
  }
  return undefined;
}

async function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  child.stdin?.end();
  for (let waited = 0; waited < 5000 && groupAlive(pid); waited += 100) await delay(100);
  if (groupAlive(pid)) process.kill(-pid, 'SIGKILL');
}

function groupAlive(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw cause;
  }
}
