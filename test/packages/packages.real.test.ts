import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { loadBundle } from '../support/bundles.ts';
import { clearAway } from '../support/clear-away.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { hasProgram } from '../support/programs.ts';
import { authorize, keygen, opensshMissing, startSshd } from '../support/sshd.ts';
import { unzip } from '../support/zip.ts';
import {
  bundledPackages,
  checkFiles,
  checkNotices,
  entries,
  flat,
  linksOf,
  type Package,
  root,
} from './bundled.ts';

const run = promisify(execFile);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const name = `stackprep-${manifest.version}`;
const license = readFileSync(join(root, 'LICENSE'), 'utf8');
const repository = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
const megabyte = 2 ** 20;

/** The files below a folder by their relative paths. */
function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path))]));
}

describe('The published packages', function () {
  this.timeout(300_000);
  let folder = '';
  let log = '';
  let extension: ReadonlyMap<string, Buffer>;
  const bundled: Record<keyof typeof entries, readonly Package[]> = { extension: [], npm: [] };
  const inFolder = (...path: readonly string[]): string => join(folder, ...path);
  const made = (path: string): string => inFolder('made', path);
  const text = (path: string): string => {
    const found = [...extension].find(([each]) => each.toLowerCase() === `extension/${path}`.toLowerCase());
    assert.ok(found, `${path} is missing among ${[...extension.keys()].join(', ')}`);
    return found[1].toString('utf8');
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-package-'));
    const build = ['scripts/package.mjs', '--out', made('')];
    const { stdout, stderr } = await run(process.execPath, build, { cwd: root });
    log = stdout + stderr;
    for (const each of ['extension', 'npm'] as const) bundled[each] = await bundledPackages(entries[each]);
    extension = unzip(readFileSync(made(`${name}.vsix`)));
    mkdirSync(inFolder('npm'));
    await run('tar', ['-xzf', made(`${name}.tgz`), '-C', inFolder('npm')]);
  });
  after(() => clearAway(folder));

  it('are made without a warning', () => {
    assert.doesNotMatch(log, /WARN|warning|ERROR/i, log);
    assert.deepEqual(readdirSync(made('')).sort(), [
      'SHA256SUMS',
      `${name}.cdx.json`,
      `${name}.tgz`,
      `${name}.vsix`,
      'stackprep.1',
      'stackprep.mjs',
    ]);
  });

  it('have checksums that sha256sum accepts, and that notice a changed file', async function () {
    if (!hasProgram('sha256sum')) this.skip();
    const check = ['--check', '--strict', 'SHA256SUMS'];
    const { stdout } = await run('sha256sum', check, { cwd: made('') });
    assert.equal(stdout.match(/: OK$/gm)?.length, 5);
    const broken = inFolder('broken');
    mkdirSync(broken);
    for (const file of readdirSync(made(''))) copyFileSync(made(file), join(broken, file));
    writeFileSync(join(broken, 'stackprep.mjs'), 'x', { flag: 'a' });
    const failed = await run('sha256sum', check, { cwd: broken }).catch((error) => error);
    assert.match(failed.stdout, /^stackprep\.mjs: FAILED$/m);
  });

  it('include in the extension its license and those of everything that it bundles, and no files for development only', () => {
    const own = [...extension.keys()].find((path) => /^extension\/LICENSE(\.txt)?$/.test(path)) ?? '';
    assert.equal(flat(String(extension.get(own))), flat(license));
    checkNotices(text('ThirdPartyNotices.txt'), bundled.extension);
    checkFiles(extension);
  });

  it('keep the extension at 1.2 MB, of which 1 MB is code', () => {
    assert.ok(statSync(made(`${name}.vsix`)).size <= 1.2 * megabyte);
    const code = [...extension].filter(([path]) => path.startsWith('extension/dist/'));
    const bytes = code.reduce((sum, [, content]) => sum + deflateRawSync(content).length, 0);
    assert.ok(bytes <= megabyte, `${bytes} bytes of compressed code`);
  });

  it('make an extension that VS Code can load from its own files alone, with every file that its manifest names', () => {
    for (const [path, content] of extension) {
      const to = inFolder('vsix', path);
      mkdirSync(join(to, '..'), { recursive: true });
      writeFileSync(to, content);
    }
    const inside = (path: string): string => inFolder('vsix/extension', path);
    const { files } = loadBundle(inside(manifest.main));
    assert.deepEqual(
      files.filter((file) => !/^vscode$|[\\/]part-\w+\.js$/.test(file)),
      [inside('dist/extension.js')],
    );
    for (const file of files) if (file !== 'vscode') assert.ok(file.startsWith(inside('')), file);
    for (const bundle of ['server', 'engine', 'demo', 'catalogue', 'explain'])
      loadBundle(inside(`dist/${bundle}.js`));
    for (const [path, content] of extension)
      if (path.startsWith('extension/dist/'))
        for (const [, to = ''] of content.toString('utf8').matchAll(/\("\.\/([\w-]+\.js)"\)/g))
          assert.ok(existsSync(inside(`dist/${to}`)), `${path} loads ${to}`);
    const packed = text('package.json');
    const { bin: _, man: __, scripts: ___, ...inEditor } = JSON.parse(packed);
    const named = JSON.stringify(inEditor).match(/"(\.\/)?(media|syntaxes|dist|docs)\/[^"*]+"/g) ?? [];
    assert.ok(named.length >= 8);
    for (const path of named) assert.ok(existsSync(inside(JSON.parse(path))), path);
    for (const path of packed.match(/(?<=%)[\w.-]+(?=%")/g) ?? [])
      assert.ok(path in JSON.parse(text('package.nls.json')), path);
  });

  it('have only links and pictures that exist', () => {
    const pages = [...extension].filter(([path]) => path.endsWith('.md'));
    assert.ok(pages.length >= 2);
    for (const [path, content] of pages)
      for (const link of linksOf(content.toString('utf8'))) {
        const [, own] = /^(?:blob|raw)\/HEAD\/([^#?]+)/.exec(link.replace(`${repository}/`, '')) ?? [];
        if (own !== undefined) assert.ok(existsSync(join(root, decodeURI(own))), `${path}: ${link}`);
        else if (!/^(https:|#|mailto:)/.test(link)) {
          // The extension makes this page when it is opened (test/docs.test.ts).
          if (/^troubleshooting(?:\.ko)?\.md(?:#|$)/.test(link)) continue;
          const target = join(dirname(path), link.replace(/#.*/, ''));
          assert.ok(extension.has(target), `${path}: ${link} is not in the extension`);
        }
      }
    for (const [path, content] of filesIn(inFolder('npm/package')))
      if (path.endsWith('.md'))
        for (const link of linksOf(content.toString('utf8')))
          if (!/^(https:|#|mailto:)/.test(link))
            assert.ok(existsSync(join(root, link.replace(/#.*/, ''))), `${path}: ${link}`);
  });

  it('include in the npm package the command line with the same licenses, and nothing else', () => {
    const files = filesIn(inFolder('npm/package'));
    const parts = /^dist\/part-\w+\.js$/;
    assert.deepEqual([...files.keys()].filter((path) => !parts.test(path)).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.ko.md',
      'README.md',
      'ThirdPartyNotices.txt',
      'dist/catalogue.js',
      'dist/cli.js',
      'dist/demo.js',
      'dist/engine.js',
      'dist/explain.js',
      'dist/server.js',
      'man/stackprep.1',
      'package.json',
    ]);
    assert.equal(files.get('LICENSE')?.toString(), license);
    checkNotices(String(files.get('ThirdPartyNotices.txt')), bundled.npm);
    checkFiles(files);
    const packed = JSON.parse(String(files.get('package.json')));
    for (const key of ['private', 'dependencies', 'devDependencies', 'scripts', 'contributes', 'main'])
      assert.equal(key in packed, false, key);
    for (const key of ['version', 'license', 'repository', 'bugs', 'homepage', 'keywords', 'bin', 'man'])
      assert.deepEqual(packed[key], manifest[key], key);
    assert.match(packed.description, /^[^%]{20,}$/);
  });

  it('install the command with npm in an empty folder, without a registry', async () => {
    const empty = inFolder('installed');
    mkdirSync(empty);
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const install = ['install', '--offline', '--no-audit', '--no-fund', made(`${name}.tgz`)];
    await run(npm, install, { cwd: empty, shell: process.platform === 'win32' });
    const { stdout } = await run(join(empty, 'node_modules/.bin/stackprep'), ['--version']);
    assert.equal(stdout, `Stackprep ${manifest.version}\n`);
    assert.deepEqual(readdirSync(join(empty, 'node_modules')).sort(), [
      '.bin',
      '.package-lock.json',
      'stackprep',
    ]);
  });

  it('have a bill of materials that follows its schema and lists what is bundled, all of it under licenses that allow it', async () => {
    const bill = readFileSync(made(`${name}.cdx.json`), 'utf8');
    const errors = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill);
    assert.equal(errors, null);
    const { components, metadata, dependencies } = JSON.parse(bill);
    const allowed = /^(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|Unlicense|BlueOak-1\.0\.0)$/;
    const both = [...bundled.extension, ...bundled.npm];
    type Component = {
      group?: string;
      name: string;
      version: string;
      purl: string;
      licenses: { license: { id: string } }[];
      hashes: unknown[];
    };
    const title = ({ group, name: short, version }: Component) =>
      `${group ? `${group}/` : ''}${short} ${version}`;
    assert.deepEqual(
      components.map(title).sort(),
      [...new Set(both.map((each) => `${each.name} ${each.version}`))].sort(),
    );
    for (const component of components as readonly Component[]) {
      assert.match(component.purl, /^pkg:npm\/(%40[^/]+\/)?[^/@]+@\d/);
      assert.deepEqual([component.licenses.length, component.hashes.length], [1, 1], title(component));
      assert.match(component.licenses[0]?.license.id ?? '', allowed, title(component));
    }
    assert.equal(metadata.component.version, manifest.version);
    const [own] = dependencies.filter(({ ref }: { ref: string }) => ref === metadata.component['bom-ref']);
    assert.equal(own.dependsOn.length, components.length);
  });

  describe('as the single file', () => {
    let home: Home;
    const alone = (): string => home.file('stackprep.mjs');
    /** Runs the file, which lies alone in its folder. */
    const call = async (args: readonly string[], cwd = home.path) => {
      const env = { PATH: process.env.PATH, HOME: home.path, LC_ALL: 'C.UTF-8' };
      const result = await run(alone(), args, { cwd, env }).catch((error) => error);
      return { code: result.code ?? 0, out: String(result.stdout), err: String(result.stderr) };
    };
    beforeEach(async () => {
      home = await makeHome();
      copyFileSync(made('stackprep.mjs'), alone());
    });
    afterEach(() => home.remove());

    it('carry the licenses at its end, and nothing of the computer that made it', () => {
      const content = readFileSync(alone());
      const comment = content.subarray(content.lastIndexOf('\n/*\n')).toString('utf8');
      assert.ok(flat(comment).includes(flat(license)));
      checkNotices(comment, bundled.npm);
      checkFiles(new Map([['stackprep.mjs', content]]));
    });

    it('show the version and the help, and run the demo on simulated nodes', async () => {
      assert.deepEqual(await call(['--version']), {
        code: 0,
        out: `Stackprep ${manifest.version}\n`,
        err: '',
      });
      assert.match((await call(['run', '--help'])).out, /--retry-failed/);
      const { code, out, err } = await call(['demo', '--pace', 'fast']);
      assert.equal(code, 0, out + err);
      assert.match(out, /✓ 4 nodes · \d+ done/);
    });

    const missing = opensshMissing();
    (missing === undefined ? it : it.skip)(
      `check and run a step on a node with a real sshd${missing === undefined ? '' : ` (skipped: ${missing})`}`,
      async () => {
        const identity = await keygen(home, 'id_ed25519');
        await authorize(home, identity);
        const settings = [`SetEnv SHLVL=5 HOME=${home.path} STACKPREP_BASE=${home.file('node')}`];
        const sshd = await startSshd({ home, settings });
        try {
          const file = await home.write(
            'x.cluster.yaml',
            `cluster: x\nssh: { port: ${sshd.port}, identity: ${identity} }\nnodes:\n  n1: { address: 10.0.0.1, host: 127.0.0.1 }\nsteps:\n  - { name: note, check: 'test -e ${home.file('done')}', run: 'touch ${home.file('done')}' }\n`,
          );
          const hosts = await home.write('hosts', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
          const options = ['--known-hosts', hosts];
          const before = await call(['check', file, ...options]);
          assert.equal(before.code, 1, before.out + before.err);
          assert.match(before.out, /note +✗|note.*needed/);
          const changed = await call(['run', file, '--yes', ...options]);
          assert.equal(changed.code, 0, changed.out + changed.err);
          assert.ok(existsSync(home.file('done')));
          assert.equal((await call(['check', file, ...options])).code, 0);
        } finally {
          await sshd.stop();
        }
      },
    );
  });
});
