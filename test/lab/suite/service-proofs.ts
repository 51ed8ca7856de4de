import assert from 'node:assert/strict';
import type { Look } from './proof.ts';

/** How a service is verified by using it, and how it is damaged by hand. */
export interface ServiceProof {
  readonly step: string;
  readonly seen: (look: Look, node: string) => Promise<void>;
  readonly spoil: string;
}

const controller = '198.18.88.171';

export const serviceProofs: readonly ServiceProof[] = [
  {
    step: 'memcached',
    seen: async (look) => {
      const talk = `exec 3<>/dev/tcp/${controller}/11211; printf 'set a 0 0 2\\r\\nhi\\r\\nget a\\r\\nquit\\r\\n' >&3; cat <&3`;
      assert.match(await look(`bash -c '${talk.replaceAll("'", `'\\''`)}'`), /STORED\r\nVALUE a 0 2\r\nhi/);
      assert.match(
        await look('cat /etc/sysconfig/memcached'),
        /^OPTIONS="-l 127\.0\.0\.1,.*198\.18\.88\.171"$/m,
      );
      assert.match(await look('cat /etc/sysconfig/memcached'), /^CACHESIZE="64"$/m);
      assert.equal(await look('systemctl is-enabled memcached'), 'enabled\n');
    },
    spoil: `sed -i 's/^OPTIONS=.*/OPTIONS="-l 127.0.0.1 -vv"/' /etc/sysconfig/memcached && systemctl restart memcached`,
  },
  {
    step: 'chrony',
    seen: async (look, node) => {
      const conf = await look('cat /etc/chrony.conf');
      assert.match(conf, /^#server 0\.centos\.pool\.ntp\.org iburst$/m);
      assert.match(conf, /^makestep 1\.0 3$/m);
      assert.equal(await look('systemctl is-enabled chronyd'), 'enabled\n');
      if (node === 'openstack1') {
        assert.match(await look('chronyc -n sources'), /^\^\? 198\.18\.88\.1 /m);
        // The lab has no time server; the controller becomes one with its own clock.
        await look('chronyc local stratum 10');
        return;
      }
      const chosen = "chronyc -n sources | grep '^^\\*'";
      assert.match(
        await look(
          `for i in $(seq 40); do ${chosen} && exit; chronyc -n burst 1/1 >/dev/null; sleep 0.5; done; chronyc -n sources; exit 1`,
        ),
        /^\^\* 198\.18\.88\.171 /m,
      );
    },
    spoil: `sed -i '/^server /d' /etc/chrony.conf && systemctl restart chronyd`,
  },
  {
    step: 'mariadb',
    seen: async (look) => {
      const variables = await look(
        `mysql -N -e "SHOW VARIABLES WHERE Variable_name IN ('bind_address','max_connections','default_storage_engine','innodb_file_per_table')"`,
      );
      assert.match(variables, /^bind_address\t198\.18\.88\.171$/m);
      assert.match(variables, /^max_connections\t4096$/m);
      assert.match(variables, /^default_storage_engine\tInnoDB$/m);
      assert.match(variables, /^innodb_file_per_table\tON$/m);
      await look('mysql -e "CREATE DATABASE IF NOT EXISTS keystone"');
      assert.match(await look('mysql -N -e "SELECT @@character_set_database" keystone'), /^utf8/);
      assert.match(await look('ss -ltn'), /198\.18\.88\.171:3306/);
      assert.equal(await look('systemctl is-enabled mariadb'), 'enabled\n');
    },
    spoil: `mysql -e "CREATE USER ''@'openstack1'; SET GLOBAL max_connections = 100"`,
  },
  {
    step: 'rabbitmq',
    seen: async (look, node) => {
      assert.match(await look('rabbitmqctl -q list_permissions -p /'), /^openstack\t\.\*\t\.\*\t\.\*$/m);
      const password = `p w;d'"$HOME\\x%`.replaceAll("'", `'\\''`);
      await look(`printf '%s\\n' '${password}' | rabbitmqctl -q authenticate_user openstack`);
      assert.match(
        await look('echo wrong | rabbitmqctl -q authenticate_user openstack || echo refused'),
        /refused/,
      );
      assert.match(
        await look('cluster=$(rabbitmqctl -q cluster_status); printf %s "$cluster"'),
        new RegExp(`rabbit@${node}`),
      );
      assert.equal(await look('systemctl is-enabled rabbitmq-server'), 'enabled\n');
      if (node === 'openstack1') return;
      const running = await look(`rabbitmqctl -q eval 'lists:sort(rabbit_mnesia:cluster_nodes(running)).'`);
      assert.match(running, /rabbit@openstack1/);
      assert.equal(await look('stat -c "%a %U" /var/lib/rabbitmq/.erlang.cookie'), '400 rabbitmq\n');
    },
    spoil: `rabbitmqctl -q clear_permissions -p / openstack && echo spoiled | rabbitmqctl -q change_password openstack`,
  },
  {
    step: 'etcd',
    seen: async (look, node) => {
      const client = `ETCDCTL_API=3 etcdctl --endpoints=http://$(getent ahostsv4 ${node} | awk '{ print $1; exit }'):2379`;
      const members = await look(`${client} member list`);
      for (const name of ['openstack1', 'openstack2', 'openstack3'])
        assert.match(members, new RegExp(`, started, ${name}, http://198\\.18\\.88\\.17`));
      await look(`${client} put from-${node} here`);
      assert.match(await look(`${client} get --prefix from-`), new RegExp(`from-${node}\nhere`));
      assert.equal(await look('systemctl is-enabled etcd'), 'enabled\n');
    },
    spoil: `sed -i 's/^ETCD_NAME=.*/ETCD_NAME="other"/' /etc/etcd/etcd.conf`,
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
): ServiceProof {
  return {
    step,
    seen: async (look, node) => {
      await look(`rpm -q ${packages[node]?.join(' ')}`);
      const states = await look(`systemctl is-active ${units.join(' ')} || true`);
      assert.deepEqual([...new Set(states.trim().split('\n'))], ['inactive']);
    },
    spoil: `rpm -e --nodeps ${packages.openstack1?.[0]}`,
  };
}
