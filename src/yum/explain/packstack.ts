import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step } from './known-failure.ts';

/** Packstack stopped (PS 26.0.0 where no other source is named); the general reports come last. */
export const packstackFailures: readonly KnownFailure[] = [
  {
    id: 'packstack-gateway',
    source: 'PS network.py',
    area: 'system',
    level: 'error',
    pattern: /Local IP address discovery failed/,
    tell: () => ({
      cause: msg('The controller has no default route, and Packstack finds its own address by it.'),
      advice: msg('Set a default gateway on the controller.'),
    }),
  },
  {
    id: 'packstack-port',
    source: 'PS validators.py',
    area: 'system',
    level: 'error',
    pattern: /Given host does not listen on port 22: (\S+)/,
    tell: (host = '') => ({
      cause: msg(
        'Packstack comes to every host on port 22, and nothing answers there on {0}, or its name is not known.',
        host,
      ),
      advice: msg('Let sshd listen on port 22 of that host, open the port, and check its name and address.'),
    }),
  },
  {
    id: 'packstack-answer',
    source: 'PS output_messages.py',
    area: 'system',
    level: 'error',
    pattern: /^ERROR : Failed handling answer file: (.+)/,
    tell: (reason = '') => ({
      cause: msg('Packstack does not take the answer file: {0}', reason),
      advice: msg(
        'Open the answer file in the editor or run stackprep validate on it; values have no quotes and no comment after them.',
      ),
    }),
  },
  {
    id: 'packstack-repository',
    source: 'PS prescript_000.py',
    area: 'system',
    level: 'error',
    pattern: /Failed to set RDO repo on host (\S+):/,
    tell: (host = '') => ({
      cause: msg('On {0} the RDO release package is there, but its repository file is not.', host),
      advice: msg('Run the step repositories on that node, then Packstack again.'),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'packstack-package',
    source: 'PS modules/puppet.py',
    area: 'system',
    level: 'error',
    pattern: /Package (\S+) has not been found in enabled Yum repos/,
    tell: (name = '') => ({
      cause: msg('No enabled repository has the package {0} that Packstack needs.', name),
      advice: msg('Run the step repositories on all nodes, then Packstack again with the same answer file.'),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'packstack-auditd',
    source: 'prereqs.pp; redhat-openstack/website#1438',
    area: 'system',
    level: 'error',
    pattern: /Systemd start for auditd failed/,
    tell: () => ({
      cause: msg('auditd does not start, and Packstack needs it to run.'),
      advice: msg('See systemctl status auditd on that node; it cannot run in a container.'),
    }),
  },
  {
    id: 'packstack-selinux',
    source: 'RDO documentation, selinux-issues; PS commit 7740e26d of 2013-04-24 removed the call',
    area: 'system',
    level: 'error',
    pattern: /setenforce 0 returned 1 instead of one of \[0\]/,
    tell: () => ({
      cause: msg('SELinux is disabled, and a Packstack from before May 2013 calls setenforce 0.'),
      advice: msg(
        'Use a later Packstack, which takes SELinux as it is; or set system.selinux to permissive, run the step selinux and reboot the node.',
      ),
      remedies: [set('system.selinux', 'permissive'), step('selinux')],
    }),
  },
  {
    id: 'packstack-remote',
    source: 'PS utils/shell.py',
    area: 'system',
    level: 'error',
    pattern: /^ERROR : Failed to run remote script/,
    because: ['system'],
    tell: () => ({
      cause: msg('A script that Packstack ran on a host as root failed.'),
      advice: msg(
        'Read the lines after stderr; root must be able to log in on port 22 by key, from the controller to every host and to itself.',
      ),
    }),
  },
  {
    id: 'packstack-puppet',
    source: 'PS modules/puppet.py',
    area: 'system',
    level: 'error',
    pattern: /Error appeared during Puppet run: (\S+)/,
    because: ['system'],
    tell: (manifest = '') => ({
      cause: msg('Puppet could not apply {0}.', manifest),
      advice: msg(
        'Read the line after it and the log that Packstack names; fix the cause and run Packstack again with the same answer file.',
      ),
    }),
  },
];
