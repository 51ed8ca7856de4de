// `npm run demo`: builds what is missing or outdated, then shows the demo cluster on the command line.
// `npm run demo -- --ui` shows it in VS Code instead; the other options are those of `stackprep demo`.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const inputs = ['src', 'l10n', 'scripts/build.mjs', 'package.json'];

/** The modification times of a file, or of all files below a folder. */
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

/** Runs a Node program in this terminal; it gets Ctrl-C itself, so this process only waits. Its IPC channel closes when this process ends. */
function node(args) {
  return new Promise((resolve) => {
    const wait = () => undefined;
    process.on('SIGINT', wait);
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
    const child = spawn(process.execPath, args, { cwd: process.cwd(), stdio });
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

/** The settings for the options of `stackprep demo`. */
function settingsOf({ pace, system, scenario }) {
  return {
    ...(pace ? { 'stackprep.demo.pace': pace } : {}),
    ...(system ? { 'stackprep.demo.system': system } : {}),
    ...(scenario ? { 'stackprep.demo.scenarios': scenario } : {}),
  };
}

async function showInEditor(options) {
  const workspace = mkdtempSync(join(tmpdir(), 'stackprep-demo-ui-'));
  const settings = `${JSON.stringify(settingsOf(options), undefined, 2)}\n`;
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode/settings.json'), settings);
  console.log('In VS Code, open the Stackprep view and choose "Start Demo Cluster".');
  const open = join(root, 'test/vscode/open.ts');
  // Desktop VS Code keeps running after the command has ended, so the folder is not removed.
  return await node(['--import', import.meta.resolve('tsx'), open, workspace]);
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
