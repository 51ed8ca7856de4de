import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Reason } from '../base/states.ts';
import { diskReasons } from './disk-reasons.ts';
import { jobReasons } from './job-reasons.ts';
import { packageReasons } from './package-reasons.ts';
import { currentCode } from './renamed-codes.ts';
import { systemReasons } from './system-reasons.ts';

/** The location of backups on a node. */
const keptFolder = '/var/lib/stackprep/kept';

/** The texts of the reasons that the scripts report, by code. */
const texts: Readonly<Record<string, (...args: readonly string[]) => Message>> = {
  ...jobReasons,
  ...systemReasons,
  ...packageReasons,
  ...diskReasons,
  'package-missing': (name = '') => msg('{0} is not installed.', name),
  'no-package-for-system': (system = '') => msg('{0} is not available for this node.', system),
  'file-missing': (path = '') => msg('{0} is missing.', path),
  'file-differs': (path = '') => msg('{0} differs from the cluster file.', path),
  'setting-missing': (path = '', key = '') => msg('`{1}` in {0} differs from the cluster file.', path, key),
  'hosts-block-broken': (path = '') =>
    msg('The stackprep block in {0} has no beginning or no end. Fix it manually.', path),
  'hostname-differs': (now = '', wanted = '') => msg('The host name is {0}, not {1}.', now, wanted),
  'timezone-differs': (now = '', wanted = '') => msg('The time zone is {0}, not {1}.', now, wanted),
  'timezone-unknown': (zone = '') => msg('Time zone {0} does not exist on the node.', zone),
  'selinux-mode-differs': (now = '', wanted = '') => msg('SELinux is {0}, not {1}.', now, wanted),
  'selinux-relabel': () =>
    msg('SELinux is disabled. The next reboot relabels the whole disk, which takes minutes.'),
  'selinux-relabel-first': () =>
    msg(
      'SELinux is disabled. Enforcing on a disk without labels can keep the node from booting: set permissive, reboot, then set enforcing.',
    ),
  'selinux-off-in-kernel': () =>
    msg('The kernel was booted with selinux=0. Remove it from the kernel command line first.'),
  'selinux-relabel-at-reboot': () =>
    msg('SELinux stays disabled until the reboot, which relabels the whole disk and takes minutes.'),
  'selinux-disabled-at-reboot': () => msg('SELinux is permissive now, and disabled after the next reboot.'),
  'selinux-at-reboot': (mode = '') => msg('SELinux is {0} again after the next reboot.', mode),
  'service-not-enabled': (unit = '') => msg('{0} is not enabled.', unit),
  'service-not-running': (unit = '') => msg('{0} is not running.', unit),
  'service-enabled': (unit = '') => msg('{0} is enabled.', unit),
  'service-running': (unit = '') => msg('{0} is running.', unit),
  'port-closed': (port = '', zone = '') => msg('The firewall blocks {0} (zone {1}).', port.trim(), zone),
  'port-closed-at-boot': (port = '', zone = '') =>
    msg('The firewall will block {0} after the next boot (zone {1}).', port.trim(), zone),
  'network-manager-only': (system = '') =>
    msg('{0} has no network service other than NetworkManager. It stays enabled.', system),
  'no-ifcfg': (device = '', file = '') =>
    msg(
      'The network service would not bring up {0}: it is not configured in {1}. Run step `network-interfaces` first.',
      device,
      file,
    ),
  'interface-missing': (device = '') =>
    msg('There is no interface {0}. Run `ip link` on the node to list its interfaces.', device),
  'interface-not-persistent': (device = '') =>
    msg('After the next boot, {0} would not have the settings of the cluster file.', device),
  'mtu-differs': (device = '', mtu = '') => msg('{0} does not have the MTU {1}.', device, mtu),
  'interface-down': (device = '') => msg('{0} is down.', device),
  'interface-has-address': (device = '') => msg('{0} must not have an address.', device),
  'interface-in-use': (device = '') =>
    msg(
      '{0} has the node’s own address or its default route, so it cannot be the provider interface.',
      device,
    ),
  'address-missing': (device = '', address = '') =>
    msg('{0} does not have the address {1}.', device, address),
  'address-on-other-interface': (address = '', now = '', wanted = '') =>
    msg('The address {0} is on {1}, not on {2}. Fix the interface in the file.', address, now, wanted),
  'key-missing': (file = '', whose = '') => msg('{0} does not have the key {1}.', file, whose),
  // Of version 0.1.0.
  'key-repeated': (file = '', whose = '') => msg('{0} has the key {1} more than once.', file, whose),
  'key-restricted': (file = '', whose = '') =>
    msg('{0} has the key {1} only with the option `command=`, which replaces every command.', file, whose),
  'key-files-off': (user = '') =>
    msg('sshd accepts no keys of {0}: AuthorizedKeysFile is `none`. Change it in sshd_config first.', user),
  'key-file-elsewhere': (file = '', user = '') =>
    msg(
      'sshd looks for the keys of {1} in {0}, which is neither in the folder .ssh nor below folders that only root can write. Add the key there.',
      file,
      user,
    ),
  'mode-wrong': (path = '', mode = '', owner = '') =>
    msg('{0} must have mode {1} and owner {2}.', path, mode, owner),
  'others-can-write': (path = '') =>
    msg('{0} is writable by other users. sshd ignores the keys in it.', path),
  'path-is-link': (path = '', user = '') =>
    msg(
      '{0} is a symbolic link. Stackprep changes keys only in regular files and folders owned by {1}. Replace the link and try again.',
      path,
      user,
    ),
  'path-owner-wrong': (path = '', owner = '', user = '') =>
    msg(
      'The owner of {0} is {1}, not {2}. Check the file, change its owner to {2} with chown, and try again.',
      path,
      owner,
      user,
    ),
  'path-not-folder': (path = '') => msg('{0} is not a folder. Move it and try again.', path),
  'path-not-file': (path = '') => msg('{0} is not a regular file. Move it and try again.', path),
  'home-inaccessible': (path = '', user = '') =>
    msg('{1} cannot access the home folder {0}. Create it, make {1} its owner, and try again.', path, user),
  'folder-inaccessible': (path = '', user = '') =>
    msg('{1} could not read or change the keys in {0}. See the log for the message.', path, user),
  'path-owner-unknown': (path = '') =>
    msg(
      '{0} was not restored, because its owner is unknown. The former file is under {1}.',
      path,
      keptFolder,
    ),
  'selinux-context-wrong': (path = '') => msg('The SELinux context of {0} is wrong.', path),
  'user-unknown': (user = '') => msg('There is no user {0} on the node.', user),
  'public-key-unreadable': (identity = '') =>
    msg('The public key of {0} cannot be read. Run step `ssh-keys` to create a key.', identity),
  'key-not-generated': (identity = '', cause = '') => msg('Cannot create the key {0}: {1}', identity, cause),
  'identity-missing': () => msg('The cluster file names no identity, so there is no public key to install.'),
  'node-key-missing': () => msg('root has no SSH key on the node yet.'),
  'sshd-setting': (key = '', now = '', wanted = '') =>
    msg('{0} of sshd is {1}, not {2}.', key, now === '' ? '-' : now, wanted),
  'sshd-config-broken': () =>
    msg('sshd cannot read its configuration. Fix it first; see the log for the message.'),
  'sshd-setting-refused': () => msg('sshd rejects one of the settings. See the log for the message.'),
  'sshd-locks-out-root': () => msg('This would lock out root, the login user. Nothing was changed.'),
  'sshd-set-in': (file = '', line = '', text = '') =>
    msg(
      '{0}, line {1}, has precedence: `{2}`. Change that line, or the value in the cluster file.',
      file,
      line,
      text.trim(),
    ),
  'sshd-key-missing': (user = '') =>
    msg(
      'Passwords would be refused, but {0} has none of your keys on the node. Run step `ssh-keys` first.',
      user,
    ),
  'sshd-both-ports': (wanted = '', now = '') =>
    msg(
      'sshd listens on {0} and still on {1}. Set ssh.port to {0} and run step `sshd` again to close {1}.',
      wanted,
      now,
    ),
  'packstack-needs-root': () =>
    msg('Packstack logs in to every node as root on port 22. Leave it open until Packstack has run.'),
  'locale-missing': (name = '') => msg('The locale {0} is not installed.', name),
  'updates-available': (count = '') => msg('{0} packages can be updated.', count),
  'check-update-failed': (code = '') =>
    msg('yum or dnf could not check for updates (exit code {0}). See the log for the message.', code),
  'release-not-for-system': (release = '', system = '') =>
    msg('RDO has no {0} packages for {1}.', release, system),
  'other-release-installed': (...names) =>
    msg(
      'The release package {0} is installed as well. A run removes it, because both define the same repositories.',
      names.join(', '),
    ),
  'other-release-in-use': (names = '', built = '') =>
    msg(
      '{0} is installed, and OpenStack runs from it ({1}). Changing to another release is an upgrade, which Stackprep does not do.',
      names.trim(),
      built.trim(),
    ),
  'mirror-gone': (ids = '') =>
    msg('The mirrors of these repositories are gone: {0}. The step points them at the archive.', ids.trim()),
  'epel-not-fenced': (files = '', words = '') =>
    msg(
      'EPEL can replace packages of RDO. In {0} it must have priority 100 and exclude {1}.',
      files.trim(),
      words,
    ),
  'priorities-not-loaded': () =>
    msg(
      'yum ignores repository priorities, because it does not load the plugin priorities. Set plugins=1 in /etc/yum.conf and enabled=1 in /etc/yum/pluginconf.d/priorities.conf.',
    ),
  'epel-offers': (names = '') =>
    msg('yum still offers EPEL packages that another repository also has: {0}.', names),
  'repository-obsolete': (files = '') =>
    msg('The repositories of {0} are no longer in the cluster file.', files.trim()),
  'key-file-missing': (id = '', path = '') =>
    msg('{0} checks signatures with {1}, but that file does not exist.', id, path),
  'repository-disabled': (id = '') => msg('The repository {0} is not enabled.', id),
  'epel-enabled': () => msg('EPEL is enabled. Its packages replace those of RDO.'),
  'service-not-responding': (unit = '', where = '') => msg('{0} does not respond at {1}.', unit, where),
  'setting-not-in-effect': (name = '', found = '', wanted = '') =>
    msg('{0} is {1} in the running service, not {2}.', name, found, wanted),
  'no-address-in-network': (network = '') => msg('The node has no address in the network {0}.', network),
  'mariadb-root-denied': () =>
    msg(
      'MariaDB does not allow root to log in without a password. Put the password in /root/.my.cnf on the node.',
    ),
  'mariadb-anonymous-users': () => msg('MariaDB has anonymous users.'),
  'chrony-without-source': (servers = '') =>
    msg('chronyd does not use the configured time servers: {0}.', servers),
  'chrony-value-refused': (key = '', value = '') =>
    msg(
      '"{1}" cannot be written to chrony.conf: services.chrony.{0} takes host names and addresses only. Fix it in the cluster file.',
      key,
      value,
    ),
  'chrony-not-synchronised': () =>
    msg('chronyd has not selected a time server yet. See `chronyc sources` on the node.'),
  'chrony-obstacle': (file = '', line = '', text = '') =>
    msg(
      '{0}, line {1}, prevents what the cluster file wants: `{2}`. Remove or change that line; nothing was changed.',
      file,
      line,
      text.trim(),
    ),
  'chrony-refuses': (address = '') =>
    msg(
      'chronyd does not answer {0}, although the cluster file allows it: a later `deny` has precedence.',
      address,
    ),
  'memcached-port': (port = '', file = '') =>
    msg('memcached uses port {0} ({1}), not 11211, the usual one in settings of OpenStack.', port, file),
  'etcd-data-kept': (folder = '', file = '') =>
    msg('{1} has its own folder for data, {0}. It stays, since other data would seem lost.', folder, file),
  'etcd-unhealthy': (url = '') => msg('etcd is not healthy at {0}.', url),
  'etcd-members-unreachable': (urls = '') =>
    msg('These etcd members do not respond: {0}. Run the step on them as well.', urls),
  'etcd-members-differ': (urls = '') =>
    msg(
      'The etcd cluster was created with other members ({0}). Add or remove members with etcdctl, or empty /var/lib/etcd.',
      urls,
    ),
  'name-not-resolved': (name = '') => msg('The node cannot resolve its own name {0}.', name),
  'secret-not-configured': (key = '') => msg('It refers to no secret. Add {0} to the file.', key),
  'rabbitmq-user-missing': (user = '') => msg('RabbitMQ has no user {0}.', user),
  'rabbitmq-password-differs': (user = '') => msg('The password of {0} differs from the secret.', user),
  'rabbitmq-permissions': (user = '') => msg('{0} lacks permissions on the virtual host /.', user),
  'rabbitmq-cookie-differs': () => msg('The Erlang cookie differs from the secret.'),
  'rabbitmq-short-name': (name = '') =>
    msg(
      'The node name of RabbitMQ must be {0}: the short name does not resolve, or another node has it.',
      name,
    ),
  'rabbitmq-not-clustered': (first = '') => msg('RabbitMQ is not in a cluster with {0}.', first),
  'component-unconfigured': (name = '') =>
    msg('Stackprep installs the packages of {0}, but does not configure or start it.', name),
  'unit-unknown': (unit = '') => msg('systemd has no unit {0}.', unit),
  'service-unreachable': (service = '', where = '') =>
    msg('{0} does not respond from this node at {1}. The component needs it.', service, where),
  'packstack-no-gateway': () =>
    msg('The node has no default gateway. Packstack then fails with “Local IP address discovery failed”.'),
  'packstack-no-interface': (name = '', host = '') =>
    msg('{1} has no interface {0}, but the Packstack answers name it for this host.', name, host),
  'packstack-role-reassigned': (role = '', node = '') =>
    msg('No node has the role {0}. {1} takes its place.', role, node),
  'packstack-node-unused': (node = '', roles = '') =>
    msg('Packstack installs nothing on {0} (roles: {1}).', node, roles),
  'packstack-no-root-login': (host = '') =>
    msg(
      'root on this node cannot log in to root@{0} on port 22 with a key, which Packstack requires. Step `ssh-keys` can install the key.',
      host,
    ),
  'packstack-not-run': () => msg('Packstack has not completed on this node.'),
  'packstack-answers-changed': () => msg('The answers have changed since Packstack last ran.'),
  'packstack-answers-edited': (path = '') =>
    msg(
      '{0} was changed after the last run of Packstack. A run writes it again from the cluster file.',
      path,
    ),
  'packstack-root-login': () =>
    msg(
      'Packstack logs in to every node as root on port 22 at every run. Keep PermitRootLogin at prohibit-password.',
    ),
  'packstack-network-manager': () =>
    msg(
      'NetworkManager is running. Packstack warns about it; on EL7 and EL8, use the network service instead.',
    ),
  'packstack-locale': () => msg('/etc/environment does not set LANG to English. RDO requires en_US.utf-8.'),
  'packstack-memory': (size = '') =>
    msg('The node has {0} GB of memory. RDO requires 16 GB for Packstack.', size),
  'packstack-reboot': (host = '') => msg('Reboot {0}: Packstack installed a new kernel.', host),
  'custom-not-run': () => msg('The current version of this step has not run on this node.'),
  'custom-needed': (code = '') => msg('The check of the custom step ended with exit code {0}.', code),
  'custom-check-failed': (code = '') =>
    msg('The check of the custom step could not be run (exit code {0}).', code),
  'check-failed': (code = '') => msg('The check ended unexpectedly with exit code {0}.', code),
  'check-unknown': () => msg('The state of the step is unknown, so nothing was changed.'),
  'not-root': (user = '') => msg('{0} is not root. Log in as root, or set become: sudo.', user),
  'apply-failed': (code = '') =>
    msg('The step failed with exit code {0}. The steps after it were not run on this node.', code),
  'verify-failed': () => msg('The step ran, but the check still reports it as needed.'),
  'record-failed': (path = '') => msg('Cannot write the record in {0}.', path),
  'reboot-needed': (newest = '', running = '') =>
    msg('Reboot to use {0}. The running kernel is {1}.', newest, running),
};

/** All codes with a text, to check that scripts use no others. */
export const reasonCodes: readonly string[] = Object.keys(texts);

/** A reason as a sentence; an unknown code, which any program on a node can print, is quoted. */
export function reasonText({ code, args }: Reason): Message {
  const text = own(texts, currentCode(code));
  return text ? text(...args) : msg('The node reported an unknown reason: "{0}".', [code, ...args].join(' '));
}
