import { msg } from '../../base/l10n.ts';
import type { ClusterNode, DiskUse } from '../../cluster/model.ts';
import type { PackageNames } from '../../data/packages.ts';
import type { StepContext, StepInfo } from '../common/definition.ts';

/** The packages of a use of disks. Since EL8, the unit rsyncd is in a separate package. Source: IG. */
export const diskPackages: Readonly<Record<DiskUse, readonly PackageNames[]>> = {
  'cinder-volumes': [
    { 7: 'lvm2', 8: 'lvm2', 9: 'lvm2' },
    {
      7: 'device-mapper-persistent-data',
      8: 'device-mapper-persistent-data',
      9: 'device-mapper-persistent-data',
    },
  ],
  swift: [
    { 7: 'xfsprogs', 8: 'xfsprogs', 9: 'xfsprogs' },
    { 7: 'rsync', 8: 'rsync-daemon', 9: 'rsync-daemon' },
  ],
  system: [{ 7: 'lvm2', 8: 'lvm2', 9: 'lvm2' }],
};

/** The disks of a node that the step prepares: Packstack formats those of Swift itself. */
export function disksOf(
  { cluster }: Pick<StepContext, 'cluster'>,
  { own }: Pick<ClusterNode, 'own'>,
): readonly (readonly [DiskUse, readonly string[]])[] {
  const { 'cinder-volumes': volumes = [], swift = [], system = [] } = own?.disks ?? {};
  return [
    ['cinder-volumes', volumes] as const,
    ['swift', cluster.openstack.installer === 'packstack' ? [] : swift] as const,
    ['system', system] as const,
  ].filter(([, devices]) => devices.length > 0);
}

export const disks: StepInfo = {
  id: 'disks',
  title: msg('Disks of Cinder and Swift'),
  what: msg(
    'Makes empty disks the LVM volume group cinder-volumes with a filter in lvm.conf, or formats them with XFS and mounts them under /srv/node with rsync for Swift. A disk with anything on it is refused, and the step says what that is. With disks of the system, the filter accepts nothing else.',
  ),
  why: msg(
    'The volume service of Cinder and the servers of Swift need a place for their data. A compute node with LVM must not open the volume groups that instances make on their volumes.',
  ),
  undo: msg(
    'Undo takes away only what the step has made, and only if it is empty: with logical volumes in the group or files on a disk of Swift, nothing is changed. The packages stay.',
  ),
  reverts: true,
  drifts: true,
  nodes: (cluster) =>
    cluster.nodes.flatMap((node) => (disksOf({ cluster }, node).length > 0 ? [node.name] : [])),
  impliedBy: (cluster) => cluster.nodes.some((node) => disksOf({ cluster }, node).length > 0),
  intent: ({ cluster, node }) => {
    const uses = disksOf({ cluster }, node);
    const isSwift = uses.some(([use]) => use === 'swift');
    return {
      packages: uses.flatMap(([use]) => diskPackages[use]),
      disks: Object.fromEntries(uses),
      ...(isSwift ? { files: ['/etc/fstab', '/etc/rsyncd.conf'], services: { rsyncd: 'enabled' } } : {}),
    };
  },
};
