import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { thirdPartyNotices } from '../scripts/notices.mjs';
import { clearAway } from './support/clear-away.ts';
import { unzip } from './support/zip.ts';

const root = join(import.meta.dirname, '..').replace(/\/$/, '');
const run = promisify(execFile);
const entries = {
  extension: ['client/extension', 'server/main', 'app/entry', 'demo/entry'],
  npm: ['cli/main', 'server/main', 'app/entry', 'demo/entry'],
};

interface Package {
  /** The folder, relative to the project. */
  readonly folder: string;
  readonly title: string;
}

/** The packages whose code esbuild bundles for these entries, found without the project's own build. */
async function bundledPackages(names: readonly string[]): Promise<readonly Package[]> {
  const { metafile } = await build({
    entryPoints: names.map((name) => join(root, 'src', `${name}.ts`)),
    ...{ bundle: true, minify: true, metafile: true, write: false, outdir: 'nowhere' },
    ...{ absWorkingDir: root, platform: 'node', format: 'cjs', target: 'node20', legalComments: 'none' },
    external: ['vscode', 'cpu-features', '*/app/entry.ts'],
    loader: { '.node': 'empty' },
  });
  const folders = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const parts = path.split('/');
      const at = parts.lastIndexOf('node_modules');
      const length = parts[at + 1]?.startsWith('@') ? 3 : 2;
      if (at >= 0 && bytesInOutput > 0) folders.add(parts.slice(0, at + length).join('/'));
    }
  return [...folders].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return { folder, title: `${name} ${version}` };
  });
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Checks the licenses of a package: every bundled package is named, and its license text is complete. */
function checkNotices(notices: string, packages: readonly Package[]): void {
  assert.ok(packages.length > 10);
  const whole = flat(notices);
  for (const { folder, title } of packages) {
    assert.ok(notices.includes(`\n${title}\n`), `${title} is not named`);
    const license = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
    assert.ok(license, `${folder} has no license file`);
    assert.ok(
      whole.includes(flat(readFileSync(join(root, folder, license), 'utf8'))),
      `${title}: its license`,
    );
  }
}

/** Checks the content of a package: no files for development only, and no path of the computer that built it. */
function checkFiles(files: ReadonlyMap<string, Buffer>): void {
  const names = [...files.keys()];
  assert.deepEqual(
    names.filter((name) =>
      /(^|\/)(test|tests|src|scripts|node_modules|out|examples)\/|\.map$|\.ts$/.test(name),
    ),
    [],
  );
  const paths = [root, ...(homedir().split('/').length > 2 ? [homedir()] : [])];
  for (const [name, bytes] of files)
    for (const path of paths) assert.equal(bytes.includes(path), false, `${name} names ${path}`);
}

const own = readFileSync(join(root, 'LICENSE'), 'utf8');

describe('The published packages', function () {
  this.timeout(300_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-package-'));
    assert.ok(
      existsSync(join(root, 'ThirdPartyNotices.txt')),
      'ThirdPartyNotices.txt is missing: npm run build',
    );
  });
  after(() => clearAway(folder));

  it('include in the extension its license and those of everything that it bundles, and no files for development only', async () => {
    const vsix = join(folder, 'stackprep.vsix');
    const vsce = join(root, 'node_modules/.bin/vsce');
    const args = [
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
    ];
    await run(vsce, [...args, '--out', vsix], { cwd: root });
    const files = unzip(await readFile(vsix));
    const text = (name: string): string => {
      const found = [...files].find(([path]) => path.toLowerCase() === `extension/${name}`.toLowerCase());
      assert.ok(found, `${name} is missing among ${[...files.keys()].join(', ')}`);
      return found[1].toString('utf8');
    };
    assert.equal(flat(files.has('extension/LICENSE') ? text('LICENSE') : text('LICENSE.txt')), flat(own));
    checkNotices(text('ThirdPartyNotices.txt'), await bundledPackages(entries.extension));
    checkFiles(files);
    const code = ['extension.js', 'server.js', 'engine.js', 'demo.js', 'webview/dashboard.js'];
    for (const name of [...code, 'webview/dashboard.css']) assert.ok(text(`dist/${name}`).length > 0);
  });

  it('include in the npm package the command line with the same licenses, and nothing else', async () => {
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = await run('npm', pack, { cwd: root });
    const [{ filename }] = JSON.parse(stdout);
    await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
    const inside = join(folder, 'package');
    const files = new Map<string, Buffer>();
    for (const path of readdirSync(inside, { recursive: true, encoding: 'utf8' }))
      if (statSync(join(inside, path)).isFile()) files.set(path, readFileSync(join(inside, path)));
    assert.equal(files.get('LICENSE')?.toString(), own);
    checkNotices(String(files.get('ThirdPartyNotices.txt')), await bundledPackages(entries.npm));
    checkFiles(files);
    const { stdout: version } = await run(process.execPath, [join(inside, 'dist/cli.js'), '--version']);
    assert.match(version, /\d+\.\d+\.\d+/);
  });
});

describe('The notices of bundled packages', () => {
  let folder = '';
  const add = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, 'node_modules', name, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  };
  const manifest = (name: string, version = '1.0.0'): string => JSON.stringify({ name, version });
  const notices = (...paths: readonly (readonly [path: string, bytesInOutput: number])[]): string => {
    const inputs = Object.fromEntries(paths.map(([path, bytesInOutput]) => [path, { bytesInOutput }]));
    return thirdPartyNotices(folder, [{ outputs: { 'dist/a.js': { inputs } } }]);
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-notices-'));
    await add('plain', { 'package.json': manifest('plain'), LICENSE: 'Do as you like.\n', 'lib/a.js': '' });
    await add('@of/scope', {
      'package.json': manifest('@of/scope'),
      'COPYING.md': 'Keep this.\n',
      NOTICE: 'Made by Somebody.\n',
    });
    await add('plain/node_modules/deep', { 'package.json': manifest('deep', '2.0.0'), UNLICENSE: 'Free.' });
    await add('bare', { 'package.json': manifest('bare'), 'licensed.js': 'x' });
    await add('empty', { 'package.json': manifest('empty'), 'LICENSE.txt': ' \n' });
  });
  after(() => clearAway(folder));

  it('name each package once, with its version, its license, and the notices that must be passed on', () => {
    const text = notices(
      ['src/own.ts', 10],
      ['node_modules/plain/lib/a.js', 10],
      ['node_modules/plain/lib/b.js', 10],
      ['node_modules/@of/scope/index.js', 1],
      ['node_modules/plain/node_modules/deep/index.js', 1],
    );
    assert.deepEqual(text.match(/^- .*$/gm), ['- @of/scope 1.0.0', '- deep 2.0.0', '- plain 1.0.0']);
    for (const part of ['Do as you like.', 'Keep this.', 'Made by Somebody.', 'Free.'])
      assert.equal(text.split(part).length, 2, part);
  });

  it('leave out packages that are read but not bundled', () => {
    assert.equal(notices(['node_modules/plain/a.js', 0]).includes('plain'), false);
  });

  it('fail the build for a package without a license text, and name it', () => {
    assert.throws(
      () => notices(['node_modules/bare/a.js', 1]),
      /bare 1\.0\.0 .* node_modules\/bare has no license/,
    );
    assert.throws(() => notices(['node_modules/empty/a.js', 1]), /empty 1\.0\.0/);
  });
});
