import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { sysctl } from '../support/node-programs.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const wanted = (kernel: string) =>
  clusterOf(`cluster: kernel
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
kernel: ${kernel}
steps: [kernel]
`);

const whole = wanted(`{
  sysctl: { net.ipv4.ip_forward: 1, net.ipv4.tcp_rmem: "4096  131072 6291456", net.bridge.bridge-nf-call-iptables: 1 },
  modules: [br_netfilter],
  limits: [{ domain: "*", item: nofile, value: 65536 }, { domain: "@wheel", type: soft, item: memlock, value: unlimited }] }`);

const files = {
  parameters: '/etc/sysctl.d/99-zz-stackprep.conf',
  modules: '/etc/modules-load.d/stackprep.conf',
  limits: '/etc/security/limits.d/99-stackprep.conf',
} as const;

/** Knows br_netfilter and the parameter that it adds; logs every call except dry runs in \`loaded\`. */
const modprobe = `try=; for word; do case $word in -n) try=1;; -*) ;; *) name=$word;; esac; done
[ "$name" = br_netfilter ] || { echo "modprobe: FATAL: Module $name not found." >&2; exit 1; }
[ -z "$try" ] || exit 0
echo "$name" >>"$ROOT/loaded"; mkdir -p "$ROOT/sys/module/$name" "$ROOT/proc/sys/net/bridge"; echo 0 >"$ROOT/proc/sys/net/bridge/bridge-nf-call-iptables"`;

for (const shell of nodeShells) {
  describe(`The step kernel under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell);
      folder.put('/proc/sys/net/ipv4/ip_forward', '0\n');
      folder.put('/proc/sys/net/ipv4/tcp_rmem', '4096\t87380\t6291456\n');
      folder.program('sysctl', sysctl);
      folder.program('modprobe', modprobe);
    });
    afterEach(() => folder?.remove());

    const value = (path: string) => folder.read(`/proc/sys/${path}`)?.trim();

    it('loads the module, sets the values and writes each file, only once', () => {
      assert.deepEqual(folder.probe(whole, 'kernel').reasons, [
        'module-not-loaded',
        'parameter-differs',
        'parameter-differs',
        'parameter-absent',
        'file-missing',
        'file-missing',
        'file-missing',
      ]);
      const result = folder.run(whole, 'kernel');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(folder.read('/loaded'), 'br_netfilter\n');
      assert.equal(value('net/ipv4/ip_forward'), '1');
      assert.equal(value('net/bridge/bridge-nf-call-iptables'), '1');
      assert.equal(
        folder.read(files.parameters),
        '# Written by Stackprep.\nnet.ipv4.ip_forward = 1\nnet.ipv4.tcp_rmem = 4096 131072 6291456\nnet.bridge.bridge-nf-call-iptables = 1\n',
      );
      assert.equal(folder.read(files.modules), '# Written by Stackprep.\nbr_netfilter\n');
      assert.equal(
        folder.read(files.limits),
        '# Written by Stackprep.\n* - nofile 65536\n@wheel soft memlock unlimited\n',
      );
      assert.equal(folder.run(whole, 'kernel').outcome, 'unchanged');
    });

    it('restores on undo the files and values from before the first run, even after a second one', () => {
      folder.put(files.limits, '# mine\n* soft core 0\n');
      assert.equal(folder.run(whole, 'kernel').outcome, 'changed');
      folder.put('/proc/sys/net/ipv4/ip_forward', '7\n');
      assert.equal(folder.run(whole, 'kernel').outcome, 'changed');
      assert.equal(folder.undo(whole, 'kernel').outcome, 'changed');
      assert.equal(value('net/ipv4/ip_forward'), '0');
      assert.equal(value('net/ipv4/tcp_rmem'), '4096 87380 6291456');
      assert.equal(value('net/bridge/bridge-nf-call-iptables'), '0');
      assert.equal(folder.read(files.parameters), undefined);
      assert.equal(folder.read(files.modules), undefined);
      assert.equal(folder.read(files.limits), '# mine\n* soft core 0\n');
    });

    it('detects a value and a file that were changed later', () => {
      folder.run(whole, 'kernel');
      folder.put('/proc/sys/net/ipv4/ip_forward', '0\n');
      folder.put(files.modules, 'other\n');
      const { state, reasons } = folder.probe(whole, 'kernel');
      assert.deepEqual(
        { state, reasons },
        { state: 'drifted', reasons: ['parameter-differs', 'file-differs'] },
      );
    });

    it('removes a file that has no settings any more, and restores the original on undo', () => {
      folder.run(whole, 'kernel');
      const less = wanted('{ sysctl: { net.ipv4.ip_forward: 1 } }');
      assert.deepEqual(folder.probe(less, 'kernel').reasons, [
        'file-differs',
        'file-obsolete',
        'file-obsolete',
      ]);
      assert.equal(folder.run(less, 'kernel').outcome, 'changed');
      assert.equal(folder.read(files.limits), undefined);
      assert.equal(folder.run(less, 'kernel').outcome, 'unchanged');
      assert.equal(folder.undo(less, 'kernel').outcome, 'changed');
      assert.equal(value('net/ipv4/tcp_rmem'), '4096 87380 6291456');
    });

    it('changes nothing if the kernel has no such module or parameter, and reports its name', () => {
      for (const [settings, reason] of [
        ['{ modules: [no_such], sysctl: { net.ipv4.ip_forward: 1 } }', 'module-unknown'],
        ['{ sysctl: { net.ipv4.ip_forward: 1, net.ipv4.no_such: 1 } }', 'parameter-unknown'],
        ['{ sysctl: { net.ipv4: 1 } }', 'parameter-unknown'],
      ] as const) {
        const result = folder.run(wanted(settings), 'kernel');
        assert.equal(result.outcome, 'failed');
        assert.equal(result.reasons.at(-1), reason);
        assert.equal(value('net/ipv4/ip_forward'), '0');
        assert.equal(folder.read(files.parameters), undefined);
      }
    });

    it('accepts a module that is built into the kernel', () => {
      folder.put('/sys/module/nf_conntrack/version', '1');
      assert.deepEqual(folder.probe(wanted('{ modules: [nf-conntrack] }'), 'kernel').reasons, [
        'file-missing',
      ]);
    });

    it('reports a read-only parameter before it changes anything', function () {
      // File modes do not restrict root, but a read-only mount does, like in a container.
      if (process.getuid?.() !== 0 || !hasProgram('unshare') || !hasProgram('mount')) this.skip();
      const only = wanted(
        '{ sysctl: { net.ipv4.ip_forward: 1 }, limits: [{ domain: "*", item: core, value: 0 }] }',
      );
      folder.remove();
      const place = mkdtempSync(join(tmpdir(), 'stackprep-read-only-'));
      const mount = join(place, 'mount');
      writeFileSync(
        mount,
        `p=$(cat ${place}/root)/proc/sys; mount --bind $p $p && mount -o remount,bind,ro $p && exec "$@"`,
      );
      folder = new NodeFolder(`unshare -m sh ${mount} ${shell}`);
      writeFileSync(join(place, 'root'), folder.root);
      folder.put('/proc/sys/net/ipv4/ip_forward', '0\n');
      const result = folder.run(only, 'kernel');
      clearAwaySync(place);
      assert.equal(result.outcome, 'failed', result.log);
      assert.equal(result.reasons[0], 'parameter-read-only');
      assert.equal(folder.read(files.limits), undefined);
    });

    it('restores the other values if the kernel refuses one, and writes no file', () => {
      folder.put('/proc/sys/kernel/odd', 'as it was\n');
      const odd = wanted('{ sysctl: { net.ipv4.ip_forward: 1, kernel.odd: refused } }');
      const { outcome, log } = folder.run(odd, 'kernel');
      assert.equal(outcome, 'failed');
      assert.match(log, /Invalid argument/);
      assert.match(log, /the kernel has kernel\.odd = as it was, not refused/);
      assert.equal(value('net/ipv4/ip_forward'), '0');
      assert.equal(folder.read(files.parameters), undefined);
    });

    it('reports a value in /etc/sysctl.conf that `sysctl --system` would restore', () => {
      folder.put(
        '/etc/sysctl.conf',
        '# net.ipv4.ip_forward = 3\n-net.ipv4.ip_forward=1\n net.ipv4.ip_forward =  0 \n',
      );
      assert.deepEqual(folder.run(whole, 'kernel').notices, ['parameter-set-elsewhere']);
      folder.put('/etc/sysctl.conf', 'net.ipv4.ip_forward = 1\n');
      folder.put('/proc/sys/net/ipv4/ip_forward', '0\n');
      assert.deepEqual(folder.run(whole, 'kernel').notices, []);
    });

    it('treats values and names as plain text', () => {
      folder.put('/proc/sys/kernel/core_pattern', 'core\n');
      const text = '|/x $(touch /tmp/stackprep-evil) `id` \\\\1 %p';
      const hostile = wanted(`{ sysctl: { kernel.core_pattern: ${JSON.stringify(text)} } }`);
      assert.equal(folder.run(hostile, 'kernel').outcome, 'changed');
      assert.equal(value('kernel/core_pattern'), text);
      assert.equal(folder.read(files.parameters), `# Written by Stackprep.\nkernel.core_pattern = ${text}\n`);
    });
  });
}
