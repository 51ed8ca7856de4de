/**
 * The room that this process's lab stands in, empty for the machine itself. Labs in different rooms know nothing of each
 * other: each room has a network of its own and its own names for folder, control groups and machines.
 */
export const room = process.env.STACKPREP_LAB_ROOM ?? '';

/** /sys shows the interfaces of the network that it was mounted in; the control groups stay as they are. */
const enter = `set -eu
ip link set lo up
groups=$(mktemp -d)
mount --rbind /sys/fs/cgroup "$groups"
mount -t sysfs sysfs /sys
mount --rbind "$groups" /sys/fs/cgroup
umount -l "$groups"
rmdir "$groups"
exec "$@"`;

/** The command line that runs a program in a fresh room; the caller sets `STACKPREP_LAB_ROOM` to a name that no other has. */
export function inFreshRoom(argv: readonly string[]): readonly string[] {
  return ['unshare', '--net', '--mount', '--propagation', 'private', 'sh', '-c', enter, 'sh', ...argv];
}
