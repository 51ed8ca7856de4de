/**
 * A suffix for the network namespace of this process's lab, empty for the host's own. Labs in different namespaces are
 * independent of each other: each has its own network and its own names for folder, control groups and containers.
 */
export const namespaceSuffix = process.env.STACKPREP_LAB_NAMESPACE ?? '';

/** /sys shows the interfaces of the network namespace that it was mounted in; the control groups are bound again. */
const enter = `set -eu
ip link set lo up
groups=$(mktemp -d)
mount --rbind /sys/fs/cgroup "$groups"
mount -t sysfs sysfs /sys
mount --rbind "$groups" /sys/fs/cgroup
umount -l "$groups"
rmdir "$groups"
exec "$@"`;

/** The command line that runs a program in a new namespace; the caller sets `STACKPREP_LAB_NAMESPACE` to a unique suffix. */
export function inNewNamespace(argv: readonly string[]): readonly string[] {
  return ['unshare', '--net', '--mount', '--propagation', 'private', 'sh', '-c', enter, 'sh', ...argv];
}
