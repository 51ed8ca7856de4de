import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, serviceNodes } from '../common/services.ts';

export const mariadbPackages = packagesOf('MariaDB client', 'MariaDB server', 'MySQL driver');

export const mariadb: StepInfo = {
  id: 'mariadb',
  isAvailable: true,
  title: msg('MariaDB database'),
  what: msg(
    'Installs MariaDB and the Python driver, writes /etc/my.cnf.d/openstack.cnf as the installation guide says (bind-address, InnoDB, max_connections, utf8), starts the server at boot and now, drops anonymous users, and compares the running server’s variables with the file.',
  ),
  why: msg(
    'Every component but Swift stores its data in it; with the defaults it runs out of connections, and an anonymous user catches the logins of others.',
  ),
  undo: msg(
    'Undo removes openstack.cnf and restores the state of the service; packages and data stay, and dropped anonymous users do not come back.',
  ),
  reverts: true,
  drifts: true,
  nodes: serviceNodes('mariadb'),
  impliedBy: (cluster) => cluster.services.mariadb !== undefined,
  intent: () => ({
    packages: mariadbPackages,
    files: ['/etc/my.cnf.d/openstack.cnf'],
    services: { mariadb: 'enabled' },
  }),
};
