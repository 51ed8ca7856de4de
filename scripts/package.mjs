// Makes everything that is published, from what `node scripts/build.mjs` has made: the extension, the npm package, the command line as
// one file, the bill of materials, the manual page, and their checksums. `--out FOLDER` (default: out/release).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { contentsFile, packageBundles, root, singleFile } from './bundles.mjs';
import { bundledPackages, thirdPartyNotices } from './notices.mjs';
import { billOfMaterials } from './sbom.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'out/release') } } });
const out = resolve(values.out);
const json = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = json('package.json');
const name = `${manifest.name}-${manifest.version}`;
const tools = process.platform === 'win32' ? { npm: 'npm.cmd' } : { npm: 'npm' };

const contents = JSON.parse(readFileSync(contentsFile, 'utf8'));
const bundles = packageBundles(contents);

/** The packages in some outputs of the build. */
function bundledIn(outputs) {
  return bundledPackages(
    root,
    outputs.map((path) => contents[path]),
  );
}

/** The extension; vsce packs the project's folder by .vscodeignore. */
function packExtension() {
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', join(out, `${name}.vsix`)];
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

/** The manifest of the npm package: nothing about the editor, no dependencies, no scripts. */
function npmManifest() {
  const { version, license, keywords, repository, bugs, homepage, bin, man, engines } = manifest;
  return {
    name: manifest.name,
    version,
    description: json('package.nls.json').description,
    ...{ license, keywords, repository, bugs, homepage, bin, man },
    engines: { node: engines.node },
  };
}

const npmFiles = [
  ...bundles.npm,
  ...[manifest.man].map((path) => path.replace('./', '')),
  ...['README.md', 'README.ko.md', 'CHANGELOG.md', 'LICENSE'],
];

/** The npm package, from a folder with its files only. */
function packNpm(notices) {
  const folder = join(out, 'npm');
  for (const file of npmFiles) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  writeFileSync(join(folder, 'ThirdPartyNotices.txt'), notices);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(npmManifest(), null, 2)}\n`);
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', out];
  execFileSync(tools.npm, args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  rmSync(folder, { recursive: true });
}

/** The command line as one file, with the licenses at its end as a comment; returns the packages in it. */
async function packSingleFile() {
  const { outputFiles, metafile } = await build(singleFile());
  const bundled = bundledPackages(root, Object.values(metafile.outputs));
  const licenses = `${readFileSync(join(root, 'LICENSE'), 'utf8')}\n${thirdPartyNotices(bundled)}`;
  const [{ text }] = outputFiles;
  const file = join(out, 'stackprep.mjs');
  writeFileSync(file, `${text}/*\n${licenses.replaceAll('*/', '* /')}*/\n`, { mode: 0o755 });
  return bundled;
}

/** SHA256SUMS, as `sha256sum -c` reads it. */
function writeChecksums() {
  const lines = readdirSync(out)
    .sort()
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(join(out, file)))
          .digest('hex')}  ${file}\n`,
    );
  writeFileSync(join(out, 'SHA256SUMS'), lines.join(''));
  process.stdout.write(`${out}\n${lines.join('')}`);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const inExtension = bundledIn(bundles.vsix);
const inNpm = bundledIn(bundles.npm);
packExtension();
packNpm(thirdPartyNotices(inNpm));
const inSingleFile = await packSingleFile();
const artifacts = { [`${name}.vsix`]: inExtension, [`${name}.tgz`]: inNpm, 'stackprep.mjs': inSingleFile };
const bill = billOfMaterials(npmManifest(), artifacts, json('package-lock.json'));
writeFileSync(join(out, `${name}.cdx.json`), bill);
cpSync(join(root, manifest.man), join(out, 'stackprep.1'));
writeChecksums();
