import { msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { PackageNames } from '../../data/packages.ts';
import { findRelease } from '../../data/releases.ts';
import type { StepInfo } from '../common/definition.ts';

/** The release whose repository the step sets up; undefined if the cluster file does not want it. */
export function wantedRelease({ openstack, repositories }: Cluster): string | undefined {
  return repositories.rdo === 'enabled' ? openstack.release : undefined;
}

/** The release package by EL version, for the plan; source: rdo-infra/centos-release-openstack. */
function releasePackage(release: string): PackageNames {
  const generations = findRelease(release)?.el ?? [];
  return Object.fromEntries(generations.map((el) => [el, `centos-release-openstack-${release}`]));
}

export const repositories: StepInfo = {
  id: 'repositories',
  title: msg('Repositories of the OpenStack release'),
  what: msg(
    'Points repositories whose mirrors are gone at the archive, installs the RDO release package for the release and system in place of any other, enables CRB or PowerTools, disables or restricts EPEL, and writes the extra repositories. With another `source`, disables all repositories that are not of that source.',
  ),
  why: msg(
    'EPEL replaces packages that RDO needs, two release packages define the same repositories twice, and a single dead repository makes yum and dnf fail.',
  ),
  undo: msg(
    'Undo takes the step’s changes to the .repo files back; later manual changes stay. The packages stay, too: remove the release package with yum or dnf.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) =>
    wantedRelease(cluster) !== undefined ||
    cluster.repositories.extra.length > 0 ||
    cluster.repositories.source !== 'system',
  intent: ({ cluster }) => {
    const release = wantedRelease(cluster);
    return {
      ...(release === undefined ? {} : { packages: [releasePackage(release)], release, companion: true }),
      withoutEpel: cluster.repositories.epel === 'disabled',
    };
  },
};
