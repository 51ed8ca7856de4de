import { type Message, msg } from '../base/l10n.ts';

/** The texts of the reasons of step disks. */
export const diskReasons: Readonly<Record<string, (...args: readonly string[]) => Message>> = {
  'disk-missing': (disk = '') =>
    msg('The node has no disk {0}. `lsblk` on the node lists its disks; nothing was changed.', disk),
  'disk-unreadable': (disk = '') => msg('{0} cannot be read, so its content is unknown.', disk),
  'disk-mounted': (disk = '', places = '') =>
    msg('{0} is in use: {1}. Stackprep only takes empty disks.', disk, places),
  'disk-has-parts': (disk = '', parts = '') =>
    msg('{0} has partitions or is in use by other devices: {1}.', disk, parts),
  'disk-in-group': (disk = '', group = '') => msg('{0} is in the volume group {1}.', disk, group),
  'disk-has-data': (disk = '', types = '') =>
    msg(
      '{0} is not empty: {1}. If it is not needed, remove it on the node with `wipefs -a {0}`, and run the step again.',
      disk,
      types,
    ),
  'disk-loop-file': (group = '', file = '', device = '') =>
    msg(
      'The volume group {0} is in the loop file {1} ({2}), as Packstack makes it for tests. Remove its volumes and the group, or remove the disks from the cluster file.',
      group,
      file,
      device,
    ),
  'disk-group-elsewhere': (group = '', device = '') =>
    msg('There is a volume group {0} on {1}, which the cluster file does not name.', group, device),
  'disk-not-prepared': (disk = '', use = '') => msg('{0} is not prepared for {1}.', disk, use),
  'disk-owner': (place = '') => msg('{0} does not belong to the user swift.', place),
  'disk-not-of-system': (disk = '') =>
    msg(
      'What is mounted here is on {0}, which the filter of LVM would hide. Add its disk to `disks.system`.',
      disk,
    ),
  'disk-group-used': (disk = '', volumes = '') =>
    msg('{0} holds logical volumes ({1}), so it stays. Delete the volumes first.', disk, volumes),
  'disk-files-kept': (disk = '', place = '') =>
    msg('{0} has files in {1}, so it stays. Remove them first.', disk, place),
};
