import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export const root = join(import.meta.dirname, '../..').replace(/\/$/, '');

/** The entries of each package, in src. */
export const entries = {
  extension: ['client/extension', 'server/main', 'app/entry', 'demo/entry'],
  npm: ['cli/main', 'server/main', 'app/entry', 'demo/entry'],
};

export interface Package {
  /** The folder, relative to the project. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/** The packages whose code esbuild bundles for these entries, found without the project's own build. */
export async function bundledPackages(names: readonly string[]): Promise<readonly Package[]> {
  const { metafile } = await build({
    entryPoints: names.map((name) => join(root, 'src', `${name}.ts`)),
    ...{ bundle: true, minify: true, metafile: true, write: false, outdir: 'nowhere' },
    ...{ absWorkingDir: root, platform: 'node', format: 'cjs', target: 'node20', legalComments: 'none' },
    external: ['vscode', 'cpu-features', '*/app/entry.ts', 'stackprep:*'],
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
    return { folder, name, version };
  });
}

export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Checks the licenses of a package: every bundled package is named, and its license text is complete. */
export function checkNotices(notices: string, packages: readonly Package[]): void {
  assert.ok(packages.length > 10);
  const whole = flat(notices);
  for (const { folder, name, version } of packages) {
    const title = `${name} ${version}`;
    assert.ok(notices.includes(`\n${title}\n`), `${title} is not named`);
    const license = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
    assert.ok(license, `${folder} has no license file`);
    const text = flat(readFileSync(join(root, folder, license), 'utf8'));
    assert.ok(whole.includes(text), `${title}: its license`);
  }
}

/** Checks the content of a package: no files for development only, no source map, and no path of the computer that built it. */
export function checkFiles(files: ReadonlyMap<string, Buffer>): void {
  const forDevelopment = /(^|\/)(test|tests|src|scripts|node_modules|out|examples)\/|\.map$|\.ts$|\.sh$/;
  assert.deepEqual(
    [...files.keys()].filter((name) => forDevelopment.test(name)),
    [],
  );
  const paths = [root, ...(homedir().split('/').length > 2 ? [homedir()] : [])];
  for (const [name, bytes] of files) {
    for (const path of paths) assert.equal(bytes.includes(path), false, `${name} names ${path}`);
    if (!/\.(m?js|css)$/.test(name)) continue;
    const text = bytes.toString('utf8');
    assert.doesNotMatch(text, /[#@] ?sourceMappingURL=/, name);
    assert.doesNotMatch(
      text,
      /["'`](?:file:\/\/)?(?:[A-Z]:)?[\\/][^"'`\s]{0,200}[\\/]node_modules[\\/]/,
      name,
    );
  }
}

/** The targets of the links and pictures of a Markdown file, without those in code. */
export function linksOf(markdown: string): readonly string[] {
  const text = markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)/g)].map(([, to = '']) => to);
  const named = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map(([, to = '']) => to);
  const html = [...text.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, to = '']) => to);
  return [...inline, ...named, ...html];
}
