import assert from 'node:assert/strict';
import type { RunOnNode } from './step-test.ts';

/** How a service is verified by using it, and how it is damaged by hand. */
export interface ServiceTest {
  readonly step: string;
  readonly verify: (run: RunOnNode, node: string) => Promise<void>;
  readonly damage: string;
}

const controller = '198.18.88.171';

export const serviceTests: readonly ServiceTest[] = [
  {
    step: 'memcached',
    verify: async (run) => {
      const talk = `exec 3<>/dev/tcp/${controller}/11211; printf 'set a 0 0 2\\r\\nhi\\r\\nget a\\r\\nquit\\r\\n' >&3; cat <&3`;
      assert.match(await run(`bash -c '${talk.replaceAll("'", `'\\''`)}'`), /STORED\r\nVALUE a 0 2\r\nhi/);
      assert.match(
        await run('cat /etc/sysconfig/memcached'),
        /^OPTIONS="-l 127\.0\.0\.1,.*198\.18\.88\.171"$/m,
      );
      assert.match(await run('cat /etc/sysconfig/memcached'), /^CACHESIZE="64"$/m);
      assert.equal(await run('systemctl is-enabled memcached'), 'enabled\n');
    },
    damage: `sed -i 's/^OPTIONS=.*/OPTIONS="-l 127.0.0.1 -vv"/' /etc/sysconfig/memcached && systemctl restart memcached`,
  },
  {
    step: 'chrony',
    verify: async (run, node) => {
      const conf = await run('cat /etc/chrony.conf');
      assert.match(conf, /^#server 0\.centos\.pool\.ntp\.org iburst$/m);
      assert.match(conf, /^makestep 1\.0 3$/m);
      assert.equal(await run('systemctl is-enabled chronyd'), 'enabled\n');
      if (node === 'openstack1') {
        assert.match(await run('chronyc -n sources'), /^\^\? 198\.18\.88\.1 /m);
        // The lab has no time server; the controller becomes one with its own clock.
        await run('chronyc local stratum 10');
        return;
      }
      const chosen = "chronyc -n sources | grep '^^\\*'";
      assert.match(
        await run(
          `for i in $(seq 40); do ${chosen} && exit; chronyc -n burst 1/1 >/dev/null; sleep 0.5; done; chronyc -n sources; exit 1`,
        ),
        /^\^\* 198\.18\.88\.171 /m,
      );
    },
    damage: `sed -i '/^server /d' /etc/chrony.conf && systemctl restart chronyd`,
  },
  {
    step: 'mariadb',
    verify: async (run) => {
      const variables = await run(
        `mysql -N -e "SHOW VARIABLES WHERE Variable_name IN ('bind_address','max_connections','default_storage_engine','innodb_file_per_table')"`,
      );
      assert.match(variables, /^bind_address\t198\.18\.88\.171$/m);
      assert.match(variables, /^max_connections\t4096$/m);
      assert.match(variables, /^default_storage_engine\tInnoDB$/m);
      assert.match(variables, /^innodb_file_per_table\tON$/m);
      await run('mysql -e "CREATE DATABASE IF NOT EXISTS keystone"');
      assert.match(await run('mysql -N -e "SELECT @@character_set_database" keystone'), /^utf8/);
      assert.match(await run('ss -ltn'), /198\.18\.88\.171:3306/);
      assert.equal(await run('systemctl is-enabled mariadb'), 'enabled\n');
    },
    damage: `mysql -e "CREATE USER ''@'openstack1'; SET GLOBAL max_connections = 100"`,
  },
  {
    step: 'rabbitmq',
    verify: async (run, node) => {
      assert.match(await run('rabbitmqctl -q list_permissions -p /'), /^openstack\t\.\*\t\.\*\t\.\*$/m);
      const password = `p w;d'"$HOME\\x%`.replaceAll("'", `'\\''`);
      await run(`printf '%s\\n' '${password}' | rabbitmqctl -q authenticate_user openstack`);
      assert.match(
        await run('echo wrong | rabbitmqctl -q authenticate_user openstack || echo refused'),
        /refused/,
      );
      assert.match(
        await run('cluster=$(rabbitmqctl -q cluster_status); printf %s "$cluster"'),
        new RegExp(`rabbit@${node}`),
      );
      assert.equal(await run('systemctl is-enabled rabbitmq-server'), 'enabled\n');
      if (node === 'openstack1') return;
      const running = await run(`rabbitmqctl -q eval 'lists:sort(rabbit_mnesia:cluster_nodes(running)).'`);
      assert.match(running, /rabbit@openstack1/);
      assert.equal(await run('stat -c "%a %U" /var/lib/rabbitmq/.erlang.cookie'), '400 rabbitmq\n');
    },
    damage: `rabbitmqctl -q clear_permissions -p / openstack && echo changed | rabbitmqctl -q change_password openstack`,
  },
  {
    step: 'etcd',
    verify: async (run, node) => {
      const client = `ETCDCTL_API=3 etcdctl --endpoints=http://$(getent ahostsv4 ${node} | awk '{ print $1; exit }'):2379`;
      const members = await run(`${client} member list`);
      for (const name of ['openstack1', 'openstack2', 'openstack3'])
        assert.match(members, new RegExp(`, started, ${name}, http://198\\.18\\.88\\.17`));
      await run(`${client} put from-${node} here`);
      assert.match(await run(`${client} get --prefix from-`), new RegExp(`from-${node}\nhere`));
      assert.equal(await run('systemctl is-enabled etcd'), 'enabled\n');
    },
    damage: `sed -i 's/^ETCD_NAME=.*/ETCD_NAME="other"/' /etc/etcd/etcd.conf`,
  },
  component('keystone', { openstack1: ['openstack-keystone'] }, ['httpd']),
  component(
    'nova',
    {
      openstack1: ['openstack-nova-api', 'openstack-nova-conductor', 'openstack-nova-scheduler'],
      openstack2: ['openstack-nova-compute'],
      openstack3: ['openstack-nova-compute'],
    },
    ['openstack-nova-compute', 'openstack-nova-api'],
  ),
  component('cinder', { openstack1: ['openstack-cinder'], openstack4: ['openstack-cinder'] }, [
    'openstack-cinder-volume',
  ]),
];

/** A component is installed, and its units are known but not started. */
function component(
  step: string,
  packages: Readonly<Record<string, readonly string[]>>,
  units: readonly string[],
): ServiceTest {
  return {
    step,
    verify: async (run, node) => {
      await run(`rpm -q ${packages[node]?.join(' ')}`);
      const states = await run(`systemctl is-active ${units.join(' ')} || true`);
      assert.deepEqual([...new Set(states.trim().split('\n'))], ['inactive']);
    },
    damage: `rpm -e --nodeps ${packages.openstack1?.[0]}`,
  };
}
