import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The output folder of the build. */
export const bundleFolder = join(import.meta.dirname, '../../dist');

/** Requires a bundle in a new process with a stubbed `vscode`, like the extension host; returns milliseconds and the loaded files. */
export function loadBundle(bundle: string): {
  readonly milliseconds: number;
  readonly files: readonly string[];
} {
  const script = `
    const Module = require('node:module');
    const any = new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => '' : any, apply: () => any, construct: () => ({}) });
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) { return name === 'vscode' ? 'vscode' : resolve.call(this, name, ...rest); };
    require.cache.vscode = { id: 'vscode', filename: 'vscode', loaded: true, exports: any, children: [], paths: [] };
    const begun = process.hrtime.bigint();
    require(process.argv[1]);
    const milliseconds = Number(process.hrtime.bigint() - begun) / 1e6;
    console.log(JSON.stringify({ milliseconds, files: Object.keys(require.cache) }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script, bundle], { encoding: 'utf8' }));
}
