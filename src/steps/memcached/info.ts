import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, serviceNodes } from '../common/services.ts';

export const memcachedPackages = packagesOf('memcached', 'memcached client');

export const memcached: StepInfo = {
  id: 'memcached',
  isAvailable: true,
  title: msg('memcached token cache'),
  what: msg(
    'Installs memcached and its Python client, makes it listen on the node’s address in OPTIONS of /etc/sysconfig/memcached, starts it at boot and now, and asks it for its version.',
  ),
  why: msg(
    'Keystone and the services keep their tokens in it; as installed it answers on the node itself only.',
  ),
  undo: msg(
    'Undo restores /etc/sysconfig/memcached and the state of the service; the packages stay. By hand: remove the address from OPTIONS and restart memcached.',
  ),
  reverts: true,
  drifts: true,
  nodes: serviceNodes('memcached'),
  impliedBy: (cluster) => cluster.services.memcached !== undefined,
  intent: () => ({
    packages: memcachedPackages,
    files: ['/etc/sysconfig/memcached'],
    settings: { '/etc/sysconfig/memcached': ['OPTIONS'] },
    services: { memcached: 'enabled' },
  }),
};
