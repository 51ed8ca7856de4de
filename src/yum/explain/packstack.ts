import { msg } from '../../base/l10n.ts';
import { type Area, type KnownFailure, set, step } from './known-failure.ts';

/** A report of Packstack may have any cause. */
const everything: readonly Area[] = [
  'system',
  'package',
  'repository',
  'dependency',
  'lock',
  'signature',
  'disk',
  'database',
  'transaction',
];

/** Packstack stopped (PS 26.0.0 unless another source is named). */
export const packstackFailures: readonly KnownFailure[] = [
  {
    id: 'packstack-hiera',
    source: 'Puppet hiera: Could not find data item; Packstack writes hieradata/defaults.yaml and hiera.yaml',
    area: 'system',
    level: 'error',
    pattern: /Could not find data item (\S+) in any Hiera data file/,
    diagnose: (item = '') => ({
      cause: msg('Puppet did not find {0} in the Hiera data of Packstack.', item),
      advice: msg(
        'The installed packages of Packstack and Puppet do not match, or another program replaced hiera.yaml. Reinstall both from the RDO repository of one release.',
      ),
    }),
  },
  {
    id: 'packstack-gateway',
    source: 'PS network.py',
    area: 'system',
    level: 'error',
    pattern: /Local IP address discovery failed/,
    diagnose: () => ({
      cause: msg('The controller has no default route, which Packstack needs to find its own address.'),
      advice: msg('Set a default gateway on the controller.'),
    }),
  },
  {
    id: 'packstack-port',
    source: 'PS validators.py',
    area: 'system',
    level: 'error',
    pattern: /Given host does not listen on port 22: (\S+)/,
    diagnose: (host = '') => ({
      cause: msg(
        'Packstack connects to every host on port 22, but {0} does not respond, or its name cannot be resolved.',
        host,
      ),
      advice: msg('Make sshd of that host listen on port 22, open the port, and check its name and address.'),
    }),
  },
  {
    id: 'packstack-answer',
    source: 'PS output_messages.py',
    area: 'system',
    level: 'error',
    pattern: /^ERROR : Failed handling answer file: (.+)/,
    diagnose: (reason = '') => ({
      cause: msg('Packstack rejects the answer file: {0}', reason),
      advice: msg(
        'Open the answer file in the editor, or run `stackprep validate` on it. Values have no quotes, and no comment after them.',
      ),
    }),
  },
  {
    id: 'packstack-repository',
    source: 'PS prescript_000.py',
    area: 'system',
    level: 'error',
    pattern: /Failed to set RDO repo on host (\S+):/,
    diagnose: (host = '') => ({
      cause: msg('On {0}, the RDO release package is installed, but its repository file is missing.', host),
      advice: msg('Run step `repositories` on that node, then run Packstack again.'),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'packstack-package',
    source: 'PS modules/puppet.py',
    area: 'system',
    level: 'error',
    pattern: /Package (\S+) has not been found in enabled Yum repos/,
    diagnose: (name = '') => ({
      cause: msg('The package {0}, which Packstack requires, is in no enabled repository.', name),
      advice: msg(
        'Run step `repositories` on all nodes, then run Packstack again with the same answer file.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'packstack-auditd',
    source: 'prereqs.pp; redhat-openstack/website#1438',
    area: 'system',
    level: 'error',
    pattern: /Systemd start for auditd failed/,
    diagnose: () => ({
      cause: msg('auditd does not start, but Packstack requires it.'),
      advice: msg('See systemctl status auditd on that node. auditd cannot run in a container.'),
    }),
  },
  {
    id: 'packstack-selinux',
    source: 'RDO documentation, selinux-issues; PS commit 7740e26d of 2013-04-24 removed the call',
    area: 'system',
    level: 'error',
    pattern: /setenforce 0 returned 1 instead of one of \[0\]/,
    diagnose: () => ({
      cause: msg('SELinux is disabled, and Packstack versions before May 2013 run setenforce 0.'),
      advice: msg(
        'Use a later Packstack, which accepts any SELinux mode. Or set system.selinux to permissive, run step `selinux` and reboot the node.',
      ),
      remedies: [set('system.selinux', 'permissive'), step('selinux')],
    }),
  },
];

/** Reports of Packstack that pass on what failed: the last resort. */
export const packstackReports: readonly KnownFailure[] = [
  {
    id: 'packstack-remote',
    source: 'PS utils/shell.py',
    area: 'system',
    level: 'error',
    pattern: /^ERROR : Failed to run remote script/,
    because: everything,
    diagnose: () => ({
      cause: msg('A script that Packstack ran as root on a host failed.'),
      advice: msg(
        'Read the lines after stderr. root must be able to log in on port 22 with a key, from the controller to every host and to itself.',
      ),
    }),
  },
  {
    id: 'packstack-puppet',
    source: 'PS modules/puppet.py',
    area: 'system',
    level: 'error',
    pattern: /Error appeared during Puppet run: (\S+)/,
    because: everything,
    diagnose: (manifest = '') => ({
      cause: msg('Puppet could not apply {0}.', manifest),
      advice: msg(
        'Read the next line and the log that Packstack names. Fix the cause and run Packstack again with the same answer file.',
      ),
    }),
  },
  {
    id: 'packstack-log',
    source: 'PS modules/puppet.py, run_setup.py',
    area: 'system',
    level: 'error',
    pattern: /^(?:You will find full trace in log|Please check log file) (\S+)/,
    because: everything,
    diagnose: (path = '') => ({
      cause: msg('Packstack stopped. The error itself is not in this text.'),
      advice: msg('See the lines before these, or read {0} on the host that Packstack ran on.', path),
    }),
  },
];
