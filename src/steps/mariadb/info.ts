import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../definition.ts';
import { packagesOf, serviceNodes } from '../services.ts';

export const mariadbPackages = packagesOf('MariaDB client', 'MariaDB server', 'MySQL driver');

export const mariadb: StepInfo = {
  id: 'mariadb',
  isAvailable: true,
  title: msg('MariaDB database'),
  what: msg(
    'Installs MariaDB and the Python driver, writes /etc/my.cnf.d/openstack.cnf as the installation guide says (bind-address, InnoDB, max_connections, utf8), starts the server at boot and now, drops users without a name, and compares the running server’s variables with the file.',
  ),
  why: msg(
    'Every component but Swift keeps its data in it; with the defaults it runs out of connections, and a user without a name catches the logins of others.',
  ),
  undo: msg(
    'Undoing takes openstack.cnf away and puts the state of the service back; packages, data and dropped nameless users stay as they are.',
  ),
  drifts: true,
  nodes: serviceNodes('mariadb'),
  impliedBy: (cluster) => cluster.services.mariadb !== undefined,
  intent: () => ({
    packages: mariadbPackages,
    files: ['/etc/my.cnf.d/openstack.cnf'],
    services: { mariadb: 'enabled' },
  }),
};
