import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const file = '/root/packstack-answers-stackprep.txt';

/** A cluster with a separate network node, which alone has the provider interface. */
function cluster(packstack: Cluster['packstack'] = {}, nodes?: string): Cluster {
  const given = clusterOf(`cluster: lab
openstack: { release: epoxy, installer: packstack, components: [keystone, glance, placement, nova, neutron] }
nodes:
${
  nodes ??
  `  c1: { address: 10.0.0.1, roles: [controller] }
  n1: { address: 10.0.0.2, roles: [network] }
  n2: { address: 10.0.0.3, roles: [compute] }`
}
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
  provider: { interface: eth1 }
steps: [packstack]
`);
  return { ...given, packstack };
}

/** packstack as the step uses it: generates a password, adds default answers and writes Keystone's file. */
const program = `case $1 in --version) echo "packstack 26.0.0"; exit 0;; esac
file=\${1#--answer-file=}
echo "packstack" >>"$ROOT/calls"; cp "$file" "$ROOT/given"
grep -q '^CONFIG_NOVA_DB_PW=' "$file" || echo "CONFIG_NOVA_DB_PW=madeup" >>"$file"
grep -q '^EXCLUDE_SERVERS=' "$file" || echo "EXCLUDE_SERVERS=" >>"$file"
grep -q '^CONFIG_DEBUG_MODE=' "$file" || echo "CONFIG_DEBUG_MODE=n" >>"$file"
echo "export OS_AUTH_URL=http://10.0.0.1:5000/v3" >"$ROOT/root/keystonerc_admin"
printf '\\033[0;31mERROR : of no matter\\033[0m\\n'`;

for (const shell of nodeShells) {
  describe(`The step packstack under ${shell}`, () => {
    let folder: NodeFolder;
    const interfaces = (host: string | undefined, ...names: readonly string[]) => {
      for (const name of names)
        mkdirSync(join(folder.root, host === undefined ? '' : `hosts/${host}`, 'sys/class/net', name), {
          recursive: true,
        });
    };
    /** Codes with their values, of the last check or of the notices. */
    const said = (result: ReturnType<NodeFolder['probe']>, type: 'because' | 'notice') =>
      result.markers.flatMap((marker) =>
        marker.type === type ? [[marker.reason.code, ...marker.reason.args].join(' ')] : [],
      );

    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell);
      folder.put('/root/.keep', '');
      folder.put('/var/.keep', '');
      folder.program('rpm', ':');
      folder.program('yum', ':');
      folder.program('dnf', ':');
      folder.program('curl', ':');
      folder.program('getent', 'echo "10.0.0.1 c1"');
      folder.program('ip', 'echo "default via 10.0.0.254 dev eth0"');
      folder.program('getenforce', 'echo Disabled');
      folder.program('packstack', program);
      folder.program(
        'ssh',
        `for word; do case $word in root@*) host=\${word#root@};; esac; last=$word; done
echo "ssh $host" >>"$ROOT/calls"
[ -d "$ROOT/hosts/$host" ] || { echo "Permission denied (publickey)." >&2; exit 255; }
echo "Authorized use only"
eval "$(printf '%s' "$last" | sed "s#$ROOT/sys#$ROOT/hosts/$host/sys#")"`,
      );
      interfaces(undefined, 'lo', 'eth0');
      interfaces('10.0.0.1', 'lo', 'eth0');
      interfaces('10.0.0.2', 'lo', 'eth0', 'eth1');
      interfaces('10.0.0.3', 'lo', 'eth0');
    });
    afterEach(() => folder?.remove());

    it('runs Packstack with a separate network node, SELinux disabled and auditd stopped', () => {
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, ['packstack-not-run']);
      const result = folder.run(cluster(), 'packstack');
      assert.equal(result.outcome, 'changed', result.log);
      assert.match(result.log, /^Packstack applies 4 manifests: /m);
      assert.match(folder.read('/given') ?? '', /^CONFIG_NEUTRON_OVN_BRIDGE_IFACES=br-ex:eth1$/m);
      assert.equal(folder.run(cluster(), 'packstack').outcome, 'unchanged');
    });

    it('checks for the provider interface on the network node, and names both', () => {
      interfaces(undefined, 'eth1');
      interfaces('10.0.0.1', 'eth1');
      const elsewhere = cluster({ CONFIG_NETWORK_HOSTS: '10.0.0.3' });
      const result = folder.run(elsewhere, 'packstack');
      assert.deepEqual(said(result, 'notice'), [
        'packstack-no-interface eth1 10.0.0.3',
        ...said(result, 'notice').slice(1),
      ]);
      assert.equal(result.outcome, 'failed');
      assert.equal(folder.calls().includes('packstack'), false);
    });

    it('checks for it locally if the node is the network host, and for interfaces that an answer names', () => {
      const here = cluster({
        CONFIG_NETWORK_HOSTS: '10.0.0.1',
        CONFIG_NEUTRON_OVN_BRIDGE_IFACES: 'br-ex:eth7',
      });
      assert.ok(
        said(folder.probe(here, 'packstack'), 'because').includes('packstack-no-interface eth7 10.0.0.1'),
      );
    });

    it('requires no login on excluded hosts, but one on hosts that only an answer names', () => {
      const without = cluster({ EXCLUDE_SERVERS: '10.0.0.2' });
      folder.program('ssh', 'case $* in *10.0.0.2*) exit 255;; *) echo through;; esac');
      assert.deepEqual(said(folder.probe(without, 'packstack'), 'because'), ['packstack-not-run']);
      folder.program('ssh', 'case $* in *10.9.9.9*) exit 255;; *) echo through;; esac');
      const more = cluster({ CONFIG_NOVA_COMPUTE_HOSTS: '10.0.0.3,10.9.9.9' });
      assert.deepEqual(said(folder.probe(more, 'packstack'), 'because'), [
        'packstack-not-run',
        'packstack-no-root-login 10.9.9.9',
      ]);
    });

    it('requires no login if a single host has all roles, since Packstack installs its key there', () => {
      folder.program('ssh', 'exit 255');
      const alone = cluster({}, '  c1: { address: 10.0.0.1, roles: [controller, network, compute] }');
      interfaces(undefined, 'eth1');
      assert.deepEqual(said(folder.probe(alone, 'packstack'), 'because'), ['packstack-not-run']);
      folder.program('sshd', 'echo "permitrootlogin no"');
      assert.deepEqual(said(folder.probe(alone, 'packstack'), 'because'), [
        'packstack-not-run',
        'packstack-no-root-login 10.0.0.1',
      ]);
    });

    it('resets answers that the cluster file no longer has, and keeps the passwords', () => {
      const before = cluster({
        EXCLUDE_SERVERS: '10.0.0.3',
        CONFIG_DEBUG_MODE: 'y',
        CONFIG_NOVA_KS_PW: { secret: 'x' },
      });
      assert.equal(
        folder.run({ ...before, packstack: { ...before.packstack, CONFIG_NOVA_KS_PW: 'given' } }, 'packstack')
          .outcome,
        'changed',
      );
      assert.match(folder.read(file) ?? '', /^EXCLUDE_SERVERS=10\.0\.0\.3$/m);
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, ['packstack-answers-changed']);
      assert.equal(folder.run(cluster(), 'packstack').outcome, 'changed');
      const given = folder.read('/given') ?? '';
      assert.doesNotMatch(given, /EXCLUDE_SERVERS|DEBUG_MODE/);
      assert.match(given, /^CONFIG_NOVA_DB_PW=madeup$/m);
      assert.match(given, /^CONFIG_NOVA_KS_PW=given$/m);
      assert.match(folder.read(file) ?? '', /^EXCLUDE_SERVERS=$/m);
      assert.equal(folder.probe(cluster(), 'packstack').state, 'done');
    });

    it('is needed if the file on the node was edited, or if no checksum of it exists', () => {
      folder.run(cluster(), 'packstack');
      folder.put(file, `${folder.read(file) ?? ''}EXCLUDE_SERVERS=10.0.0.3\n`, 0o600);
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, ['packstack-answers-edited']);
      assert.equal(folder.run(cluster(), 'packstack').outcome, 'changed');
      assert.doesNotMatch(folder.read('/given') ?? '', /EXCLUDE_SERVERS/);
      const record = '/var/lib/stackprep/ran/packstack';
      folder.put(record, `${(folder.read(record) ?? '').split('\n')[0]}\n`);
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, ['packstack-answers-edited']);
    });

    it('asks Keystone on a controller that only an answer names, which has the credentials file', () => {
      const elsewhere = cluster({ CONFIG_CONTROLLER_HOST: '10.9.9.9' });
      folder.program('packstack', `${program}\nrm "$ROOT/root/keystonerc_admin"`);
      folder.program('curl', 'case $* in *http://10.9.9.9:*) ;; *) exit 7;; esac');
      interfaces('10.9.9.9', 'eth0');
      assert.equal(folder.run(elsewhere, 'packstack').outcome, 'changed');
      folder.program('curl', 'exit 7');
      assert.deepEqual(folder.probe(elsewhere, 'packstack').reasons, ['service-not-responding']);
    });

    it('asks every service that the answers promise, and names each that does not respond', () => {
      folder.run(cluster(), 'packstack');
      folder.program('curl', 'case $* in *:9292/|*:9696/) exit 7;; *) exit 0;; esac');
      const result = folder.probe(cluster(), 'packstack');
      assert.deepEqual(said(result, 'because'), [
        'service-not-responding glance http://10.0.0.1:9292',
        'service-not-responding neutron http://10.0.0.1:9696',
      ]);
      // Those that the answers leave out, and a controller that Packstack leaves out, promise nothing.
      folder.program('curl', 'case $* in *:5000/v3|*:9292/|*:8774/|*:9696/) exit 0;; *) exit 7;; esac');
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, []);
    });

    it('is not done after a later run that failed', () => {
      folder.run(cluster(), 'packstack');
      folder.put(file, `${folder.read(file) ?? ''}EXCLUDE_SERVERS=10.0.0.3\n`, 0o600);
      folder.program('packstack', 'case $1 in --version) echo "packstack 26.0.0";; *) exit 1;; esac');
      assert.equal(folder.run(cluster(), 'packstack').outcome, 'failed');
      assert.deepEqual(folder.probe(cluster(), 'packstack').reasons, ['packstack-not-run']);
    });

    it('reports a role that no node has and a node that gets nothing, before it runs', () => {
      const odd = cluster(
        {},
        '  n1: { address: 10.0.0.1, roles: [Controller] }\n  n2: { address: 10.0.0.2, roles: [hypervisor] }',
      );
      interfaces(undefined, 'eth1');
      const all = [
        'packstack-role-reassigned controller n1',
        'packstack-role-reassigned compute n1',
        'packstack-node-unused n2 hypervisor',
      ];
      assert.deepEqual(said(folder.probe(odd, 'packstack'), 'because'), ['packstack-not-run', ...all]);
      assert.deepEqual(said(folder.run(odd, 'packstack'), 'notice').slice(0, 3), all);
    });
  });
}
