import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The output folder of the build. */
export const bundleFolder = join(import.meta.dirname, '../../dist');

/**
 * Requires a bundle in a new process with a stubbed `vscode`, like the extension host, and activates it if wanted; returns
 * milliseconds and the loaded files.
 */
export function loadBundle(
  bundle: string,
  { isActivated = false } = {},
): {
  readonly milliseconds: number;
  readonly files: readonly string[];
} {
  const script = `
    const Module = require('node:module');
    const any = new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? [][key].bind([]) : key === 'then' ? undefined : any, apply: () => any, construct: () => any });
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) { return name === 'vscode' ? 'vscode' : resolve.call(this, name, ...rest); };
    require.cache.vscode = { id: 'vscode', filename: 'vscode', loaded: true, exports: any, children: [], paths: [] };
    const begun = process.hrtime.bigint();
    const bundle = require(process.argv[1]);
    if (process.argv[2] === 'true') bundle.activate({ ...Object.fromEntries(['extensionUri', 'extension', 'workspaceState', 'secrets'].map((key) => [key, any])), globalStorageUri: { fsPath: '/nonexistent' }, subscriptions: [] });
    const milliseconds = Number(process.hrtime.bigint() - begun) / 1e6;
    console.log(JSON.stringify({ milliseconds, files: Object.keys(require.cache) }));
    if (process.argv[2] === 'true') process.exit();`;
  const args = ['-e', script, bundle, String(isActivated)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
