import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { clearAway } from '../support/clear-away.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Loads the bundle with a stub of `vscode` that accepts every call, and returns the modules that it loaded. */
const probe = `
const Module = require('node:module');
const loaded = [];
const stub = new Proxy(function () {}, {
  get: (_, key) => (key === 'bundle' ? undefined : key === Symbol.toPrimitive ? () => '' : stub),
  apply: () => stub,
  construct: () => stub,
});
const load = Module._load;
Module._load = function (request, ...rest) {
  loaded.push(request);
  return request === 'vscode' ? stub : load.call(this, request, ...rest);
};
const { activate, deactivate } = require(process.argv[1]);
console.log(JSON.stringify({ loaded, activate: typeof activate, deactivate: typeof deactivate }));
`;

interface Loaded {
  readonly loaded: readonly string[];
  readonly activate: string;
  readonly deactivate: string;
}

describe('The bundle of the extension', function () {
  this.timeout(60_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-load-'));
    await build({
      entryPoints: [join(root, 'src/client/extension.ts')],
      outfile: join(folder, 'extension.js'),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['vscode', '*/app/entry.ts'],
    });
  });
  after(() => clearAway(folder));

  async function load(): Promise<Loaded> {
    const { stdout } = await run(process.execPath, ['-e', probe, join(folder, 'extension.js')]);
    return JSON.parse(stdout);
  }

  it('loads neither SSH, the demo nor the language client at activation', async () => {
    const first = await load();
    assert.deepEqual([first.activate, first.deactivate], ['function', 'function']);
    const outside = new Set(
      first.loaded.filter((request) => request !== 'vscode' && !request.startsWith('node:')),
    );
    assert.deepEqual([...outside], [join(folder, 'extension.js')]);
    // The language client starts by loading child_process.
    assert.equal(
      first.loaded.some((request) => /child_process/.test(request)),
      false,
    );
  });
});
