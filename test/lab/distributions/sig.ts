import { type Package, pkg } from './package.ts';
import { type DistributionOptions, keyFiles, repoFile, type Section } from './repofile.ts';

/** The disabled sections of a release package, without repositories. */
export function disabledSections(id: string, endings: readonly string[]): readonly Section[] {
  return endings.map((ending) => ({
    id: `${id}-${ending}`,
    name: `${id} ${ending}`,
    path: `off/${id}-${ending}/$basearch/`,
    enabled: false,
  }));
}

/** RDO's newest packages; both kinds of release package have this section. */
export function trunkSection(release: string): Section {
  const id = `rdo-trunk-${release}-tested`;
  return { id, name: `OpenStack ${release} Trunk Tested`, path: `off/${id}/`, enabled: false };
}

/** A package of a special interest group that installs one `.repo` file, or none. */
export interface ReleasePackage {
  readonly nevra: string;
  readonly requires?: readonly string[];
  readonly conflicts?: readonly string[];
  /** File name in /etc/yum.repos.d to its sections. */
  readonly repos?: Readonly<Record<string, readonly Section[]>>;
  /** Names of its key files. */
  readonly keys?: readonly string[];
  readonly sig?: boolean;
}

export function releasePackage(options: DistributionOptions, one: ReleasePackage): Package {
  const repos = Object.entries(one.repos ?? {}).map(
    ([file, sections]) => [`/etc/yum.repos.d/${file}`, repoFile(options, sections)] as const,
  );
  return pkg(one.nevra, {
    ...(one.requires ? { requires: one.requires } : {}),
    ...(one.conflicts ? { conflicts: one.conflicts } : {}),
    ...(one.sig ? { sig: true } : {}),
    files: { ...Object.fromEntries(repos), ...keyFiles(options.keys.sig, ...(one.keys ?? [])) },
  });
}

/** EPEL's release package, which is in every extras repository. */
export function epelRelease(options: DistributionOptions, el: number, nevra: string): Package {
  const key = `RPM-GPG-KEY-EPEL-${el}`;
  const section = { id: 'epel', name: `Extra Packages for Enterprise Linux ${el} - $basearch`, key };
  return releasePackage(options, {
    nevra,
    repos: { 'epel.repo': [{ ...section, path: `epel/${el}/$basearch` }] },
    keys: [key],
  });
}
