import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allImports, type Import, sourceFiles, sourceFolder } from './support/imports.ts';

/** The floors, lowest first; imports go down only. */
const floors: readonly (readonly string[])[] = [
  ['core', 'protocol'],
  ['language', 'remote'],
  ['app'],
  ['server', 'client', 'webview', 'cli', 'demo'],
];
const top = floors.length - 1;

/** Files whose length is that of their facts. */
const tables: ReadonlySet<string> = new Set([
  'core/openstack/components.ts',
  'core/openstack/packstack-keys.ts',
  'core/openstack/releases.ts',
  'demo/world.ts',
]);

function folder(path: string): string {
  return path.split('/')[0] ?? '';
}

function floorOf(path: string): number {
  return floors.findIndex((names) => names.includes(folder(path)));
}

/** Why an import breaks the floors; undefined where it does not. */
function breach({ file, target, isOwn }: Import): string | undefined {
  if (!isOwn || folder(file) === folder(target)) return undefined;
  const [from, to] = [floorOf(file), floorOf(target)];
  if (to === -1) return 'it leaves src';
  if (to === top) return 'nobody imports the top floor';
  if (to > from) return 'imports go down only';
  if (to === from && !(folder(file) === 'protocol' && folder(target) === 'core')) {
    return 'folders of one floor do not import each other';
  }
  return undefined;
}

/** The packages that a folder may import, apart from its own floor's code. */
const packages: Readonly<Record<string, RegExp>> = {
  core: /^yaml$/,
  protocol: /^$/,
  // The features look at the tree that the parser made; parsing itself is core/schema only.
  language: /^(yaml|vscode-languageserver(-types|-textdocument|-protocol)?)$/,
  remote: /^(node:.*|ssh2|ssh-config)$/,
  app: /^node:/,
  server: /^(node:.*|vscode-languageserver(\/node|-textdocument)?)$/,
  client: /^(node:.*|vscode|vscode-languageclient(\/node)?)$/,
  cli: /^node:/,
  demo: /^(node:.*|ssh2)$/,
  webview: /^$/,
};

describe('the architecture', () => {
  const imports = allImports();

  it('sees the imports', () => {
    assert.ok(imports.length > 100);
    assert.ok(
      imports.some(
        ({ file, target }) => file === 'core/cluster/decode.ts' && target === 'core/cluster/schema.ts',
      ),
    );
  });

  it('has no folder without a floor', () => {
    assert.deepEqual(
      sourceFiles(sourceFolder).filter((file) => floorOf(file) === -1),
      [],
    );
  });

  it('lets imports go down only', () => {
    const outside = imports.filter(
      ({ target }) => !target.startsWith('../l10n/') && target !== '../package.json',
    );
    const broken = outside.flatMap((item) => {
      const why = breach(item);
      return why ? [`${item.file} imports ${item.target}: ${why}`] : [];
    });
    assert.deepEqual(broken, []);
  });

  it('lets each folder import its own packages only', () => {
    const broken = imports.filter(
      ({ file, target, isOwn }) => !isOwn && !packages[folder(file)]?.test(target),
    );
    assert.deepEqual(
      broken.map(({ file, target }) => `${file} imports ${target}`),
      [],
    );
  });

  it('has one file that imports ssh2 on each side of the wire', () => {
    const files = imports
      .filter(({ target, isType }) => target === 'ssh2' && !isType)
      .map(({ file }) => file);
    assert.deepEqual([...new Set(files)].sort(), ['demo/ssh2.ts', 'remote/ssh2.ts']);
  });

  it('keeps clock and chance out of the core', () => {
    const used = sourceFiles(join(sourceFolder, 'core')).filter((file) => {
      return /\b(Date\.now|new Date|Math\.random|performance\.|process\.)/.test(
        readFileSync(join(sourceFolder, 'core', file), 'utf8'),
      );
    });
    assert.deepEqual(used, []);
  });

  it('has no cycle', () => {
    const graph = new Map<string, string[]>();
    for (const { file, target, isOwn } of imports)
      if (isOwn) graph.set(file, [...(graph.get(file) ?? []), target]);
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path, file].join(' -> ')}`);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
  });

  it('has no file over 300 lines and a median of at most 80', () => {
    const lengths = sourceFiles(sourceFolder)
      .filter((file) => !tables.has(file))
      .map((file) => ({
        file,
        lines: readFileSync(join(sourceFolder, file), 'utf8').split('\n').length - 1,
      }));
    assert.deepEqual(
      lengths.filter(({ lines }) => lines > 300),
      [],
    );
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) <= 80);
  });
});
