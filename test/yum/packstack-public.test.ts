import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from './explained.ts';

const folder = join(import.meta.dirname, '../cases/packstack-logs');

/** Logs of Packstack by other people and of the real program: outcome, explanation, beginning of the main error. */
const truth: Readonly<Record<string, readonly [outcome: string, id?: string, error?: string]>> = {
  'log-01-rpm-e-mariadb': ['failed', 'puppet-mariadb-replaced', "Error: Execution of '/usr/bin/rpm -e"],
  'log-03-rabbitmq-hosts': ['failed', 'puppet-rabbitmq', 'Error: Could not start Service[rabbitmq'],
  'log-05-mariadb-strict-password': [
    'failed',
    'puppet-mariadb-cracklib',
    "Error: Execution of '/usr/bin/mysql",
  ],
  'log-07-leatherman': ['failed', 'leatherman', 'facter: error while loading shared libraries'],
  'log-09-yum-dns': ['failed', 'host-not-found', 'Error: Cannot retrieve repository metadata'],
  'log-11-mysqladmin-root': ['failed', 'puppet-mariadb-password', 'Error: mysqladmin -u root'],
  'log-13-success-juno-nohup': ['success'],
  'log-15-puppet-horizon-httpd': ['failed', 'puppet-httpd', 'Error: Could not start Service[httpd]'],
  'log-21-rpm-e-firewalld': ['failed', 'puppet-remove', "Error: Execution of '/usr/bin/rpm -e firewalld"],
  'log-22-glance-usage': ['failed', 'puppet-client', 'Error: Could not prefetch glance_image'],
  'log-23-strict-password-tabs': ['failed', 'puppet-mariadb-cracklib', "Error: Execution of '/usr/bin/mysql"],
  'log-24-success-literal-block': ['success'],
  'log-25-volume-group': ['failed', 'packstack-volume-group-made', "ERROR : Cinder's volume group"],
  'log-26-cinder-away': ['failed', 'puppet-service-away', 'Error: Failed to apply catalog'],
  'log-27-end-only': ['failed', 'packstack-log', 'You will find full trace in log'],
  'log-28-puppet-middle': ['failed', 'puppet-database-setup', 'Error: /Stage[main]/Neutron::Db::Sync'],
  'log-29-setenforce-2013': ['failed', 'packstack-selinux', 'ERROR : Error during puppet run'],
  'log-30-puppet-strip': ['failed', 'packstack-puppet', "Error: Could not set 'running' on ensure"],
  'log-41-quote-of-two-lines': ['failed', 'puppet-mariadb-password', 'Error: mysqladmin -u root'],
  'log-42-wrapped-and-indented': ['failed', 'puppet-service', 'Error: Could not start Service[nagios]'],
  'log-43-end-of-success': ['success'],
  'log-44-galera-conflict': ['failed', 'packages-conflict', 'Error: mariadb-galera-server conflicts'],
  'log-45-db-sync-timeout': ['failed', 'puppet-timeout', 'Error: /Stage[main]/Keystone::Db::Sync'],
  'log-46-colored-parameter': ['failed', 'puppet-modules', 'Error: Invalid parameter keystone_auth_uri'],
  'log-47-hiera-deprecated': ['failed', 'packstack-hiera', 'Error: Could not find data item CONFIG_USE'],
  'log-48-download': ['failed', 'download-failed', 'Error downloading packages:'],
  'log-49-connection-closed': ['failed', 'packstack-remote', 'ERROR : Failed to run remote script'],
  'log-50-keystone-status-line': ['failed', 'puppet-keystone-away', 'Error: Failed to apply catalog'],
  'log-51-pycurl-dns': ['failed', 'host-not-found', 'Error: Cannot retrieve repository metadata'],
  'real-15.1.0-full-success': ['success'],
  'real-26.0.0-01-nostub': ['failed', 'package-missing', 'Error: Unable to find a match: puppet'],
  'real-26.0.0-02-full': ['success'],
  'real-26.0.0-04-fail-keystone': [
    'failed',
    'puppet-keystone-login',
    'Error: Could not prefetch keystone_role',
  ],
};

/** The same error in `openstack-setup.log`, after the traceback that Python prints. */
const setupLog = `2023-10-11 15:47:42::ERROR::run_setup::1062::root:: Traceback (most recent call last):
  File "/usr/lib/python3/site-packages/packstack/installer/run_setup.py", line 988, in main
    _main(options, conf_file, logFile)
packstack.installer.exceptions.PuppetError: Error appeared during Puppet run: 10.0.0.5_controller.pp
Error: Could not start Service[neutron-server]: Execution of '/usr/bin/systemctl start neutron-server' returned 1
You will find full trace in log /var/tmp/packstack/x/manifests/10.0.0.5_controller.pp.log
`;

const puppetLog = `Notice: Compiled catalog for controller.example.com in environment production in 4.10 seconds
Notice: /Stage[main]/Mysql::Server/Package[mysql-server]/ensure: created
Error: Could not start Service[neutron-server]: Execution of '/usr/bin/systemctl start neutron-server' returned 1
Error: /Stage[main]/Neutron::Server/Service[neutron-server]/ensure: change from stopped to running failed
Warning: /Stage[main]/Neutron/Anchor[end]: Skipping because of failed dependencies
Notice: Applied catalog in 42.30 seconds
`;

describe('Logs of Packstack by other people', () => {
  for (const [name, [outcome, id, error]] of Object.entries(truth))
    it(`have their outcome, cause and main error: ${name}`, () => {
      const { summary, explanation } = explain(readFileSync(join(folder, `${name}.log`), 'utf8'));
      assert.deepEqual([summary.outcome, explanation?.id], [outcome, id]);
      if (error !== undefined) assert.ok(summary.mainError?.startsWith(error), summary.mainError);
    });

  it('are read from the log of the setup and from that of Puppet, too', () => {
    for (const text of [setupLog, puppetLog]) {
      const { summary, explanation } = explain(text);
      assert.deepEqual([summary.outcome, explanation?.id], ['failed', 'puppet-service']);
      assert.match(summary.mainError ?? '', /^Error: Could not start Service\[neutron-server\]/);
    }
    const applied = puppetLog.replace(/^(?:Error|Warning).*\n/gm, '');
    assert.equal(explain(applied).summary.outcome, 'success');
  });
});
