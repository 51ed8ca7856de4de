import { msg } from '../base/l10n.ts';
import { osIds } from '../data/operating-systems.ts';
import {
  choice,
  flag,
  integer,
  list,
  looseText,
  named,
  object,
  optional,
  record,
  text,
  usually,
  withLone,
} from '../schema/schema.ts';
import { bonds, nodeNetwork } from './network-schema.ts';
import { repositories } from './repositories-schema.ts';
import { kernel, nodeSystem } from './system-schema.ts';

const port = usually(integer(1, 65_535), '22');
const identity = optional(
  usually(named('key-file'), '~/.ssh/id_ed25519', '~/.ssh/id_rsa'),
  msg('Private key file. ~ is your home folder.'),
  'key',
  'key-file',
  'keyfile',
  'identity-file',
  'identityfile',
  'private-key',
);
const jump = optional(
  named('jump'),
  msg('Jump host: a Host of the ssh config, or user@host:port.'),
  'bastion',
  'proxy-jump',
  'proxyjump',
  'jump-host',
);
const become = optional(
  choice('none', 'sudo'),
  msg('How the user becomes root: none (the user is root) or sudo.'),
);
const user = optional(usually(named('login'), 'root'), msg('User to log in as.'), 'username', 'login');
const sshPort = optional(port, msg('Port of sshd.'));

/** How SSH logs in: keys of `ssh`, of a group and of a node. */
const login = { port: sshPort, user, identity, jump, become };

const os = optional(
  choice(...osIds),
  msg('Operating system, if different from system.os. It is checked against the release, never changed.'),
  'distribution',
  'distro',
);

const disk = usually(named('disk'), '/dev/sdb', '/dev/vdb', '/dev/nvme1n1');
const disks = optional(
  object({
    'cinder-volumes': optional(
      list(disk),
      msg('Disks of the LVM volume group cinder-volumes, where Cinder has its volumes.'),
      'cinder',
      'lvm',
    ),
    swift: optional(
      list(disk),
      msg('Disks of Swift: they get XFS and are mounted under /srv/node.'),
      'object-storage',
    ),
    system: optional(
      list(disk),
      msg(
        'Disks of the operating system, if it is on LVM. LVM then uses only these and those of cinder-volumes, and does not open what instances have on their volumes.',
      ),
      'os',
      'root',
    ),
  }),
  msg(
    'Disks of a node, as paths below /dev: empty ones for OpenStack, and those of the system. An empty disk with anything on it is refused.',
  ),
  'devices',
);

/** What a group and a node can set. */
const settings = {
  ...login,
  os,
  networks: optional(
    record(nodeNetwork, 'network'),
    msg('What differs in the networks: interfaces, addresses, routes.'),
  ),
  bonds,
  disks,
  system: optional(nodeSystem, msg('Settings of the operating system that differ from those of the file.')),
  kernel: optional(
    kernel,
    msg(
      'Kernel parameters, modules and limits in addition to those of the file. The same parameter has the value given here.',
    ),
  ),
  sshd: optional(
    record(looseText, 'sshd'),
    msg('Settings of sshd_config that differ from those of the file, or are added.'),
  ),
  repositories: optional(
    repositories,
    msg('What differs in the repositories. Those under extra are added; one with the same id replaces it.'),
  ),
};

/** The settings of all nodes with a role. */
export const group = object(settings);

/** A node as written. */
export const node = withLone(
  object({
    address: optional(
      named('address'),
      msg(
        'Address in the management network, or a name that resolves; without it, the node’s own name. In a range of nodes, [first:last] counts up with the name, and so do the addresses from the first to the last (10.0.0.1 - 10.0.1.44).',
      ),
      'ip',
      'addr',
      'ip-address',
      'ipaddress',
    ),
    roles: optional(
      list(named('role')),
      msg('Roles of the node: controller, compute, storage, network, or your own words.'),
    ),
    host: optional(
      text,
      msg('Host that SSH connects to, if different from the address.'),
      'hostname',
      'ssh-host',
    ),
    ...settings,
  }),
  'address',
);

/** How to connect to the nodes. */
export const ssh = object({
  user,
  port: sshPort,
  identity,
  jump,
  become,
  'between-nodes': optional(
    flag,
    msg(
      'Whether ssh-keys also lets root on each node log in to the other nodes, with their host keys known.',
    ),
  ),
});
