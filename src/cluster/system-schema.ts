import { msg } from '../base/l10n.ts';
import { kernelModules, limitItems } from '../data/kernel.ts';
import { osIds } from '../data/operating-systems.ts';
import {
  choice,
  list,
  looseText,
  matching,
  named,
  object,
  optional,
  record,
  required,
  secretObject,
  usually,
} from '../schema/schema.ts';

const onOff = choice('enabled', 'disabled');

/** The operating system settings that a group or a node can override. */
const ofNodes = {
  locale: optional(
    usually(
      matching('^[A-Za-z]{1,8}([_.@][A-Za-z0-9_.@-]+)?$', msg('a locale such as en_US.UTF-8')),
      'en_US.UTF-8',
      'ko_KR.UTF-8',
    ),
    msg('System locale.'),
  ),
  timezone: optional(named('time-zone'), msg('Time zone, such as Asia/Seoul.')),
  selinux: optional(choice('enforcing', 'permissive', 'disabled'), msg('SELinux mode.')),
  firewalld: optional(onOff, msg('The firewalld service.')),
  'network-manager': optional(onOff, msg('The NetworkManager service.')),
};

/** What a group or a node can override. */
export const nodeSystem = object(ofNodes);

/** Operating system settings. */
export const system = object({
  os: optional(
    choice(...osIds),
    msg('Operating system of the nodes. It is checked against the release, never changed.'),
  ),
  ...ofNodes,
  'hosts-file': optional(choice('managed', 'unmanaged'), msg('Whether to add all nodes to /etc/hosts.')),
  reboot: optional(
    choice('never', 'when-needed'),
    msg('Whether a run reboots a node when an upgrade requires it: never, unless set to when-needed.'),
  ),
});

const module = usually(
  matching('^[A-Za-z0-9_-]{1,56}$', msg('the name of a module: letters, digits, and _ -'), 'module'),
  ...kernelModules.map(({ name }) => name),
);

const limit = object({
  domain: required(
    usually(
      matching('^(\\*|%|[@%]?[A-Za-z0-9_.][A-Za-z0-9_.-]{0,31})$', msg('a user, @ and a group, or *')),
      '*',
    ),
    msg('Whom the limit applies to: a user, @ and a group, or * for everyone else.'),
    'user',
  ),
  type: optional(choice('soft', 'hard', 'both'), msg('Type of the limit. Without this key: both.')),
  item: required(choice(...limitItems), msg('What is limited, by the name in limits.conf(5).')),
  value: required(
    {
      ...matching('^(-?[0-9]{1,19}|unlimited|infinity)$', msg('a whole number, or unlimited')),
      loose: true,
      usual: ['65536', 'unlimited'],
    },
    msg('Value of the limit, in the unit of limits.conf(5).'),
  ),
});

/** Kernel parameters, kernel modules and login limits. */
export const kernel = object({
  sysctl: optional(
    record(looseText, 'sysctl'),
    msg('Kernel parameters by their own names, such as net.ipv4.ip_forward.'),
    'parameters',
  ),
  modules: optional(list(module), msg('Kernel modules to load, now and at every boot.'), 'module'),
  limits: optional(
    list(limit),
    msg('Login limits, as lines of limits.conf(5). For services, systemd sets the limits.'),
    'ulimits',
  ),
});

/** A named secret. */
export const secret = secretObject({
  secret: required(
    named('secret'),
    msg('Name of the secret. Its value is prompted for, or read from the secret storage.'),
  ),
});

const group = usually(
  matching('^[a-z_][a-z0-9_-]{0,31}$', msg('the name of a group: small letters, digits, and _ -')),
  'wheel',
);

/** A user account on the nodes. */
export const user = object({
  groups: optional(list(group), msg('Groups besides its own; they must exist.'), 'group'),
  keys: optional(
    list(usually(named('key-file'), '~/.ssh/id_ed25519.pub', '~/.ssh/id_rsa.pub')),
    msg('Public keys that may log in: a key file of this computer, or the public key itself.'),
    'key',
    'authorized-keys',
    'authorized-key',
    'ssh-keys',
  ),
  sudo: optional(
    choice('nopasswd', 'password', 'none'),
    msg('Whether it may run everything by sudo, and whether sudo asks for its password.'),
  ),
  shell: optional(
    usually(matching('^(/[A-Za-z0-9._-]+)+$', msg('the absolute path of a program')), '/bin/bash'),
    msg('Login shell; where it is missing, a new user gets the node’s default.'),
  ),
  password: optional(secret, msg('Reference to the password.')),
});
