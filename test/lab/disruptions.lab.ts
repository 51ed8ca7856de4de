import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { sudoUser } from './inside-disruptions.ts';
import { type Lab, upLab } from './lab.ts';
import { leftovers } from './leftovers.ts';
import { leaderOf, sshAnswers } from './node.ts';
import { sleep } from './run.ts';

describe('Disruptions of a real node', () => {
  let lab: Lab;
  const on = (node: string, command: string, input?: string) =>
    lab.ssh(node, command, input === undefined ? {} : { input });

  before(async () => {
    lab = await upLab({ nodes: 4 });
  });
  after('leave nothing behind, even while some are active', async () => {
    await lab.disrupt('openstack3', 'packet-loss', '100');
    await lab.disrupt('openstack4', 'freeze');
    await lab.disrupt('openstack1', 'yum-lock');
    await lab.down();
    assert.deepEqual(leftovers(), []);
  });

  it('power-cut stops everything at once and keeps the disk until boot', async () => {
    const boot = (await on('openstack1', 'cat /proc/sys/kernel/random/boot_id')).stdout;
    await on('openstack1', 'echo kept > /var/lib/kept; echo gone > /run/gone');
    await lab.disrupt('openstack1', 'power-cut');
    assert.equal(leaderOf(lab.node('openstack1')), undefined);
    assert.equal(await sshAnswers('198.18.88.171'), false);
    await lab.disrupt('openstack1', 'boot');
    const after = await on(
      'openstack1',
      'cat /var/lib/kept; ls /run/gone; cat /proc/sys/kernel/random/boot_id',
    );
    assert.match(after.stdout, /^kept\n/);
    assert.match(after.stderr, /No such file/);
    assert.ok(!after.stdout.includes(boot));
  });

  it('reboot waits until the node is up with both interfaces', async () => {
    const boot = (await on('openstack2', 'cat /proc/sys/kernel/random/boot_id')).stdout;
    await lab.disrupt('openstack2', 'reboot');
    const after = await on(
      'openstack2',
      'cat /proc/sys/kernel/random/boot_id; cat /sys/class/net/eth[01]/operstate',
    );
    assert.ok(!after.stdout.includes(boot));
    assert.match(after.stdout, /\nup\nup\n$/);
  });

  it('reboot from inside starts the node again', async () => {
    await on('openstack2', 'systemctl reboot');
    await sleep(500);
    const end = Date.now() + 60_000;
    while (!(await sshAnswers('198.18.88.172')) && Date.now() < end) await sleep(100);
    assert.equal((await on('openstack2', 'true')).code, 0);
  });

  it('link-cut drops traffic silently, and an open login continues after link-restore', async () => {
    const login = spawn('ssh', ['-F', lab.sshConfig, 'openstack3', 'cat']);
    const heard: string[] = [];
    const said = () => heard.join('');
    login.stdout.on('data', (bytes) => heard.push(String(bytes)));
    login.stdin.write('one\n');
    const logged = Date.now() + 60_000;
    while (said() === '' && Date.now() < logged) await sleep(50);
    assert.equal(said(), 'one\n');
    await lab.disrupt('openstack3', 'link-cut');
    login.stdin.write('two\n');
    await sleep(2000);
    assert.equal(said(), 'one\n');
    assert.equal(login.exitCode, null);
    assert.equal((await lab.inside('openstack3', ['true'])).code, 0);
    await lab.disrupt('openstack3', 'link-restore');
    const end = Date.now() + 30_000;
    while (said() !== 'one\ntwo\n' && Date.now() < end) await sleep(100);
    assert.equal(said(), 'one\ntwo\n');
    login.stdin.end();
  });

  it('packet-loss drops some or all packets until it ends', async () => {
    const lost = async () => {
      const { stdout } = await lab.inside('openstack3', [
        'ping',
        '-q',
        '-c',
        '40',
        '-i',
        '0.02',
        '-W',
        '1',
        '198.18.88.1',
      ]);
      return Number(/([\d.]+)% packet loss/.exec(stdout)?.[1]);
    };
    assert.equal(await lost(), 0);
    await lab.disrupt('openstack3', 'packet-loss', '30');
    const some = await lost();
    assert.ok(some > 10 && some < 95, `${some} %`);
    await lab.disrupt('openstack3', 'packet-loss', '100');
    assert.equal(await lost(), 100);
    await lab.disrupt('openstack3', 'packet-loss', '0');
    assert.equal(await lost(), 0);
  });

  it('freeze hangs a node with open connections until thaw', async () => {
    await lab.disrupt('openstack3', 'freeze');
    assert.equal(await sshAnswers('198.18.88.173', 1000), false);
    await lab.disrupt('openstack3', 'thaw');
    assert.equal((await on('openstack3', 'echo back')).stdout, 'back\n');
  });

  it('sshd-restart keeps open logins, and logins-kill kills them', async () => {
    const login = on('openstack3', 'sleep 3; echo done');
    await sleep(1000);
    await lab.disrupt('openstack3', 'sshd-restart');
    assert.deepEqual({ ...(await login), stderr: '' }, { code: 0, stdout: 'done\n', stderr: '' });
    const killed = on('openstack3', 'sleep 30; echo done');
    await sleep(1000);
    await lab.disrupt('openstack3', 'logins-kill');
    assert.equal((await killed).code, 255);
  });

  it('disk-full prevents writing until disk-free', async () => {
    const write = 'dd if=/dev/zero of=/var/tmp/half bs=1M count=4 2>&1; echo $?; rm -f /var/tmp/half';
    await lab.disrupt('openstack4', 'disk-full');
    assert.match((await on('openstack4', write)).stdout, /No space left on device[\s\S]*\n1\n$/);
    await lab.disrupt('openstack4', 'disk-free');
    assert.match((await on('openstack4', write)).stdout, /\n0\n$/);
  });

  it('yum-lock blocks yum until yum-unlock', async () => {
    await lab.disrupt('openstack4', 'yum-lock');
    const waiting = await on('openstack4', 'timeout 3 yum -y install house-rules');
    assert.equal(waiting.code, 124);
    assert.match(waiting.stdout, /Waiting for process with pid \d+ to finish/);
    await lab.disrupt('openstack4', 'yum-unlock');
    assert.equal((await on('openstack4', 'yum -y install house-rules')).code, 0);
  });

  it('sudo-password creates a user with a sudo password, sudo-no-password and sudo-tty one without', async () => {
    const { name: user, password } = sudoUser;
    const as = (command: string, input = '') => lab.ssh('openstack4', command, { user, input });
    await lab.disrupt('openstack4', 'sudo-password');
    assert.equal((await as('sudo -n id -u')).code, 1);
    assert.equal((await as("sudo -S -p '' id -u", `${password}\n`)).stdout, '0\n');
    assert.equal((await as("sudo -k -S -p '' id -u", 'wrong\n')).code, 1);
    await lab.disrupt('openstack4', 'sudo-no-password');
    assert.equal((await as('sudo -n id -u')).stdout, '0\n');
    await lab.disrupt('openstack4', 'sudo-tty');
    assert.match((await as('sudo -n id -u')).stderr, /must have a tty/);
  });

  it('new-host-key is refused by a client with strict host key checking', async () => {
    await lab.disrupt('openstack2', 'new-host-key');
    const { code, stderr } = await on('openstack2', 'true');
    assert.equal(code, 255);
    assert.match(stderr, /REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });

  it('hostile-names breaks neither yum nor login shells and runs nothing', async () => {
    const detail = await lab.disrupt('openstack4', 'hostile-names');
    assert.match(detail ?? '', /^\d+ files$/);
    const { code, stdout } = await on(
      'openstack4',
      'yum repolist --all; bash -lc "echo ok"; ls -b /etc/yum.repos.d /root',
    );
    assert.equal(code, 0);
    assert.match(stdout, /^hostile-\d+ /m);
    assert.match(stdout, /^ok$/m);
    assert.match(stdout, /new\\nline\.repo/);
    assert.doesNotMatch(stdout, /^pwned$/m);
  });

  it('clock-off affects new logins until clock-restore', async () => {
    const ahead = async () => {
      const { code, stdout, stderr } = await lab.ssh('openstack1', 'date +%s');
      assert.equal(code, 0, stderr);
      return Number(stdout) - Date.now() / 1000;
    };
    await lab.disrupt('openstack1', 'clock-off');
    assert.ok(Math.abs((await ahead()) - 86_400) < 60);
    assert.equal((await lab.ssh('openstack1', 'yum -q repolist enabled')).code, 0);
    await lab.disrupt('openstack1', 'clock-restore');
    assert.ok(Math.abs(await ahead()) < 60);
  });
});
