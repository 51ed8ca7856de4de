import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, runsInside, serviceNodes } from '../common/services.ts';

export const memcachedPackages = packagesOf('memcached', 'memcached client');

export const memcached: StepInfo = {
  id: 'memcached',
  title: msg('memcached token cache'),
  what: msg(
    'Installs memcached and its Python client, adds the node’s address to OPTIONS in /etc/sysconfig/memcached, enables and starts it, and checks that it responds.',
  ),
  why: msg(
    'Keystone and the services cache their tokens in memcached; by default it listens on the loopback address only.',
  ),
  undo: msg(
    'Undo takes the step’s changes to /etc/sysconfig/memcached back and restores the state of the service; later manual changes and the packages stay. Manually: remove the address from OPTIONS and restart memcached.',
  ),
  reverts: true,
  drifts: true,
  nodes: serviceNodes('memcached'),
  impliedBy: runsInside('memcached'),
  intent: () => ({
    packages: memcachedPackages,
    files: ['/etc/sysconfig/memcached'],
    settings: { '/etc/sysconfig/memcached': ['OPTIONS'] },
    services: { memcached: 'enabled' },
  }),
};
