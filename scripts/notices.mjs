// The licenses of the bundled libraries as one text, from what the bundles actually contain.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the files that contain a license, and of those with notices that must be passed on. */
const licenses = /^(?:un)?licen[cs]e(?:[.-].*)?$|^copying(?:[.-].*)?$/i;
const notices = /^(?:notice|third-?party-?notices?)(?:\.(?:txt|md))?$/i;

const rule = '='.repeat(80);

/** The folders of the packages whose code is in esbuild's outputs, relative to the project. */
function packageFolders(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs),
    )) {
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

function noticeOf(root, path) {
  const folder = join(root, path);
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = textsOf(folder, licenses);
  if (texts.length === 0)
    throw new Error(
      `${name} ${version} is bundled, and ${path} has no license text. Replace the package, or take it out of the bundle.`,
    );
  return { name, version, text: [...texts, ...textsOf(folder, notices)].join('\n\n') };
}

/**
 * The text of ThirdPartyNotices.txt: every package that esbuild's metafiles show in the bundles, with its license; throws for
 * a package without one. `root` is the absolute path of the project.
 */
export function thirdPartyNotices(root, metafiles) {
  const packages = packageFolders(metafiles).map((path) => noticeOf(root, path));
  const key = ({ name, version }) => `${name} ${version}`;
  const known = new Map(packages.map((each) => [key(each), each]));
  const sorted = [...known.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const head = `Stackprep contains code of the following packages, each under its own license.\n\n${sorted.map((each) => `- ${key(each)}`).join('\n')}`;
  return [head, ...sorted.map((each) => `${rule}\n${key(each)}\n${rule}\n\n${each.text}`)]
    .join('\n\n')
    .concat('\n');
}
