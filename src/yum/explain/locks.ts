import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Another process holds a lock. */
export const lockFailures: readonly KnownFailure[] = [
  {
    id: 'lock-stopped',
    source: 'yum utils.py:163',
    area: 'lock',
    level: 'error',
    pattern: /State\s+: (?:Traced\/Stopped|Zombie), pid: (\d+)/,
    diagnose: (pid = '') => ({
      cause: msg('Process {0} holds the lock and is stopped, so it will never release it.', pid),
      advice: msg(
        'Continue the process (kill -CONT {0}) and wait for it to finish, or end it (kill {0}).',
        pid,
      ),
    }),
  },
  {
    id: 'lock-packagekit',
    source: 'yum __init__.py:2248, utils.py:163',
    area: 'lock',
    level: 'error',
    pattern: /The other application is: PackageKit/,
    diagnose: () => ({
      cause: msg('PackageKit holds the lock while it checks for updates in the background.'),
      advice: msg('Wait, or stop it on the node: systemctl stop packagekit.'),
    }),
  },
  {
    id: 'lock-refused',
    source: 'dnf main.py, lock.py; yum constants.py:21',
    area: 'system',
    level: 'error',
    pattern: /already locked by (\d+)|exiting as configured by exit_on_lock/,
    diagnose: (pid = '') => ({
      cause:
        pid === ''
          ? msg('Another yum holds the lock, and exit_on_lock is set.')
          : msg('Process {0} holds the lock, and exit_on_lock is set.', pid),
      advice: msg('Run it again after the other process has finished, or set exit_on_lock=0.'),
    }),
  },
  {
    id: 'lock-held',
    source: 'yum cli.py:554; dnf lock.py:138',
    area: 'lock',
    level: 'error',
    pattern: /another copy is running as pid (\d+)|^Waiting for process with pid (\d+) to finish/,
    because: ['lock', 'system'],
    diagnose: (pid = '') => ({
      cause: msg('Process {0} holds the lock of yum or dnf.', pid),
      advice: msg(
        'Wait for it to finish; ps -fp {0} shows what it is. Do not delete the lock file while it is running.',
        pid,
      ),
    }),
  },
  {
    id: 'lock-held-unnamed',
    source: 'dnf5 context.cpp:278; yum cli.py',
    area: 'lock',
    level: 'error',
    pattern: /^Waiting for a lock on the system repository|^Another app is currently holding/,
    because: ['lock', 'system'],
    diagnose: () => ({
      cause: msg('Another process holds the lock of yum or dnf.'),
      advice: msg(
        'Wait for it to finish; the following lines name it. Do not delete the lock file while it is running.',
      ),
    }),
  },
];
