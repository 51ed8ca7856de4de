import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { shellFiles, shellText } from '../scripts/shell-files.ts';
import { runnableStep } from '../src/plan/payload.ts';
import { catalogue } from '../src/steps/catalogue.ts';
import { bundleFolder, loadBundle } from './support/bundles.ts';
import { allSteps, clusterOf } from './support/clusters.ts';
import { sourceFiles, sourceFolder } from './support/imports.ts';

const require = createRequire(import.meta.url);

/** A bundle may quote a text differently, and then escapes other characters. */
const plain = (text: string): string => text.replaceAll('\\', '');

/** Everything that the bundles may contain in addition to shell files. */
const otherSource = sourceFiles(sourceFolder)
  .filter((file) => !file.endsWith('.sh.ts'))
  .map((file) => plain(readFileSync(join(sourceFolder, file), 'utf8')))
  .join('\n');

/** Lines that identify a shell file in any bundle: no other source has them, and no bundle changes them. */
function marksOf(path: string): readonly string[] {
  const lines = plain(shellText(path))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 24 && /^[ -~]+$/.test(line) && !otherSource.includes(line));
  return [...new Set(lines)];
}

const files = shellFiles().map((path) => ({ path, marks: marksOf(path) }));

describe('The bundles', () => {
  const bundles = new Map<string, string>();
  before(() => {
    assert.ok(existsSync(bundleFolder), 'dist is missing: npm run build');
    for (const name of readdirSync(bundleFolder).filter((each) => each.endsWith('.js')))
      bundles.set(name, plain(readFileSync(join(bundleFolder, name), 'utf8')));
  });

  it('are searched for the script of every step: the file of each has unique lines', () => {
    const cluster = clusterOf(allSteps);
    const [node] = cluster.nodes;
    assert.ok(node);
    const called = cluster.steps.flatMap((item) => {
      const script = runnableStep(cluster, node, item)?.script;
      const [name = ''] = script?.check.shell.split(' ') ?? [];
      return [
        { id: item.id, name, file: files.find(({ path }) => shellText(path).includes(`\n${name}() {`)) },
      ];
    });
    const ids = new Set(called.map(({ id }) => id));
    assert.deepEqual(
      catalogue.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
      [],
    );
    for (const { id, name, file } of called) assert.ok(file, `no shell file defines ${name} of ${id}`);
    for (const { path, marks } of files)
      assert.ok(marks.length >= 3, `${path} has ${marks.length} unique lines`);
  });

  it('contain no shell for the nodes, except the engine, which is loaded at first use and contains all of it', () => {
    assert.deepEqual(
      ['cli.js', 'demo.js', 'engine.js', 'extension.js', 'server.js'].filter((name) => !bundles.has(name)),
      [],
    );
    for (const [name, text] of bundles) {
      const found = files.flatMap(({ path, marks }) =>
        marks.filter((line) => text.includes(line)).map((line) => `${name}: ${path}: ${line}`),
      );
      const all = files.flatMap(({ path, marks }) => marks.map((line) => `${name}: ${path}: ${line}`));
      assert.deepEqual(found, name === 'engine.js' ? all : []);
    }
  });

  it('are loaded separately: VS Code gets only the extension and the two parts that it shares when it activates it', () => {
    const { files: loaded } = loadBundle(join(bundleFolder, 'extension.js'), { isActivated: true });
    const own = loaded.filter((file) => file !== 'vscode');
    const names = own.map((file) => basename(file));
    assert.deepEqual(
      names.filter((name) => !name.startsWith('part-')),
      ['extension.js'],
    );
    assert.ok(names.length <= 3, `${names.join(', ')} are loaded`);
    const bytes = own.reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(bytes < 330_000, `${bytes} bytes are loaded`);
  });

  it('activate without the language client, ssh2, the YAML parser, the steps, their scripts, and the known failures', () => {
    const { files: loaded } = loadBundle(join(bundleFolder, 'extension.js'), { isActivated: true });
    const contents: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>> =
      JSON.parse(readFileSync(join(bundleFolder, '../out/bundles.json'), 'utf8'));
    const modules = loaded
      .filter((file) => file !== 'vscode')
      .flatMap((file) => Object.keys(contents[`dist/${basename(file)}`]?.inputs ?? {}));
    assert.ok(modules.includes('src/client/extension.ts'), 'out/bundles.json is of another build');
    const late =
      /^(?:node_modules|src\/(?:server|language|rules|demo|cli|export)|src\/yum\/(?:explain|messages)|src\/data\/packstack-)\b|\.sh\.ts$|\/info\.ts$/;
    assert.deepEqual(
      modules.filter((path) => late.test(path)),
      [],
    );
  });

  it('load at the first call what the views seldom need', () => {
    for (const [name, functions] of [
      ['catalogue', ['findStep']],
      ['explain', ['hitsOf', 'hitsAmongScriptlets']],
    ] as const) {
      const bundle: Readonly<Record<string, unknown>> = require(join(bundleFolder, `${name}.js`));
      for (const each of functions) assert.equal(typeof bundle[each], 'function', `${name}: ${each}`);
    }
  });
});
