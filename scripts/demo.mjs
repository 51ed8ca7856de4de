// `npm run demo`: builds what is missing or old, then shows the demo cluster on the command line.
// `npm run demo -- --ui` shows it in VS Code instead; the other options are those of `stackprep demo`.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const inputs = ['src', 'l10n', 'scripts/build.mjs', 'package.json'];

/** The times of change of a file, or of all files below a folder. */
function times(path) {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about) return [];
  return about.isDirectory() ? readdirSync(path).flatMap((name) => times(join(path, name))) : [about.mtimeMs];
}

function isStale() {
  const built = ['cli', 'engine', 'demo', 'extension', 'server'].map((name) => join(root, `dist/${name}.js`));
  const builtTimes = built.flatMap(times);
  if (builtTimes.length < built.length) return true;
  return Math.max(...inputs.flatMap((name) => times(join(root, name)))) > Math.min(...builtTimes);
}

/** Runs a program of Node in this terminal; it gets Ctrl-C itself, so this process only waits for it. */
function node(args) {
  return new Promise((resolve) => {
    const wait = () => undefined;
    process.on('SIGINT', wait);
    const child = spawn(process.execPath, args, { cwd: process.cwd(), stdio: 'inherit' });
    child.on('error', (error) => {
      console.error(String(error));
      resolve(1);
    });
    child.on('close', (code) => {
      process.off('SIGINT', wait);
      resolve(code ?? 130);
    });
  });
}

/** The settings that stand for the options of `stackprep demo`. */
function settingsOf({ pace, system, scenario }) {
  return {
    ...(pace ? { 'stackprep.demo.pace': pace } : {}),
    ...(system ? { 'stackprep.demo.system': system } : {}),
    ...(scenario ? { 'stackprep.demo.scenarios': scenario } : {}),
  };
}

async function showInEditor(options) {
  const { register } = await import('tsx/esm/api');
  register();
  const { openInBrowser } = await import('../test/vscode/open.ts');
  const workspace = join(tmpdir(), `stackprep-demo-ui-${process.pid}`);
  mkdirSync(join(workspace, '.vscode'), { recursive: true });
  writeFileSync(
    join(workspace, '.vscode/settings.json'),
    `${JSON.stringify(settingsOf(options), undefined, 2)}\n`,
  );
  console.log(
    'Open the Stackprep view in the activity bar and start the demo there; its nodes are simulated.',
  );
  const opened = await openInBrowser({ workspace, extension: root, env: { STACKPREP_DEMO: '1' } });
  if (opened.ok && opened.value === 'browser') rmSync(workspace, { recursive: true, force: true });
  if (!opened.ok) console.error(opened.reason);
  return opened.ok ? 0 : 1;
}

async function main() {
  if (isStale()) {
    const code = await node([join(root, 'scripts/build.mjs')]);
    if (code !== 0) return code;
  }
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args,
    strict: false,
    options: {
      ui: { type: 'boolean' },
      pace: { type: 'string' },
      system: { type: 'string' },
      scenario: { type: 'string', multiple: true },
    },
  });
  return values.ui ? await showInEditor(values) : await node([join(root, 'dist/cli.js'), 'demo', ...args]);
}

process.exitCode = await main();
