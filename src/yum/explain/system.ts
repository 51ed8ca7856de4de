import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step } from './known-failure.ts';

/** The node cannot run yum or dnf. */
export const systemFailures: readonly KnownFailure[] = [
  {
    id: 'not-root',
    source: 'yum cli.py; dnf cli.py; dnf5 main.cpp',
    area: 'system',
    level: 'error',
    pattern:
      /You need to be root to perform this command|(?:run with|requires) superuser privileges|cannot open Packages (?:index|database) .{0,60}Permission denied/,
    diagnose: () => ({
      cause: msg('The login user is not root.'),
      advice: msg('Set ssh.become to sudo, or ssh.user to root.'),
      remedies: [set('ssh.become', 'sudo')],
    }),
  },
  {
    id: 'sudo-password',
    source: 'sudo: a password is required',
    area: 'system',
    level: 'error',
    pattern:
      /^sudo: .*password is required|^sudo: a terminal is required to read the password|^Missing sudo password/,
    diagnose: () => ({
      cause: msg('sudo asks for a password on this node.'),
      advice: msg('Enter it when asked, or allow sudo without a password (NOPASSWD in /etc/sudoers.d).'),
    }),
  },
  {
    id: 'sudo-terminal',
    source: 'sudo: Defaults requiretty',
    area: 'system',
    level: 'error',
    pattern: /^sudo: sorry, you must have a tty to run sudo/,
    diagnose: () => ({
      cause: msg('sudo on this node requires a terminal.'),
      advice: msg('Remove Defaults requiretty from /etc/sudoers, or log in as root.'),
    }),
  },
  {
    id: 'config-manager-missing',
    source: 'dnf 4.14 run; openstack-manuals install guide',
    area: 'system',
    level: 'error',
    pattern: /^No such command: config-manager/,
    diagnose: () => ({
      cause: msg('The dnf config-manager plugin is not installed.'),
      advice: msg('Install dnf-plugins-core. Step `repositories` does so automatically.'),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'caller-options',
    source: 'Puppet provider dnf on Fedora 41 and later: github.com/puppetlabs/puppet',
    area: 'system',
    level: 'error',
    pattern: /Unknown argument "(-[de])" for command "dnf5"/,
    diagnose: (option = '') => ({
      cause: msg('The program that called dnf 5 used the option {0} of dnf 4.', option),
      advice: msg(
        'Update that program (Puppet or OpenVox agent, Ansible), or let it use a provider for dnf 5. The packages are fine.',
      ),
    }),
  },
  {
    id: 'command-unknown',
    source: 'dnf cli.py; dnf5 main.cpp; dnf5 5.4 run',
    area: 'system',
    level: 'error',
    pattern: /^No such command: (\S+?)\.|^Unknown argument "([^"]+)" for command/,
    diagnose: (word = '') => ({
      cause: msg('This version of the tool does not support {0}.', word),
      advice: msg(
        'Check the spelling and the order. dnf 5 expects options after the command, and renamed some of them.',
      ),
    }),
  },
  {
    id: 'command-missing',
    source: 'bash: command not found',
    area: 'system',
    level: 'error',
    pattern: /\b(yum-config-manager|yum|dnf|dnf5|microdnf|rpm): (?:command )?not found/,
    diagnose: (name = '') => ({
      cause: msg('{0} is missing on the node.', name),
      advice: msg(
        'Check that the node runs CentOS or RHEL, and that PATH contains /usr/bin. yum-config-manager is in yum-utils.',
      ),
    }),
  },
  {
    id: 'python-broken',
    source: 'yum bin/yum.py; github.com/Unidata/awips2/issues/301; github.com/spack/spack/issues/3713',
    area: 'system',
    level: 'error',
    pattern:
      /^There was a problem importing one of the Python modules|No module named '?(?:yum|dnf|rpm|libdnf|hawkey|yummain|urlgrabber)\b|^ *except KeyboardInterrupt, e:|cannot import name exception2msg/,
    diagnose: () => ({
      cause: msg('yum or dnf runs with a Python other than the one of the system.'),
      advice: msg(
        'Remove the other Python from PATH and PYTHONPATH, and restore /usr/bin/python to the one of the system (EL7: Python 2.7).',
      ),
    }),
  },
  {
    id: 'out-of-memory',
    source: 'github.com/hashicorp/vagrant/issues/11277; github.com/coreos/bugs/issues/2237',
    area: 'system',
    level: 'error',
    isBeforeTransaction: true,
    amongScriptlets: true,
    pattern:
      /^(?:.*\bline \d+: +\d+ )?Killed(?:$| +(?:sudo )?(?:yum|dnf5?|microdnf)\b)|Cannot allocate memory|^MemoryError/,
    diagnose: () => ({
      cause: msg('The node ran out of memory, and the kernel killed the tool.'),
      advice: msg('Add memory or swap to the node, then run it again.'),
    }),
  },
  {
    id: 'database-version',
    source: 'Berkeley DB: BDB0091 DB_VERSION_MISMATCH; rpm on Fedora 30',
    area: 'database',
    level: 'error',
    amongScriptlets: true,
    pattern: /DB_VERSION_MISMATCH/,
    diagnose: () => ({
      cause: msg('The rpm database was written by another version of Berkeley DB than this rpm uses.'),
      advice: msg(
        'Back up /var/lib/rpm, remove /var/lib/rpm/__db.*, then run rpm --rebuilddb with this rpm.',
      ),
    }),
  },
  {
    id: 'database-malformed',
    source: 'sqlite: SQLITE_CORRUPT; rpm lib/backend/sqlite.c on EL9',
    area: 'database',
    level: 'error',
    amongScriptlets: true,
    pattern: /database disk image is malformed|sqlite failure: .{0,200}(?:malformed|corrupt|not a database)/,
    diagnose: () => ({
      cause: msg('The rpm database of the node (sqlite) is damaged.'),
      advice: msg('Back up /var/lib/rpm, then run rpm --rebuilddb. Check the disk with dmesg.'),
    }),
  },
  {
    id: 'transaction-locked',
    source: 'rpm lib/rpmlock.c: can’t create transaction lock',
    area: 'lock',
    level: 'error',
    amongScriptlets: true,
    pattern: /can't create .{1,40}? ?lock on (\S+)|Failed to obtain (?:the |rpm )?transaction lock/,
    diagnose: (path = '') => ({
      cause: msg(
        'rpm cannot lock its database: another process holds the lock {0}, or the user may not write there.',
        path || '.rpm.lock',
      ),
      advice: msg(
        'Run it as root. Find the process with fuser -v /var/lib/rpm/.rpm.lock (EL10: /usr/lib/sysimage/rpm), wait until it ends, then run it again.',
      ),
    }),
  },
  {
    id: 'database-broken',
    source: 'rpm; yum 3.2.29 on CloudLinux 6',
    area: 'database',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /rpmdb open failed|DB_RUNRECOVERY|cannot open Packages (?:index|database)|rpmdb: BDB\d+|Could not run rpmdb/,
    because: ['database'],
    diagnose: () => ({
      cause: msg('The rpm database of the node is damaged, usually because a process was killed.'),
      advice: msg('Back up /var/lib/rpm, remove /var/lib/rpm/__db.*, run rpm --rebuilddb, then yum check.'),
    }),
  },
  {
    id: 'database-duplicates',
    source: 'yum cli.py; yum 3.4.3 on CentOS 7',
    area: 'database',
    level: 'warning',
    pattern: /Found (\d+) pre-existing rpmdb problem/,
    diagnose: (count = '') => ({
      cause: msg(
        'The rpm database has {0} inconsistencies, such as two versions of one package: an earlier run was interrupted.',
        count,
      ),
      advice: msg('Run yum-complete-transaction, then package-cleanup --cleandupes (both in yum-utils).'),
    }),
  },
  {
    id: 'unfinished-transactions',
    source: 'yum __init__.py; github.com/nodejs/build/issues/1831',
    area: 'database',
    level: 'warning',
    pattern: /There are unfinished transactions remaining/,
    diagnose: () => ({
      cause: msg('An earlier run of yum was interrupted.'),
      advice: msg('Run yum-complete-transaction --cleanup-only, then yum check, then the upgrade again.'),
    }),
  },
  {
    id: 'tool-crashed',
    source: 'Python: Traceback',
    area: 'system',
    level: 'error',
    pattern: /^Traceback \(most recent call last\)/,
    because: ['system', 'disk', 'database'],
    diagnose: () => ({
      cause: msg('yum or dnf itself crashed.'),
      advice: msg(
        'The last line of the traceback names the cause. Check disk, memory and the Python of the system.',
      ),
    }),
  },
  {
    id: 'tool-aborted',
    source: 'C++: terminate called after throwing an instance of; fedora-sysexts/fedora#67',
    area: 'system',
    level: 'error',
    pattern: /^terminate called after throwing an instance of/,
    diagnose: () => ({
      cause: msg('dnf5 itself crashed.'),
      advice: msg('Update dnf5 and libdnf5. If it stays so, report it to the project with this line.'),
    }),
  },
  {
    id: 'locale-missing',
    source: 'dnf i18n.py:90; bash: setlocale',
    area: 'system',
    level: 'warning',
    amongScriptlets: true,
    pattern: /^Failed to set locale, defaulting to|setlocale: (?:LC_\w+|LANG): cannot change locale/,
    diagnose: () => ({
      cause: msg('The locale of the session is not installed on the node.'),
      advice: msg('Run step `locale`, which installs and sets it.'),
      remedies: [step('locale')],
    }),
  },
  {
    id: 'reboot-needed',
    source: 'yum-utils needs-restarting.py:158; dnf-plugins-core needs_restarting.py:358',
    area: 'system',
    level: 'warning',
    pattern: /^Core libraries or services have been updated|^Reboot is required/,
    diagnose: () => ({
      cause: msg('Core libraries or services were updated, but their old version is still running.'),
      advice: msg('Reboot the node before the next step.'),
    }),
  },
];
