import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cyclesOf, folderOf } from './support/cycles.ts';
import { allImports, type Import, sourceFiles, sourceFolder } from './support/imports.ts';

/** The layers of docs/architecture.md, lowest first; imports go down only. */
const layers: readonly (readonly string[])[] = [
  ['base'],
  ['shell', 'schema', 'data', 'yum'],
  ['cluster'],
  ['packstack', 'remote'],
  ['steps'],
  ['rules', 'plan'],
  ['run', 'jobs', 'export'],
  ['view'],
  ['language', 'app', 'protocol'],
  ['server', 'client', 'webview', 'cli', 'demo'],
];
/** Modules without a clock, randomness, node: or vscode. */
const pure: readonly string[] = layers
  .slice(0, -2)
  .flat()
  .filter((module) => module !== 'remote');

/** Files that may be longer because they are tables of facts. */
const tables: ReadonlySet<string> = new Set([
  'data/components.ts',
  'data/packstack-keys.ts',
  'data/releases.ts',
  'demo/world.ts',
  'yum/messages/yum3.ts',
]);

function moduleOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function layerOf(path: string): number {
  return layers.findIndex((names) => names.includes(moduleOf(path)));
}

/** Why an import breaks the layers; undefined if it does not. */
function violation({ file, target, isOwn }: Import): string | undefined {
  if (!isOwn || moduleOf(file) === moduleOf(target)) return undefined;
  const [from, to] = [layerOf(file), layerOf(target)];
  if (to === -1) return 'it leaves src';
  if (to > from) return 'imports go down only';
  if (to === from) return 'modules of one layer do not import each other';
  return undefined;
}

/** The packages that a module may import in addition to the project's modules; the other modules import none. */
const packages: Readonly<Record<string, RegExp>> = {
  schema: /^yaml$/,
  // These read the tree that the parser made; only schema parses.
  cluster: /^yaml$/,
  language: /^(yaml|vscode-languageserver(-types|-textdocument|-protocol)?)$/,
  view: /^diff$/,
  remote: /^(node:.*|bcrypt-pbkdf|ssh2|ssh2\/lib\/protocol\/constants\.js|ssh-config)$/,
  app: /^node:/,
  server: /^(node:.*|vscode-languageserver(\/node|-textdocument)?)$/,
  client: /^(node:.*|vscode|vscode-languageclient(\/node)?)$/,
  cli: /^(node:.*|stackprep:(server|demo))$/,
  demo: /^(node:.*|ssh2)$/,
};

describe('The architecture', () => {
  const imports = allImports();
  const own = imports.filter(({ isOwn }) => isOwn);

  it('is checked with all imports of the source', () => {
    assert.ok(imports.length > 100);
    assert.ok(
      imports.some(({ file, target }) => file === 'cluster/decode.ts' && target === 'cluster/schema.ts'),
    );
  });

  it('assigns every module to a layer', () => {
    assert.deepEqual(
      sourceFiles(sourceFolder).filter((file) => layerOf(file) === -1),
      [],
    );
  });

  it('allows imports only downwards', () => {
    const outside = imports.filter(
      ({ target }) => !/^\.\.\/(?:l10n|snippets)\//.test(target) && target !== '../package.json',
    );
    const broken = outside.flatMap((item) => {
      const why = violation(item);
      return why ? [`${item.file} imports ${item.target}: ${why}`] : [];
    });
    assert.deepEqual(broken, []);
  });

  it('allows each module only its own packages', () => {
    const broken = imports.filter(
      ({ file, target, isOwn }) => !isOwn && !packages[moduleOf(file)]?.test(target),
    );
    assert.deepEqual(
      broken.map(({ file, target }) => `${file} imports ${target}`),
      [],
    );
  });

  it('keeps vscode, Node and all code with effects out of the page of the dashboard', () => {
    const reached = new Set(['webview/main.ts']);
    for (const file of reached)
      for (const { file: from, target, isType } of imports) if (from === file && !isType) reached.add(target);
    const outside = [...reached].filter((file) => !file.startsWith('webview/')).sort();
    assert.deepEqual(outside, [
      'base/guard.ts',
      'base/own.ts',
      'protocol/dashboard.ts',
      'view/dashboard/model.ts',
    ]);
  });

  it('has one file that imports ssh2 on each side of the connection', () => {
    const files = imports
      .filter(({ target, isType }) => target === 'ssh2' && !isType)
      .map(({ file }) => file);
    assert.deepEqual([...new Set(files)].sort(), ['demo/ssh2.ts', 'remote/base/ssh2.ts']);
  });

  it('keeps the clock and randomness out of the pure modules', () => {
    const used = sourceFiles(sourceFolder).filter((file) => {
      if (!pure.includes(moduleOf(file))) return false;
      return /\b(Date\.now|new Date|Math\.random|performance\.|process\.)/.test(
        readFileSync(join(sourceFolder, file), 'utf8'),
      );
    });
    assert.deepEqual(used, []);
  });

  it('checks the types of every pure module without those of Node', () => {
    const { include } = JSON.parse(readFileSync(join(sourceFolder, '../tsconfig.core.json'), 'utf8'));
    assert.deepEqual(include, [...pure, 'protocol'].map((module) => `src/${module}`).sort());
  });

  it('has no import cycle between files', () => {
    assert.deepEqual(cyclesOf(own.map(({ file, target }) => ({ from: file, to: target }))), []);
  });

  it('has no import cycle between folders, including a folder and its subfolders', () => {
    const between = own.map(({ file, target }) => ({
      file,
      target,
      from: folderOf(file),
      to: folderOf(target),
    }));
    const broken = cyclesOf(between).map((cycle) =>
      cycle.slice(1).flatMap((to, index) => {
        const why = between.find((edge) => edge.from === cycle[index] && edge.to === to);
        return why ? [`${why.file} imports ${why.target}`] : [];
      }),
    );
    assert.deepEqual(broken, []);
  });

  it('imports the shell of the nodes only from the engine, which every front end loads at its first use', () => {
    const engine = 'app/entry.ts';
    const next = new Map<string, string[]>();
    for (const { file, target, isType } of own)
      if (!isType && target !== engine) next.set(file, [...(next.get(file) ?? []), target]);
    const shellFrom = (entry: string): readonly string[] => {
      const reached = new Set([entry]);
      for (const file of reached) for (const target of next.get(file) ?? []) reached.add(target);
      return [...reached].filter((file) => file.endsWith('.sh.ts'));
    };
    const shell = sourceFiles(sourceFolder).filter((file) => file.endsWith('.sh.ts'));
    assert.deepEqual(shellFrom(engine).toSorted(), shell);
    for (const entry of ['client/extension.ts', 'server/main.ts', 'cli/main.ts', 'demo/entry.ts'])
      assert.deepEqual(shellFrom(entry), [], entry);
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
