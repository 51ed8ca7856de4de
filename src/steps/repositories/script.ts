import { trimEndOf } from '../../base/trim.ts';
import type { ExtraRepository } from '../../cluster/model.ts';
import { operatingSystems } from '../../data/operating-systems.ts';
import { companionRepository } from '../../data/packages.ts';
import { findRelease } from '../../data/releases.ts';
import { deadRepositoryHosts, neededRepositories, releaseUrl } from '../../data/repositories.ts';
import { epelFenceSh } from '../../shell/epel-fence.sh.ts';
import { repositoryArchiveSh } from '../../shell/repository-archive.sh.ts';
import { repositoryFilesSh } from '../../shell/repository-files.sh.ts';
import { repositorySourceSh } from '../../shell/repository-source.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { wantedRelease } from './info.ts';
import { repositoriesSh } from './repositories.sh.ts';

/** The release package of each system, as the script reads it. */
function releasePackages(release: string): string {
  const builds = findRelease(release)?.builds ?? [];
  const rows = operatingSystems.flatMap(({ id, el, family, releaseFrom, builds: own }) => {
    if (!own.some((build) => builds.includes(build))) return [];
    if (releaseFrom === 'extras') return [`${id} centos-release-openstack-${release}\n`];
    const needed = neededRepositories.find((row) => row.el === el && row.vendor === family);
    return [`${[id, 'rdo-release', releaseUrl(release, el), ...(needed?.repositories ?? [])].join(' ')}\n`];
  });
  return rows.join('');
}

/** The archive's addresses by system, in order of preference, as the script reads them; source: the table of systems. */
function archives(archive: string): string {
  if (archive === 'never') return '';
  const rows = operatingSystems.flatMap(({ id, archive: known }) => {
    if (known === undefined) return [];
    const base = known.replace(/\/$/, '');
    const version = base.slice(base.lastIndexOf('/') + 1);
    const given = trimEndOf(archive, '/');
    const list = archive === 'auto' ? [base] : [`${given}/${version}`, `${given}/centos/${version}`, given];
    return [`${[id, ...list].join(' ')}\n`];
  });
  return rows.join('');
}

/** A value for a .repo file: one line. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

/** The file of an extra repository, as the script reads it; signatures are checked unless the cluster file disables that. */
function extraFile(repository: ExtraRepository): string {
  const { id, name, baseurl, mirrorlist, metalink, gpgkey, gpgcheck, priority, enabled, sslverify } =
    repository;
  const verify = sslverify === undefined ? undefined : Number(sslverify);
  const settings = { baseurl: baseurl?.join(' '), mirrorlist, metalink, gpgkey, priority, sslverify: verify };
  const rows = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${oneLine(String(value))}`],
  );
  const check = gpgcheck === false ? 0 : 1;
  const head = ['# Written by Stackprep.', `[${id}]`, `name=${oneLine(name ?? id)}`];
  return [...head, ...rows, `enabled=${enabled === false ? 0 : 1}`, `gpgcheck=${check}`]
    .map((line) => `${id} ${line}\n`)
    .join('');
}

export const script = scriptFrom(
  repositoriesSh,
  ({ cluster }) => {
    const release = wantedRelease(cluster);
    const extra = new Map(cluster.repositories.extra.map((each) => [each.id, extraFile(each)]));
    const companions = Object.entries(companionRepository).map(([el, id]) => `${el} ${id}\n`);
    return {
      repositories_release: release ?? '',
      repositories_packages: release === undefined ? '' : releasePackages(release),
      repositories_companions: companions.join(''),
      repositories_dead: deadRepositoryHosts,
      repositories_archives: archives(cluster.repositories.archive),
      repositories_epel: cluster.repositories.epel,
      repositories_source: cluster.repositories.source,
      repositories_extra: [...extra.values()].join(''),
    };
  },
  [repositoryFilesSh, repositoryArchiveSh, repositorySourceSh, epelFenceSh],
);
