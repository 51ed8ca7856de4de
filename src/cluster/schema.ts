import { msg } from '../base/l10n.ts';
import {
  choice,
  type Infer,
  list,
  looseText,
  matching,
  named,
  object,
  optional,
  record,
  required,
  text,
  textOr,
  withIgnored,
} from '../schema/schema.ts';
import { bonds, network } from './network-schema.ts';
import { group, node, ssh } from './node-schema.ts';
import { proxy, repositories } from './repositories-schema.ts';
import { rollout } from './rollout-schema.ts';
import { on, services, vip } from './services-schema.ts';
import { user as account, kernel, secret, system } from './system-schema.ts';

const customStep = object({
  name: required(
    matching(
      '^[A-Za-z0-9][A-Za-z0-9_.-]*$',
      msg('letters, digits, and _ . - after the first character'),
      'custom-step',
    ),
    msg('Name of the step.'),
  ),
  on,
  check: optional(named('shell'), msg('Shell command that exits with 0 if there is nothing to do.')),
  run: required(
    named('shell'),
    msg('Shell commands that apply the step. The step stops at the first command that fails.'),
  ),
});

/** The schema of the cluster file. */
export const clusterSchema = withIgnored(
  object({
    cluster: required(text, msg('Name of the cluster.'), 'name', 'cluster-name'),
    openstack: optional(
      object({
        release: optional(
          { ...looseText, means: 'release' },
          msg('OpenStack release: code name (stein) or number (2025.1).'),
          'version',
        ),
        installer: optional(choice('manual', 'packstack'), msg('How the components are installed.')),
        components: optional(list(named('component')), msg('OpenStack components of the cluster.')),
      }),
      msg('What to install.'),
    ),
    ssh: optional(ssh, msg('How to connect to the nodes. A group or a node can override each key.')),
    nodes: required(
      record(node, 'node'),
      msg('The nodes by name. A range such as compute[01:12] stands for several nodes.'),
      'hosts',
      'servers',
      'machines',
    ),
    networks: optional(
      record(network, 'network'),
      msg(
        'The networks by name. These names have a meaning: management (the addresses of the nodes), overlay or tunnel (between the hosts), storage, external (public addresses of the controllers), provider and provider-NAME (their interfaces join bridges of Neutron).',
      ),
    ),
    vip: optional(
      vip,
      msg('Virtual address (VIP) of the controllers, which Keepalived or Pacemaker moves between them.'),
      'virtual-ip',
      'virtual-address',
      'vip-address',
    ),
    bonds,
    groups: optional(
      record(group, 'role'),
      msg(
        'Settings for all nodes with a role, by the role. A node overrides them; with several roles, the first one in its list that has the setting counts.',
      ),
      'roles',
      'group-vars',
    ),
    proxy: optional(proxy, msg('Proxy of yum or dnf, of logins, and of pip.'), 'http-proxy'),
    repositories: optional(repositories, msg('Package repositories of the nodes.'), 'repos', 'yum', 'dnf'),
    system: optional(system, msg('Settings of the operating system.'), 'os'),
    kernel: optional(kernel, msg('Kernel parameters, kernel modules and login limits.')),
    users: optional(
      record(account, 'user'),
      msg('Users of the nodes by name, with keys and sudo; root has only keys and a password here.'),
      'accounts',
    ),
    sshd: optional(record(looseText, 'sshd'), msg('Settings of sshd_config by their own names.')),
    services: optional(services, msg('Services that OpenStack needs.')),
    packstack: optional(
      record(textOr(secret, looseText), 'answer'),
      msg('Packstack answers by their own names. They override the answers derived from this file.'),
    ),
    rollout: optional(
      rollout,
      msg('How a run goes through the nodes. Without this key, all nodes start at once.'),
      'policy',
      'strategy',
    ),
    steps: optional(
      list(textOr(customStep, named('step'))),
      msg('The order of the steps. Without this key, it is derived from the settings.'),
      'tasks',
    ),
  }),
  'x-',
);

/** The contents of a cluster file as written; missing keys are undefined. */
export type FileShape = Infer<typeof clusterSchema>;
