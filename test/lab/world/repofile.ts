import type { Keys } from './build.ts';
import type { PackageFile } from './package.ts';

/**
 * Where the packages come from: `file` from a folder bound into each node, `http` from the mirror on the bridge,
 * `archive` as `http`, but with the `.repo` files of old as they were shipped: they name hosts that are gone, and only
 * vault.centos.org answers.
 */
export type MirrorKind = 'file' | 'http' | 'archive';

/** What a world is made for. */
export interface Making {
  readonly mirror: MirrorKind;
  readonly keys: Keys;
}

/** Where a folder bound into a node lies there. */
export const boundMirror = '/srv/mirror';

/** The bridge's own address, where the mirror listens. */
export const mirrorAddress = '198.18.88.1';

/** The URL below which the paths of a world lie, for `.repo` files that are alive. */
export function mirrorUrl(kind: MirrorKind): string {
  return kind === 'file' ? `file://${boundMirror}` : `http://${mirrorAddress}`;
}

/** One section of a `.repo` file. */
export interface Section {
  readonly id: string;
  readonly name: string;
  /** Path below the mirror, may hold `$releasever` and the like. */
  readonly path: string;
  /** The `repo=` of the mirror list that the shipped file named. */
  readonly list?: string;
  /** Shipped with an active `baseurl` on a host that is gone. */
  readonly direct?: boolean;
  /** Name of the key's file below /etc/pki/rpm-gpg; without it nothing is checked. */
  readonly key?: string;
  readonly enabled?: boolean;
  readonly more?: readonly string[];
}

/** The text of a `.repo` file. */
export function repoText(making: Making, sections: readonly Section[]): string {
  return sections.map((one) => sectionText(making, one)).join('\n');
}

export function repoFile(making: Making, sections: readonly Section[]): PackageFile {
  return { text: repoText(making, sections), config: true };
}

function sectionText(making: Making, one: Section): string {
  const lines = [`[${one.id}]`, `name=${one.name}`, ...places(making, one)];
  lines.push(`gpgcheck=${one.key === undefined ? 0 : 1}`, `enabled=${one.enabled === false ? 0 : 1}`);
  if (one.key !== undefined) lines.push(`gpgkey=file:///etc/pki/rpm-gpg/${one.key}`);
  return `${[...lines, ...(one.more ?? [])].join('\n')}\n`;
}

function places(making: Making, one: Section): readonly string[] {
  const gone = making.mirror === 'archive';
  if (gone && one.list !== undefined) {
    const release = one.path.includes('$stream') ? '$stream' : '$releasever';
    const list = `http://mirrorlist.centos.org/?release=${release}&arch=$basearch&repo=${one.list}`;
    return [`#baseurl=http://mirror.centos.org/${one.path}`, `mirrorlist=${list}`];
  }
  if (gone && one.direct) return [`baseurl=http://mirror.centos.org/${one.path}`];
  return [`baseurl=${mirrorUrl(making.mirror)}/${one.path}`];
}

/** The files that carry a public key. */
export function keyFiles(text: string, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`/etc/pki/rpm-gpg/${name}`, text]));
}
