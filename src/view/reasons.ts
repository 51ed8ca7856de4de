import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Reason } from '../base/states.ts';
import { jobReasons } from './job-reasons.ts';
import { currentCode } from './renamed-codes.ts';
import { systemReasons } from './system-reasons.ts';

/** Where a node keeps what was there before a change. */
const keptFolder = '/var/lib/stackprep/kept';

/** The texts of the reasons that the nodes' scripts give, by code. */
const texts: Readonly<Record<string, (...args: readonly string[]) => Message>> = {
  ...jobReasons,
  ...systemReasons,
  'package-missing': (name = '') => msg('{0} is not installed.', name),
  'no-package-for-system': (system = '') => msg('There is no such package for {0}.', system),
  'file-missing': (path = '') => msg('{0} is missing.', path),
  'file-differs': (path = '') => msg('{0} is not as described.', path),
  'setting-missing': (path = '', key = '') => msg('{0} does not set {1} as described.', path, key),
  'hosts-block-broken': (path = '') =>
    msg('The stackprep block in {0} has no end or no beginning; fix it by hand.', path),
  'hostname-differs': (now = '', wanted = '') => msg('The node calls itself {0}, not {1}.', now, wanted),
  'timezone-differs': (now = '', wanted = '') => msg('The time zone is {0}, not {1}.', now, wanted),
  'timezone-unknown': (zone = '') => msg('The node knows no time zone {0}.', zone),
  'selinux-mode-differs': (now = '', wanted = '') => msg('SELinux runs as {0}, not as {1}.', now, wanted),
  'selinux-relabel': () =>
    msg('SELinux is disabled: the next reboot will label the whole disk, which takes minutes.'),
  'selinux-relabel-first': () =>
    msg(
      'SELinux is disabled, and enforcing on an unlabelled disk can keep the node from booting: set permissive, reboot, then enforcing.',
    ),
  'selinux-off-in-kernel': () =>
    msg('The kernel was started with selinux=0; take that out of its command line first.'),
  'selinux-relabel-at-reboot': () =>
    msg('SELinux stays disabled until the reboot, which labels the whole disk and takes minutes.'),
  'selinux-disabled-at-reboot': () => msg('SELinux is permissive now and disabled after the next reboot.'),
  'selinux-at-reboot': (mode = '') => msg('SELinux is {0} again after the next reboot.', mode),
  'service-not-enabled': (unit = '') => msg('{0} does not start with the system.', unit),
  'service-not-running': (unit = '') => msg('{0} is not running.', unit),
  'service-enabled': (unit = '') => msg('{0} starts with the system.', unit),
  'service-running': (unit = '') => msg('{0} is running.', unit),
  'port-closed': (port = '', zone = '') => msg('The firewall blocks {0} (zone {1}).', port.trim(), zone),
  'port-closed-at-boot': (port = '', zone = '') =>
    msg('The firewall will block {0} from the next boot on (zone {1}).', port.trim(), zone),
  'network-manager-only': (system = '') =>
    msg('On {0} nothing but NetworkManager can keep the network; it stays.', system),
  'no-ifcfg': (device = '', file = '') =>
    msg(
      'The network service would not keep {0}: {1} does not describe it. Run network-interfaces first.',
      device,
      file,
    ),
  'interface-missing': (device = '') =>
    msg('There is no interface {0}; ip link shows those of the node.', device),
  'interface-not-persistent': (device = '') =>
    msg('{0} does not come up as described at the next start.', device),
  'interface-down': (device = '') => msg('{0} is down.', device),
  'interface-has-address': (device = '') => msg('{0} has an address and must not have one.', device),
  'interface-in-use': (device = '') =>
    msg('{0} carries the node’s own address or its way out; it cannot be the provider interface.', device),
  'address-missing': (device = '', address = '') =>
    msg('{0} does not have the address {1}.', device, address),
  'address-on-other-interface': (address = '', now = '', wanted = '') =>
    msg('The address {0} is on {1}, not on {2}; correct the interface in the file.', address, now, wanted),
  'key-missing': (file = '', whose = '') => msg('{0} does not have the key {1}.', file, whose),
  'key-repeated': (file = '', whose = '') => msg('{0} has the key {1} more than once.', file, whose),
  'mode-wrong': (path = '', mode = '', owner = '') =>
    msg('{0} must have the mode {1} and belong to {2}.', path, mode, owner),
  'others-can-write': (path = '') => msg('Others can write in {0}; sshd then ignores the keys in it.', path),
  'path-is-link': (path = '', user = '') =>
    msg(
      '{0} is a symbolic link. Stackprep changes keys only in plain files and folders that belong to {1}: replace the link, then try again.',
      path,
      user,
    ),
  'path-owner-wrong': (path = '', owner = '', user = '') =>
    msg(
      '{0} belongs to {1}, not to {2}. Check what it is, give it to {2} with chown, then try again.',
      path,
      owner,
      user,
    ),
  'path-not-folder': (path = '') => msg('{0} is not a folder. Move it away, then try again.', path),
  'path-not-file': (path = '') => msg('{0} is not a regular file. Move it away, then try again.', path),
  'home-inaccessible': (path = '', user = '') =>
    msg('{1} cannot enter the home folder {0}. Create it and give it to {1}, then try again.', path, user),
  'folder-inaccessible': (path = '', user = '') =>
    msg('{1} could not read or change the keys in {0}; the log has the message.', path, user),
  'path-owner-unknown': (path = '') =>
    msg(
      '{0} was not restored: it is not known whose file it is. The former file is below {1}.',
      path,
      keptFolder,
    ),
  'selinux-context-wrong': (path = '') => msg('{0} does not have its SELinux context.', path),
  'user-unknown': (user = '') => msg('There is no user {0} on the node.', user),
  'public-key-unreadable': (identity = '') =>
    msg('The public key of {0} could not be read; run ssh-keys to have a key made.', identity),
  'key-not-generated': (identity = '', cause = '') =>
    msg('The key {0} could not be made: {1}', identity, cause),
  'identity-missing': () => msg('The file names no identity whose public key could be brought.'),
  'node-key-missing': () => msg('root of the node has no SSH key yet.'),
  'sshd-setting': (key = '', now = '', wanted = '') =>
    msg('sshd has {0} {1}, not {2}.', key, now === '' ? '-' : now, wanted),
  'sshd-config-broken': () =>
    msg('sshd cannot read its own configuration; the log has its message. Fix it first.'),
  'sshd-setting-refused': () =>
    msg('sshd of this node refuses one of the settings; the log has its message.'),
  'sshd-locks-out-root': () => msg('This would lock out root, the login user; the node was left as it is.'),
  'sshd-key-missing': (user = '') =>
    msg('Passwords would be refused, and {0} has no key of yours on the node; run ssh-keys first.', user),
  'sshd-both-ports': (wanted = '', now = '') =>
    msg(
      'sshd listens on {0} and still on {1}; set ssh.port to {0} and run sshd again to close {1}.',
      wanted,
      now,
    ),
  'packstack-needs-root': () =>
    msg('Packstack logs in to every node as root on port 22; leave that open until it has run.'),
  'locale-missing': (name = '') => msg('The locale {0} is not installed.', name),
  'updates-available': (count = '') => msg('{0} packages can be updated.', count),
  'check-update-failed': (code = '') =>
    msg('yum or dnf could not look for updates (exit code {0}); the log has its message.', code),
  'release-not-for-system': (release = '', system = '') =>
    msg('RDO has no {0} packages for {1}.', release, system),
  'other-release-installed': (...names) =>
    msg(
      'The release package {0} is installed; the run removes it, for two define the same repositories.',
      names.join(', '),
    ),
  'other-release-in-use': (names = '', built = '') =>
    msg(
      '{0} is installed and OpenStack runs from it ({1}); another release is an upgrade, which Stackprep leaves to you.',
      names.trim(),
      built.trim(),
    ),
  'mirror-gone': (ids = '') =>
    msg('The mirrors of these repositories are gone: {0}. The step points them at the archive.', ids.trim()),
  'epel-not-fenced': (files = '', words = '') =>
    msg(
      'EPEL can replace packages of RDO: in {0} it must have priority 100 and exclude {1}.',
      files.trim(),
      words,
    ),
  'priorities-not-loaded': () =>
    msg(
      'yum ignores the priorities of repositories: it does not load the plugin priorities. Set plugins=1 in /etc/yum.conf and enabled=1 in /etc/yum/pluginconf.d/priorities.conf.',
    ),
  'epel-offers': (names = '') =>
    msg('yum still offers packages of EPEL that another repository has too: {0}.', names),
  'repository-obsolete': (files = '') =>
    msg('The file no longer names the repositories of {0}.', files.trim()),
  'key-file-missing': (id = '', path = '') =>
    msg('{0} checks signatures with {1}, which is not there.', id, path),
  'repository-disabled': (id = '') => msg('The repository {0} is not enabled.', id),
  'epel-enabled': () => msg('EPEL is enabled; its packages replace those of RDO.'),
  'service-not-responding': (unit = '', where = '') => msg('{0} does not answer at {1}.', unit, where),
  'setting-not-in-effect': (name = '', found = '', wanted = '') =>
    msg('{0} is {1} in the running service, not {2}.', name, found, wanted),
  'no-address-in-network': (network = '') => msg('The node has no address in the network {0}.', network),
  'mariadb-root-denied': () =>
    msg('MariaDB does not let root in without a password; put it into /root/.my.cnf on the node.'),
  'mariadb-anonymous-users': () => msg('MariaDB has users without a name.'),
  'chrony-without-source': (servers = '') => msg('chronyd lists none of its time servers: {0}.', servers),
  'chrony-value-refused': (key = '', value = '') =>
    msg(
      '"{1}" cannot be written to chrony.conf: services.chrony.{0} takes host names and addresses only. Correct it in the cluster file.',
      key,
      value,
    ),
  'chrony-not-synchronised': () =>
    msg('chronyd has not chosen a time server yet; chronyc sources shows when it has.'),
  'etcd-unhealthy': (url = '') => msg('etcd is not healthy at {0}.', url),
  'etcd-members-unreachable': (urls = '') =>
    msg('These members of etcd do not answer: {0}. Run the step on them too.', urls),
  'etcd-members-differ': (urls = '') =>
    msg(
      'The etcd cluster was formed with other members ({0}); add or remove members with etcdctl, or empty /var/lib/etcd.',
      urls,
    ),
  'name-not-resolved': (name = '') => msg('The node does not resolve its own name {0}.', name),
  'secret-not-configured': (key = '') => msg('No secret is named for it; add {0} to the file.', key),
  'rabbitmq-user-missing': (user = '') => msg('RabbitMQ has no user {0}.', user),
  'rabbitmq-password-differs': (user = '') => msg('The password of {0} is not that of the secret.', user),
  'rabbitmq-permissions': (user = '') => msg('{0} has not all permissions on the virtual host /.', user),
  'rabbitmq-cookie-differs': () => msg('The Erlang cookie is not that of the secret.'),
  'rabbitmq-short-name': (name = '') =>
    msg(
      'RabbitMQ has to call itself {0}: its short name does not resolve, or another node has it too.',
      name,
    ),
  'rabbitmq-not-clustered': (first = '') => msg('RabbitMQ is not in one cluster with {0}.', first),
  'component-unconfigured': (name = '') =>
    msg('Stackprep installs the packages of {0}; it neither configures nor starts it.', name),
  'unit-unknown': (unit = '') => msg('systemd knows no unit {0}.', unit),
  'service-unreachable': (service = '', where = '') =>
    msg('{0} does not answer from this node at {1}; the component will need it.', service, where),
  'packstack-no-gateway': () =>
    msg('The node has no default gateway; Packstack then fails with “Local IP address discovery failed”.'),
  'packstack-no-interface': (name = '', host = '') =>
    msg('{1} has no interface {0}; Packstack’s answers name it for this host.', name, host),
  'packstack-role-reassigned': (role = '', node = '') =>
    msg('No node has the role {0}; {1} takes it over.', role, node),
  'packstack-node-unused': (node = '', roles = '') =>
    msg('Packstack installs nothing on {0} (roles: {1}).', node, roles),
  'packstack-no-root-login': (host = '') =>
    msg(
      'root of this node may not log in to root@{0} on port 22 by key; Packstack has to. The step ssh-keys can bring the key.',
      host,
    ),
  'packstack-not-run': () => msg('Packstack has not run to its end on this node.'),
  'packstack-answers-changed': () => msg('The answers have changed since Packstack ran.'),
  'packstack-answers-edited': (path = '') =>
    msg(
      '{0} was changed after the last run of Packstack; a run writes it again from the cluster file.',
      path,
    ),
  'packstack-root-login': () =>
    msg(
      'Packstack logs in to every node as root on port 22, at every run: leave PermitRootLogin at prohibit-password.',
    ),
  'packstack-network-manager': () =>
    msg(
      'NetworkManager is running; Packstack warns of it, and on EL7 and EL8 the network service should take over.',
    ),
  'packstack-locale': () => msg('/etc/environment sets no English LANG; RDO asks for en_US.utf-8 there.'),
  'packstack-memory': (size = '') =>
    msg('The node has {0} GB of memory; RDO asks for 16 for Packstack.', size),
  'packstack-reboot': (host = '') => msg('Reboot {0}: Packstack’s packages brought a new kernel.', host),
  'custom-not-run': () => msg('It has not run on this node in its present form.'),
  'custom-needed': (code = '') => msg('Its check ended with exit code {0}.', code),
  'custom-check-failed': (code = '') => msg('Its check could not be run (exit code {0}).', code),
  'check-failed': (code = '') => msg('The check ended unexpectedly with exit code {0}.', code),
  'check-unknown': () => msg('The state could not be found out, so nothing was changed.'),
  'not-root': (user = '') => msg('{0} is not root; connect as root or set become: sudo.', user),
  'apply-failed': (code = '') =>
    msg('It failed with exit code {0}; nothing after it was run on this node.', code),
  'verify-failed': () => msg('It ran, but the check after it still fails.'),
  'record-failed': (path = '') => msg('The record in {0} could not be written.', path),
  'reboot-needed': (newest = '', running = '') => msg('Reboot for {0}; {1} is running.', newest, running),
};

/** Every code that has a text, for the check that no script gives another. */
export const reasonCodes: readonly string[] = Object.keys(texts);

/** A reason as a sentence; a code without a text, which any program on a node can print, is quoted as it came. */
export function reasonText({ code, args }: Reason): Message {
  const text = own(texts, currentCode(code));
  return text ? text(...args) : msg('The node gave an unknown reason: "{0}".', [code, ...args].join(' '));
}
