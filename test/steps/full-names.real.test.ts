import assert from 'node:assert/strict';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const shells = [...new Set([...nodeShells, 'dash', 'busybox ash'])];

function clusterWith(nodes: readonly string[], steps: string, more = ''): Cluster {
  const rows = nodes.map(
    (name, index) => `  ${name}: { address: 10.2.0.${11 + index}, roles: [controller] }\n`,
  );
  return clusterOf(`cluster: names
openstack: { release: train }
nodes:
${rows.join('')}${more}steps: [${steps}]
`);
}

const full = ['ctl1.dc1.example.com', 'ctl2.dc1.example.com'];
const queue = 'services: { rabbitmq: { on: controller, password: { secret: q }, cookie: { secret: c } } }\n';

/** getent for the folder's hosts file, like glibc: the first line that has the name. */
const getent = `awk -v name="$2" '{ sub(/#.*/, "") } { for (i = 2; i <= NF; i++) if (tolower($i) == tolower(name)) { print; found = 1; exit } } END { exit !found }' "$ROOT/etc/hosts"`;

/** A RabbitMQ that stores its name and cluster members in files, and uses its default node name. */
const rabbitmqctl = `[ "$1" != -q ] || shift
short=$(uname -n); name=rabbit@\${short%%.*}
named=$(sed -n 's/^NODENAME=//p' "$ROOT/etc/rabbitmq/rabbitmq-env.conf" 2>/dev/null)
name=\${named:-$name}
getent hosts "\${name#*@}" >/dev/null || exit 69
case $1 in
  list_users) printf 'user\\ttags\\nguest\\t[administrator]\\n'; [ ! -e "$ROOT/queue-user" ] || printf 'openstack\\t[]\\n';;
  list_permissions) [ ! -e "$ROOT/queue-may" ] || printf 'openstack\\t.*\\t.*\\t.*\\n';;
  add_user) : >"$ROOT/queue-user";;
  set_permissions) : >"$ROOT/queue-may";;
  authenticate_user) ;;
  join_cluster) getent hosts "\${2#*@}" >/dev/null || exit 1; echo "$2" >>"$ROOT/queue-with"; echo "join $2" >>"$ROOT/calls";;
  cluster_status) printf "[{nodes,[{disc,['%s'" "$name"; [ ! -e "$ROOT/queue-with" ] || sed "s/.*/,'&'/" "$ROOT/queue-with"; echo ']}]}]';;
esac`;

for (const shell of shells) {
  describe(`Fully qualified names under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell.split(' ')[0] ?? '')) this.skip();
      folder = new NodeFolder(shell, 'el8');
      folder.program('getent', getent);
      folder.put('/name', 'ctl2.dc1.example.com\n');
      folder.program('uname', 'case $1 in -n) cat "$ROOT/name";; *) echo x86_64;; esac');
      folder.program('hostnamectl', 'echo "$2" >"$ROOT/etc/hostname"; echo "$2" >"$ROOT/name"');
    });
    afterEach(() => folder?.remove());
    const hosts = () => folder.read('/etc/hosts');
    const sets = (cluster: Cluster, step: string) => {
      const { outcome, log } = folder.run(cluster, step);
      assert.equal(outcome, 'changed', log);
      assert.equal(folder.run(cluster, step).outcome, 'unchanged');
    };

    it('are written to hosts-file first, with the short name as alias', () => {
      folder.put(
        '/etc/hosts',
        '127.0.0.1 localhost\n127.0.1.1 ctl2.dc1.example.com ctl2\n10.2.0.11 CTL1 old # console\n',
      );
      sets(clusterWith(full, 'hosts-file'), 'hosts-file');
      assert.equal(
        hosts(),
        '127.0.0.1 localhost\n10.2.0.11 old # console\n# BEGIN stackprep names\n10.2.0.11 ctl1.dc1.example.com ctl1\n10.2.0.12 ctl2.dc1.example.com ctl2\n# END stackprep names\n',
      );
    });

    it('get no alias in hosts-file if two nodes would have it or it could be something else', () => {
      folder.put('/etc/hosts', '127.0.0.1 localhost\n');
      sets(
        clusterWith(['ctl.a.example.com', 'CTL.b.example.com', '7.example.com', 'db'], 'hosts-file'),
        'hosts-file',
      );
      assert.match(
        hosts() ?? '',
        /^10\.2\.0\.11 ctl\.a\.example\.com\n10\.2\.0\.12 CTL\.b\.example\.com\n10\.2\.0\.13 7\.example\.com\n10\.2\.0\.14 db\n/m,
      );
    });

    it('leave in hosts-file the line that maps a short name to its full name, and all other lines and comments', () => {
      const before =
        '127.0.0.1 localhost\n# OpenStack\n10.2.0.11\tdb.lab.example.com\tdb\n10.2.0.12\tweb.lab.example.com\tweb   # compute\n10.2.0.9\tmirror.lab.example.com mirror # used by db\n10.9.9.9 db nas\r\n';
      folder.put('/etc/hosts', before);
      const cluster = clusterWith(['db', 'web'], 'hosts-file');
      sets(cluster, 'hosts-file');
      assert.equal(
        hosts(),
        `${before.replace('10.9.9.9 db nas', '10.9.9.9 nas')}# BEGIN stackprep names\n10.2.0.11 db\n10.2.0.12 web\n# END stackprep names\n`,
      );
      assert.equal(folder.undo(cluster, 'hosts-file').outcome, 'changed');
      assert.equal(hosts(), before);
    });

    it('are found in hosts-file before a carriage return', () => {
      folder.put('/etc/hosts', '127.0.0.1 localhost\r\n10.0.0.171 db\r\n10.0.0.172 web os2\r\n');
      sets(clusterWith(['db', 'web'], 'hosts-file'), 'hosts-file');
      assert.match(hosts() ?? '', /^127\.0\.0\.1 localhost\r\n10\.0\.0\.172 os2\r\n# BEGIN/);
    });

    it('leave every line of hosts-file restorable if a node had another address in between', () => {
      const before = '127.0.0.1 localhost\n10.2.0.11 db.lab.example.com db\n10.2.0.14 web\n';
      folder.put('/etc/hosts', before);
      const cluster = clusterWith(['db', 'web'], 'hosts-file');
      sets(cluster, 'hosts-file');
      const [db, web] = cluster.nodes;
      assert.ok(db && web);
      sets({ ...cluster, nodes: [{ ...db, address: '10.2.0.15' }, web] }, 'hosts-file');
      assert.equal(folder.undo(cluster, 'hosts-file').outcome, 'changed');
      assert.equal(hosts(), before);
    });

    it('count for hostname as equal to the short name, and are set whole', () => {
      folder.put('/etc/hostname', 'ctl2.dc1.example.com\n');
      assert.equal(folder.run(clusterWith(['ctl2'], 'hostname'), 'hostname').outcome, 'unchanged');
      assert.deepEqual(folder.probe(clusterWith(['ctl22'], 'hostname'), 'hostname').reasons, [
        'hostname-differs',
        'file-differs',
      ]);
      folder.put('/name', 'ctl1\n');
      sets(clusterWith(full, 'hostname'), 'hostname');
      assert.equal(folder.read('/etc/hostname'), 'ctl1.dc1.example.com\n');
    });

    describe('in RabbitMQ', () => {
      beforeEach(() => {
        folder.unit('rabbitmq-server', 'disabled inactive');
        folder.program('rpm', 'case $* in *--qf*) echo 3.10.8;; *) exit 0;; esac');
        folder.program('dnf', 'exit 0');
        folder.program('rabbitmqctl', rabbitmqctl);
        folder.program('id', 'echo 0');
        folder.put('/var/lib/rabbitmq/.erlang.cookie', 'c', 0o400);
        folder.node = 'ctl2.dc1.example.com';
      });
      const secrets = new Map([
        ['q', 'q'],
        ['c', 'c'],
      ]);
      const runQueue = (cluster: Cluster) => folder.run(cluster, 'rabbitmq', secrets);

      it("are not used if the short names resolve, as is RabbitMQ's default", () => {
        folder.put(
          '/etc/hosts',
          '10.2.0.11 ctl1.dc1.example.com ctl1\n10.2.0.12 ctl2.dc1.example.com ctl2\n',
        );
        const result = runQueue(clusterWith(full, 'rabbitmq', queue));
        assert.equal(result.outcome, 'changed', result.log);
        assert.ok(folder.calls().includes('join rabbit@ctl1'), folder.calls().join('\n'));
        assert.equal(folder.read('/etc/rabbitmq/rabbitmq-env.conf'), undefined);
        assert.equal(runQueue(clusterWith(full, 'rabbitmq', queue)).outcome, 'unchanged');
      });

      it('are used if only they resolve', () => {
        folder.put('/etc/hosts', '10.2.0.11 ctl1.dc1.example.com\n10.2.0.12 ctl2.dc1.example.com\n');
        const result = runQueue(clusterWith(full, 'rabbitmq', queue));
        assert.equal(result.outcome, 'changed', result.log);
        assert.ok(folder.calls().includes('join rabbit@ctl1.dc1.example.com'), folder.calls().join('\n'));
        assert.equal(
          folder.read('/etc/rabbitmq/rabbitmq-env.conf'),
          'USE_LONGNAME=true\nNODENAME=rabbit@ctl2.dc1.example.com\n',
        );
        assert.equal(runQueue(clusterWith(full, 'rabbitmq', queue)).outcome, 'unchanged');
      });

      it('are used if two nodes have the same short name', () => {
        folder.put('/etc/hosts', '10.2.0.11 ctl2.dc0.example.com\n10.2.0.12 ctl2.dc1.example.com ctl2\n');
        const result = runQueue(
          clusterWith(['ctl2.dc0.example.com', 'ctl2.dc1.example.com'], 'rabbitmq', queue),
        );
        assert.equal(result.outcome, 'changed', result.log);
        assert.ok(folder.calls().includes('join rabbit@ctl2.dc0.example.com'), folder.calls().join('\n'));
      });

      it('are kept if the user has chosen them, even if the cluster file has short names', () => {
        folder.put(
          '/etc/hosts',
          '10.2.0.11 ctl1.dc1.example.com ctl1\n10.2.0.12 ctl2.dc1.example.com ctl2\n',
        );
        folder.put(
          '/etc/rabbitmq/rabbitmq-env.conf',
          "USE_LONGNAME='true'\nNODENAME=rabbit@ctl2.dc1.example.com\n",
        );
        folder.node = 'ctl2';
        const result = runQueue(clusterWith(['ctl1', 'ctl2'], 'rabbitmq', queue));
        assert.equal(result.outcome, 'changed', result.log);
        assert.ok(folder.calls().includes('join rabbit@ctl1.dc1.example.com'), folder.calls().join('\n'));
      });

      it('are reported as not resolved if neither form resolves', () => {
        folder.put('/etc/hosts', '127.0.0.1 localhost\n');
        const { state, reasons } = folder.probe(clusterWith(full, 'rabbitmq', queue), 'rabbitmq', secrets);
        assert.deepEqual([state, reasons[0]], ['needed', 'name-not-resolved']);
      });

      it('are reported as different if the node has another hostname than the cluster file', () => {
        folder.put(
          '/etc/hosts',
          '10.2.0.11 ctl1.dc1.example.com ctl1\n10.2.0.12 ctl2.dc1.example.com ctl2 ctl22\n',
        );
        folder.put('/name', 'ctl22.dc1.example.com\n');
        const { state, reasons } = folder.probe(clusterWith(full, 'rabbitmq', queue), 'rabbitmq', secrets);
        assert.deepEqual([state, reasons], ['unknown', ['hostname-differs']]);
      });
    });
  });
}
