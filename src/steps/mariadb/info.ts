import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, runsInside, serviceNodes } from '../common/services.ts';

export const mariadbPackages = packagesOf('MariaDB client', 'MariaDB server', 'MySQL driver');

export const mariadb: StepInfo = {
  id: 'mariadb',
  title: msg('MariaDB database'),
  what: msg(
    'Installs MariaDB and the Python driver, writes the settings of the installation guide (bind-address, InnoDB, max_connections, utf8) to a marked block in /etc/my.cnf.d/openstack.cnf, enables and starts the server, drops anonymous users, and checks the variables of the running server.',
  ),
  why: msg(
    'Every component except Swift stores its data in MariaDB. The default limit for connections is too low, and anonymous users intercept the logins of others.',
  ),
  undo: msg(
    'Undo takes the step’s changes to openstack.cnf back and restores the state of the service; packages and data stay, and anonymous users are not restored.',
  ),
  reverts: true,
  drifts: true,
  restarts: ['mariadb'],
  nodes: serviceNodes('mariadb'),
  impliedBy: runsInside('mariadb'),
  intent: () => ({
    packages: mariadbPackages,
    files: ['/etc/my.cnf.d/openstack.cnf'],
    services: { mariadb: 'enabled' },
  }),
};
