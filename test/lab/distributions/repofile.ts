import type { Keys } from './build.ts';
import type { PackageFile } from './package.ts';

/**
 * The source of the packages: `file` for a folder bound into each node, `http` for the mirror on the bridge,
 * `archive` for the same mirror with the original `.repo` files: they name retired hosts, and only
 * vault.centos.org answers.
 */
export type MirrorKind = 'file' | 'http' | 'archive';

/** The parameters of a distribution. */
export interface DistributionOptions {
  readonly mirror: MirrorKind;
  readonly keys: Keys;
}

/** The path of the bound folder in a node. */
export const boundMirror = '/srv/mirror';

/** The address of the bridge, where the mirror listens. */
export const mirrorAddress = '198.18.88.1';

/** The base URL for working `.repo` files. */
export function mirrorUrl(kind: MirrorKind): string {
  return kind === 'file' ? `file://${boundMirror}` : `http://${mirrorAddress}`;
}

/** One section of a `.repo` file. */
export interface Section {
  readonly id: string;
  readonly name: string;
  /** Path below the mirror, may contain variables such as `$releasever`. */
  readonly path: string;
  /** The `repo=` of the original mirror list. */
  readonly list?: string;
  /** Whether the original has an active `baseurl` on a retired host. */
  readonly direct?: boolean;
  /** File name of the key in /etc/pki/rpm-gpg; without it, signatures are not checked. */
  readonly key?: string;
  readonly enabled?: boolean;
  readonly more?: readonly string[];
}

/** The text of a `.repo` file. */
export function repoText(options: DistributionOptions, sections: readonly Section[]): string {
  return sections.map((one) => sectionText(options, one)).join('\n');
}

export function repoFile(options: DistributionOptions, sections: readonly Section[]): PackageFile {
  return { text: repoText(options, sections), config: true };
}

function sectionText(options: DistributionOptions, one: Section): string {
  const lines = [`[${one.id}]`, `name=${one.name}`, ...places(options, one)];
  lines.push(`gpgcheck=${one.key === undefined ? 0 : 1}`, `enabled=${one.enabled === false ? 0 : 1}`);
  if (one.key !== undefined) lines.push(`gpgkey=file:///etc/pki/rpm-gpg/${one.key}`);
  return `${[...lines, ...(one.more ?? [])].join('\n')}\n`;
}

function places(options: DistributionOptions, one: Section): readonly string[] {
  const gone = options.mirror === 'archive';
  if (gone && one.list !== undefined) {
    const release = one.path.includes('$stream') ? '$stream' : '$releasever';
    const list = `http://mirrorlist.centos.org/?release=${release}&arch=$basearch&repo=${one.list}`;
    return [`#baseurl=http://mirror.centos.org/${one.path}`, `mirrorlist=${list}`];
  }
  if (gone && one.direct) return [`baseurl=http://mirror.centos.org/${one.path}`];
  return [`baseurl=${mirrorUrl(options.mirror)}/${one.path}`];
}

/** The files of a public key. */
export function keyFiles(text: string, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`/etc/pki/rpm-gpg/${name}`, text]));
}
