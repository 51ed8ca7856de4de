import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Cluster } from '../../../src/cluster/model.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

/** Words that a shell, chpasswd and sed could take for something else. */
const word = 'pa:ss $(id) "w0rd" \\1&';
const node = 'openstack1';
const sudoers = '/etc/sudoers.d/stackprep';

for (const system of ['el7', 'el9'] as const) {
  describe(`The kernel and the users of a real node that looks like ${system}`, () => {
    let lab: Lab;
    let cluster: Cluster;
    let work: LabEngine;

    const inside = (line: string, input?: string) => lab.inside(node, ['sh', '-c', line], input);
    const must = async (line: string, input?: string): Promise<string> => {
      const { code, stdout, stderr } = await inside(line, input);
      assert.equal(code, 0, `${line}: ${stdout}${stderr}`);
      return stdout;
    };
    /** A command as the user that the step creates, over a separate login. */
    const asDeploy = (line: string) => lab.ssh(node, line, { user: 'deploy' });
    const describeCluster = (ssh: string, deploy: string, steps = '[kernel, users]') =>
      clusterOf(`cluster: both
ssh: ${ssh}
nodes: { ${node}: { address: ${lab.node(node).address}, roles: [controller] } }
kernel:
  modules: [${module}]
  sysctl: { net.ipv4.ip_forward: 1, net.ipv4.conf.all.rp_filter: 0, net.ipv4.ip_local_port_range: 20000  60000 }
  limits: [{ domain: "*", item: nofile, value: 4321 }]
users:
  deploy: ${deploy}
  root: { password: { secret: root } }
steps: ${steps}
`);
    const whole = () => `{ groups: [wheel], keys: [${lab.identity}], sudo: nopasswd, shell: /bin/bash }`;
    const values = () =>
      must('sysctl -n net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.ip_local_port_range');
    /** A module that the nodes have, because they share the kernel of this computer. */
    let module: string;
    let former: string;
    let shadow: string;

    before(async () => {
      lab = await upLab({ nodes: 1, system });
      await must('sysctl -q -w net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=2');
      module = (
        await must('ls /sys/module | grep -xE "loop|overlay|fuse|ipv6|bridge" | head -n 1 || :')
      ).trim();
      former = await values();
      shadow = await must('getent shadow root');
      cluster = describeCluster(`{ user: root, identity: ${lab.identity} }`, whole());
      work = startEngine(lab, cluster, { secrets: { root: word } });
    });
    after(async () => {
      await work?.close();
      await lab?.down();
    });

    it('are both needed on a fresh node, and a check changes nothing', async () => {
      assert.deepEqual(stepValues(await work.operate('check'), node, 'state'), {
        kernel: 'needed',
        users: 'needed',
      });
      assert.equal(await values(), former);
      assert.equal((await inside(`id deploy || test -e ${sudoers} || test -e /var/lib/stackprep`)).code, 1);
    });

    it('are applied, as sysctl, a login, sudo and su show', async () => {
      const now = await work.operate('run');
      assert.deepEqual(
        stepValues(now, node, 'outcome'),
        { kernel: 'changed', users: 'changed' },
        JSON.stringify(now.nodes),
      );
      assert.equal(await values(), '1\n0\n20000\t60000\n');
      const { stdout } = await asDeploy('ulimit -n; id -un; id -Gn; sudo -n id -un');
      assert.equal(stdout, '4321\ndeploy\ndeploy wheel\nroot\n');
      assert.equal(await must(`stat -c "%a %U" ${sudoers}; visudo -c -q && echo well`), '440 root\nwell\n');
      assert.equal(await must('runuser -u deploy -- su -c "id -un" root', `${word}\n`), 'root\n');
    });

    it('leave the password nowhere on the node and in no file of the run', async () => {
      const found = await inside(
        'grep -rlF -f /dev/stdin /var/lib/stackprep /var/log /etc /root /home /run /tmp 2>/dev/null; journalctl --no-pager 2>/dev/null | grep -cF -e "w0rd"',
        `${word}\n`,
      );
      assert.equal(found.stdout, '0\n');
      assert.equal(spawnSync('grep', ['-rlF', '-e', word, work.folder], { encoding: 'utf8' }).stdout, '');
    });

    it('are unchanged by a second run', async () => {
      assert.deepEqual(stepValues(await work.operate('run'), node, 'outcome'), {
        kernel: 'unchanged',
        users: 'unchanged',
      });
    });

    it('are reported as drifted, and fixed', async () => {
      await must(
        `sysctl -q -w net.ipv4.ip_forward=0; rm ${sudoers}; gpasswd -d deploy wheel; echo root:other | chpasswd`,
      );
      const now = await work.operate('check');
      assert.deepEqual(stepValues(now, node, 'state'), { kernel: 'drifted', users: 'drifted' });
      assert.deepEqual(
        now.nodes[node]?.steps.users?.reasons.map(({ code }) => code),
        ['user-not-in-group', 'password-differs', 'file-missing'],
      );
      assert.deepEqual(stepValues(await work.operate('run'), node, 'outcome'), {
        kernel: 'changed',
        users: 'changed',
      });
    });

    it('say which parameter the kernel does not have', async () => {
      const odd = clusterOf(`cluster: odd
ssh: { user: root, identity: ${lab.identity} }
nodes: { ${node}: { address: ${lab.node(node).address}, roles: [controller] } }
kernel: { sysctl: { net.ipv4.no_such: 1 } }
steps: [kernel]
`);
      const other = startEngine(lab, odd);
      const { state, reasons } = (await other.operate('check')).nodes[node]?.steps.kernel ?? {};
      await other.close();
      assert.equal(state, 'unknown');
      assert.deepEqual(
        reasons?.map(({ code, args }) => [code, args[0]].join(' ')),
        ['parameter-unknown net.ipv4.no_such'],
      );
    });

    it('do not touch rules of sudo that others have broken, and name what is wrong', async () => {
      await must('echo "this is no rule" >/etc/sudoers.d/other && chmod 440 /etc/sudoers.d/other');
      const now = await work.operate('check');
      await must('rm /etc/sudoers.d/other');
      assert.equal(now.nodes[node]?.steps.users?.state, 'unknown');
      assert.deepEqual(
        now.nodes[node]?.steps.users?.reasons.map(({ code }) => code),
        ['sudoers-broken'],
      );
    });

    /** The same with the user that the step has made as the login user. */
    const byDeploy = async (deploy: string): Promise<LabEngine> =>
      startEngine(
        lab,
        describeCluster(`{ user: deploy, become: sudo, identity: ${lab.identity} }`, deploy, '[users]'),
        { secrets: { root: word } },
      );

    it('keep the sudo of the login user, whatever the file says', async () => {
      const other = await byDeploy(`{ keys: [${lab.identity}], sudo: none }`);
      const step = (await other.operate('run')).nodes[node]?.steps.users;
      await other.close();
      assert.equal(step?.outcome, 'failed');
      assert.ok(
        step?.notices?.some(({ code }) => code === 'sudo-locks-out'),
        JSON.stringify(step),
      );
      assert.equal((await asDeploy('sudo -n id -un')).stdout, 'root\n');
    });

    it('roll back a shell that lets the login user in no more', async () => {
      const other = await byDeploy(`{ keys: [${lab.identity}], sudo: nopasswd, shell: /usr/sbin/nologin }`);
      const step = (await other.operate('run')).nodes[node]?.steps.users;
      await other.close();
      assert.equal(step?.outcome, 'failed');
      assert.equal((await asDeploy('sudo -n id -un')).stdout, 'root\n');
    });

    it('take nothing of the login user away when it undoes the step itself', async () => {
      const other = await byDeploy(whole());
      const step = (await other.operate('undo')).nodes[node]?.steps.users;
      await other.close();
      assert.ok(
        step?.notices?.some(({ code }) => code === 'login-user-stays'),
        JSON.stringify(step),
      );
      assert.equal((await asDeploy('sudo -n id -un')).stdout, 'root\n');
      assert.equal(await must('getent shadow root | cut -d : -f 2'), `${shadow.split(':')[1]}\n`);
    });

    it('are undone: values, files, groups and rules as before, the home left', async () => {
      // From here on, the login user keeps its own state; a new user shows the rest.
      await must(
        "pkill -KILL -u deploy || :; timeout 20 sh -c 'while pgrep -u deploy; do :; done' >/dev/null",
      );
      await must(`userdel -r deploy && rm -f ${sudoers}`);
      assert.deepEqual(stepValues(await work.operate('run'), node, 'outcome'), {
        kernel: 'unchanged',
        users: 'changed',
      });
      const now = await work.operate('undo');
      assert.deepEqual(stepValues(now, node, 'outcome'), { kernel: 'changed', users: 'changed' });
      assert.deepEqual(stepValues(now, node, 'state'), { kernel: 'needed', users: 'needed' });
      assert.equal(await values(), former);
      assert.equal(
        await must(
          'ls /etc/sysctl.d /etc/modules-load.d /etc/security/limits.d /etc/sudoers.d | grep -c stackprep || :',
        ),
        '0\n',
      );
      assert.equal((await inside('id deploy')).code, 1);
      assert.equal(await must('ls -d /home/deploy; ls -A /home/deploy/.ssh'), '/home/deploy\n');
      // root is the login user here: its password is not taken away.
      assert.ok(now.nodes[node]?.steps.users?.notices.some(({ code }) => code === 'login-user-stays'));
    });
  });
}
