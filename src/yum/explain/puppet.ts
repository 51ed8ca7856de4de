import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { type Area, type KnownFailure, step } from './known-failure.ts';

/** Areas whose failures Puppet only passes on. */
const passedOn: readonly Area[] = [
  'package',
  'repository',
  'dependency',
  'lock',
  'signature',
  'disk',
  'database',
  'transaction',
];

/** The components by the port of their API, as in the catalogue of Keystone. */
const serviceOfPort: Readonly<Record<string, string>> = {
  '8774': 'Nova',
  '8776': 'Cinder',
  '8778': 'Placement',
  '9292': 'Glance',
  '9696': 'Neutron',
  '8004': 'Heat',
  '8041': 'Gnocchi',
  '8042': 'Aodh',
  '8080': 'Swift',
  '6385': 'Ironic',
  '9511': 'Magnum',
};

/** Why Puppet could not apply a manifest of Packstack: the `Error:` lines of public reports; general ones come last. */
export const puppetFailures: readonly KnownFailure[] = [
  {
    id: 'puppet-mariadb-replaced',
    source: 'ask.openstack.org and RDO users, 2018: Packstack of RDO over the MariaDB of another repository',
    area: 'package',
    level: 'error',
    pattern: /\brpm -e (mariadb\S*?)' returned \d+: error: Failed dependencies/,
    diagnose: (name = '') => ({
      cause: msg(
        'Puppet removes {0} to install the MariaDB of RDO, but other installed packages require it.',
        name,
      ),
      advice: msg(
        'Remove the other MariaDB and what requires it first (yum remove "mariadb*"; its data in /var/lib/mysql stays), then run Packstack again with the same answer file.',
      ),
    }),
  },
  {
    id: 'puppet-remove',
    source: 'RDO workarounds of Juno; rpm, error of an erasure',
    area: 'package',
    level: 'error',
    pattern: /\brpm -e (\S+?)' returned \d+: error: Failed dependencies/,
    diagnose: (name = '') => ({
      cause: msg('Puppet removes {0}, but other installed packages require it.', name),
      advice: msg(
        'Remove it and what requires it by hand on that host (yum remove {0}), then run Packstack again with the same answer file.',
        name,
      ),
    }),
  },
  {
    id: 'puppet-mariadb-cracklib',
    source: 'MariaDB, plugin cracklib_password_check; RDO users, 2019',
    area: 'database',
    level: 'error',
    pattern: /running with the --strict-password/,
    diagnose: () => ({
      cause: msg(
        'A plugin of MariaDB checks passwords strictly, so that Packstack cannot set one as a hash.',
      ),
      advice: msg(
        'Remove the file cracklib_password_check.cnf from /etc/my.cnf.d (package mariadb-cracklib-password-check), restart mariadb and run Packstack again with the same answer file.',
      ),
    }),
  },
  {
    id: 'puppet-mariadb-password',
    source: 'puppetlabs-mysql, exec set_mysql_rootpw; MariaDB error 1045',
    area: 'database',
    level: 'error',
    pattern:
      /^Error: (?:\/Stage\[main\]\S* )?mysqladmin -u root +password |Access denied for user 'root'@'[^']*' \(using password/,
    diagnose: () => ({
      cause: msg(
        'root of MariaDB has another password already, usually that of an earlier run of Packstack.',
      ),
      advice: msg(
        'Use the answer file of the earlier run, whose CONFIG_MARIADB_PW is still valid. If the databases are not needed, stop mariadb and move /var/lib/mysql away.',
      ),
    }),
  },
  {
    id: 'puppet-rabbitmq',
    source: 'RDO users, 2015 to 2023; RabbitMQ documentation, node names',
    area: 'system',
    level: 'error',
    pattern: /Could not start Service\[rabbitmq-server\]/,
    diagnose: () => ({
      cause: msg('RabbitMQ does not start. The usual cause is that the host cannot resolve its own name.'),
      advice: msg(
        'Add the name of each node to /etc/hosts (step `hosts-file`), check `getent hosts $(hostname -s)`, and see journalctl -u rabbitmq-server.',
      ),
      remedies: [step('hosts-file')],
    }),
  },
  {
    id: 'puppet-httpd',
    source: 'RDO users, 2015 to 2022',
    area: 'system',
    level: 'error',
    pattern: /Could not (?:start|restart) Service\[(?:httpd|Apache)\]/i,
    diagnose: () => ({
      cause: msg('Apache (httpd), which serves Keystone and Horizon, does not start.'),
      advice: msg(
        'On that host, run apachectl configtest, see journalctl -u httpd, and look with ss -ltnp for another program on the ports 80, 443 and 5000. Remove files of an earlier installation from /etc/httpd/conf.d.',
      ),
    }),
  },
  {
    id: 'puppet-keystone-login',
    source: 'puppet-openstacklib, provider openstack; run of Packstack 26.0.0',
    area: 'system',
    level: 'error',
    pattern:
      /^Error: Could not prefetch \w+ provider '?openstack'?: (?:Could not authenticate|.*(?:HTTP 401|Unauthorized))/,
    diagnose: () => ({
      cause: msg('Keystone does not accept the login of the administrator.'),
      advice: msg(
        'After an earlier run, use its answer file: CONFIG_KEYSTONE_ADMIN_PW must be the password of that run. Check also that Keystone responds on port 5000 without a proxy (no_proxy), and see /var/log/keystone.',
      ),
    }),
  },
  {
    id: 'puppet-service-away',
    source: 'keystoneauth1, exceptions; RDO users, 2022; ports of the OpenStack installation guides',
    area: 'system',
    level: 'error',
    pattern:
      /Unable to establish connection to (https?:\/\/[^\s/]+:(8774|8776|8778|9292|9696|8004|8041|8042|8080|6385|9511)\b)/,
    diagnose: (address = '', port = '') => ({
      cause: msg('{0} does not respond at {1}.', own(serviceOfPort, port) ?? '', address),
      advice: msg(
        'See its services with systemctl --failed and its log in /var/log on that host, then run Packstack again with the same answer file.',
      ),
    }),
  },
  {
    id: 'puppet-client',
    source: 'RDO workarounds of Juno; argparse',
    area: 'system',
    level: 'error',
    pattern:
      /Could not prefetch \w+ provider '\w+': Execution of '(?:[\w/]*\/)?(\w+) [^']*' returned \d+: usage: /,
    diagnose: (name = '') => ({
      cause: msg('Puppet calls {0} with options that the installed version of it does not have.', name),
      advice: msg(
        'Install openstack-packstack, its Puppet modules and the clients from the repository of one release, and run Packstack again.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'puppet-keystone-away',
    source: 'keystoneauth1, exceptions; RDO users',
    area: 'system',
    level: 'error',
    pattern:
      /Unable to establish connection to (https?:\/\/\S+?):? |Failed to discover available identity versions when contacting (https?:\/\/\S+?)\.(?: |$)/,
    diagnose: (first, second) => ({
      cause: msg('Keystone does not respond at {0}.', first ?? second ?? ''),
      advice: msg(
        'On the controller, see systemctl status httpd and /var/log/keystone. Check that the address is the controller’s and that no proxy is set for it (no_proxy).',
      ),
    }),
  },
  {
    id: 'puppet-modules',
    source: 'Puppet, evaluation errors; RDO users, 2015 to 2022',
    area: 'system',
    level: 'error',
    pattern:
      /^Error: .*?(?:Unknown function|Resource type not found|has no parameter named|Invalid resource type|Could not find (?:declared )?class|Invalid parameter)\b/,
    diagnose: () => ({
      cause: msg('The Puppet modules on the host do not match this Packstack or this Puppet.'),
      advice: msg(
        'Install openstack-packstack and its Puppet modules from the repository of one release, without the repositories of Puppet or EPEL, and run Packstack again.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'puppet-timeout',
    source: 'Puppet, exec timeout; PS --timeout, 300 s',
    area: 'system',
    level: 'error',
    pattern: /Command exceeded timeout|execution expired/,
    diagnose: () => ({
      cause: msg('A command of Puppet took longer than its timeout, 300 seconds by default.'),
      advice: msg(
        'Run Packstack again with --timeout=3000. If it happens again, check the disk, the memory and the mirrors of that host.',
      ),
    }),
  },
  {
    id: 'puppet-install',
    source: 'Puppet, providers yum and dnf',
    area: 'package',
    level: 'error',
    pattern: /Execution of '\/usr\/bin\/(?:yum|dnf)\b[^']* install ([^' ]+)' returned \d+/,
    because: passedOn,
    diagnose: (name = '') => ({
      cause: msg('Puppet could not install the package {0}.', name),
      advice: msg(
        'Install it by hand on that host (yum install {0}) to see why, then run Packstack again with the same answer file.',
        name,
      ),
    }),
  },
  {
    id: 'puppet-database-setup',
    source: 'puppet-keystone, puppet-nova and others, db_sync',
    area: 'system',
    level: 'error',
    pattern:
      /^Error: .{0,400}?[\s/]([a-z]+)-(?:manage|db-manage|db-sync|dbsync)\b.{0,400} returned \d+ instead of one of/,
    diagnose: (name = '') => ({
      cause: msg('The database of {0} could not be set up.', name),
      advice: msg('See the log in /var/log/{0} on the controller, and check that MariaDB runs there.', name),
    }),
  },
  {
    id: 'puppet-service',
    source: 'Puppet, provider systemd',
    area: 'system',
    level: 'error',
    pattern: /Could not (?:start|restart) Service\[([\w@.:-]+)\]/,
    diagnose: (unit = '') => ({
      cause: msg('The service {0} does not start.', unit),
      advice: msg(
        'See systemctl status {0} and journalctl -u {0} on that host, then run Packstack again with the same answer file.',
        unit,
      ),
    }),
  },
  {
    id: 'puppet-ntpdate',
    source: 'packstack ntpd.pp: ntpdate before chronyd starts',
    area: 'system',
    level: 'error',
    pattern: /^Error: '?\S{0,100}ntpdate (\S{1,200}?)'? returned \d+ instead of one of /,
    diagnose: (server = '') => ({
      cause: msg('The time server {0} did not answer.', server),
      advice: msg('Correct CONFIG_NTP_SERVERS or leave it empty, and check that UDP port 123 is open.'),
    }),
  },
  {
    id: 'puppet-command',
    source: 'Puppet, exec',
    area: 'system',
    level: 'error',
    pattern: /^Error: .* returned (\d+) instead of one of \[0\]/,
    because: passedOn,
    diagnose: (code = '') => ({
      cause: msg('A command of Puppet ended with code {0}.', code),
      advice: msg(
        'Run the command of the error on that host to see why, then run Packstack again with the same answer file.',
      ),
    }),
  },
];
