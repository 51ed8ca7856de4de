// The licenses of the bundled libraries as one text, from what the bundles actually contain.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the files that contain a license, and of those with notices that must be passed on. */
const licenses = /^(?:un)?licen[cs]e(?:[.-].*)?$|^copying(?:[.-].*)?$/i;
const notices = /^(?:notice|third-?party-?notices?)(?:\.(?:txt|md))?$/i;

const rule = '='.repeat(80);

/** The folders of the packages whose code is in esbuild's outputs, relative to the project. */
function packageFolders(outputs) {
  const folders = new Set();
  for (const { inputs } of outputs) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders];
}

/** The texts of a package's files with matching names, without empty ones. */
function textsOf(folder, names) {
  return readdirSync(folder)
    .filter((name) => names.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '');
}

function bundledPackage(root, path) {
  const folder = join(root, path);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version}`;
  const texts = textsOf(folder, licenses);
  if (texts.length === 0)
    throw new Error(
      `${title} is bundled, and ${path} has no license text. Replace the package, or take it out of the bundle.`,
    );
  return { title, path, manifest, text: [...texts, ...textsOf(folder, notices)].join('\n\n') };
}

/**
 * Every package with code in these outputs of esbuild, once per version, sorted: its title, its folder in the project, its
 * manifest, and the text of its licenses and notices; throws for a package without one. `root` is the absolute path of the project.
 */
export function bundledPackages(root, outputs) {
  const found = packageFolders(outputs).map((path) => bundledPackage(root, path));
  const byTitle = new Map(found.map((each) => [each.title, each]));
  return [...byTitle.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** The text of ThirdPartyNotices.txt for these packages. */
export function thirdPartyNotices(packages) {
  const list = packages.map(({ title }) => `- ${title}`).join('\n');
  const head = `Stackprep contains code of the following packages, each under its own license.\n\n${list}`;
  return [head, ...packages.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text}`)]
    .join('\n\n')
    .concat('\n');
}
