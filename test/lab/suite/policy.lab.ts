import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from '../../support/clear-away.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { type Lab, upLab } from '../lab.ts';
import { type CustomStep, inNode } from '../recovery/test-engine.ts';

/** The result of the command line. */
interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A step that fails until another file exists. */
const picky = (name: string): CustomStep => ({
  name,
  check: `test -e /root/${name}.done`,
  run: `echo ran >>/root/${name}.ran; test -e /root/${name}.allowed; : >/root/${name}.done`,
});
const quick = (name: string): CustomStep => ({
  name,
  check: `test -e /root/${name}.done`,
  run: `echo ran >>/root/${name}.ran; : >/root/${name}.done`,
});
/** A step that runs until a file appears. */
const held = (name: string): CustomStep => ({
  name,
  check: `test -e /root/${name}.done`,
  run: `echo begun; while [ ! -e /root/${name}.go ]; do sleep 0.1; done; : >/root/${name}.done`,
});
/** A step with two endless processes: a shell makes background processes ignore interrupts. */
const endless: CustomStep = {
  name: 'endless',
  check: 'test -e /root/endless.done',
  run: 'echo begun; sleep 86399 & sleep 86398; : >/root/endless.done',
};
const endlessProcesses = 'pgrep -a -x sleep | grep 8639 || :';

describe('The command line on real nodes', () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-policy-'));
  let limited: Promise<Ran>;
  let atLimit = '';

  /** Writes a cluster file of these nodes and steps: custom steps as texts, others by name. */
  function fileFor(name: string, nodes: readonly string[], steps: readonly (CustomStep | string)[]): string {
    const rows = nodes.map((node) => `  ${node}: { address: ${lab.node(node).address} }\n`);
    const items = steps.map((step) => `  - ${typeof step === 'string' ? step : JSON.stringify(step)}\n`);
    const file = join(folder, `${name}.cluster.yaml`);
    writeFileSync(
      file,
      `cluster: ${name}\nssh: { user: root, identity: ${lab.identity} }\nnodes:\n${rows.join('')}steps:\n${items.join('')}`,
    );
    return file;
  }
  const start = (file: string, ...options: readonly string[]): CommandLine =>
    commandLine(folder, [
      ...['run', file, '--yes', '--state-dir', join(folder, 'state'), '--known-hosts', lab.knownHosts],
      ...options,
    ]);
  async function run(file: string, ...options: readonly string[]): Promise<Ran> {
    const line = start(file, ...options);
    return { code: await line.ended, output: line.output() };
  }
  const seen = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stderr}`);
    return stdout;
  };
  /** The number of SSH logins on a node. */
  const logins = (node: string): Promise<string> =>
    inNode(lab, node, 'journalctl -q _COMM=sshd | grep -c Accepted || :');

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el9' });
    // The shortest time limit is a minute: the other tests run meanwhile.
    const file = fileFor('limited', ['openstack3'], [endless, quick('behind')]);
    limited = (async () => {
      const line = start(file, '--step-timeout', '1');
      while (!/begun/.test(line.output())) {
        assert.equal(line.child.exitCode, null, line.output());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      atLimit = await inNode(lab, 'openstack3', endlessProcesses);
      return { code: await line.ended, output: line.output() };
    })();
    limited.catch(() => undefined);
  });
  after(async () => {
    await limited?.catch(() => undefined);
    await lab?.down();
    clearAwaySync(folder);
  });

  it('reboots a node after an upgrade with --reboot, waits for it, checks it again and continues', async () => {
    const bootId = 'cat /proc/sys/kernel/random/boot_id';
    const before = await seen('openstack1', bootId);
    const kernel = await seen('openstack1', 'uname -r');
    const own: CustomStep = {
      name: 'on-the-new-kernel',
      check: 'test -e /root/kernel',
      run: 'uname -r >/root/kernel',
    };
    const file = fileFor('reboot', ['openstack1'], ['upgrade', own]);
    const { code, output } = await run(file, '--reboot', '--json');
    assert.equal(code, 0, output);
    assert.notEqual(await seen('openstack1', bootId), before);
    const now = await seen('openstack1', 'uname -r; cat /root/kernel');
    assert.notEqual(now.split('\n')[0], kernel.trim());
    assert.equal(now.split('\n')[0], now.split('\n')[1]);
    const events = output
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line) as { type: string; step?: string; state?: string; reason?: { code: string } },
      );
    const at = (code: string): number => events.findIndex(({ reason }) => reason?.code === code);
    assert.ok(at('reboot-needed') >= 0 && at('rebooting') > at('reboot-needed'), output);
    assert.ok(at('rebooted') > at('rebooting'), output);
    const again = events.slice(at('rebooted')).find(({ type }) => type === 'step-state');
    assert.deepEqual([again?.step, again?.state], ['upgrade', 'done'], output);
  });

  it('continues with the other nodes after a failure, and with --retry-failed runs only the failed one', async () => {
    const file = fileFor('retry', ['openstack2', 'openstack4'], [picky('picky'), quick('after')]);
    await inNode(lab, 'openstack4', ': >/root/picky.allowed');
    const first = await run(file);
    assert.equal(first.code, 1, first.output);
    assert.equal(await seen('openstack4', 'cat /root/picky.ran /root/after.ran'), 'ran\nran\n');
    assert.equal(
      await seen('openstack2', 'cat /root/picky.ran; ls /root/after.ran 2>&1 || :'),
      "ran\nls: cannot access '/root/after.ran': No such file or directory\n",
    );
    await inNode(lab, 'openstack2', ': >/root/picky.allowed');
    const before = await logins('openstack4');
    const second = await run(file, '--retry-failed');
    assert.equal(second.code, 0, second.output);
    assert.doesNotMatch(second.output, /openstack4/);
    assert.equal(await logins('openstack4'), before);
    assert.equal(await seen('openstack2', 'cat /root/picky.ran /root/after.ran'), 'ran\nran\nran\n');
    assert.equal(await seen('openstack4', 'cat /root/picky.ran /root/after.ran'), 'ran\nran\n');
    const third = await run(file, '--retry-failed');
    assert.equal(third.code, 0, third.output);
    assert.match(third.output, /succeeded on every node/);
  });

  it('starts no further step on any node after a failure with --fail-fast, and lets running steps finish', async () => {
    const fails: CustomStep = { name: 'fails', check: 'false', run: 'test "$(uname -n)" != openstack2' };
    const file = fileFor('fast', ['openstack2', 'openstack4'], [held('held'), fails, quick('never')]);
    await inNode(lab, 'openstack2', ': >/root/held.go');
    const line = start(file, '--fail-fast');
    while (!/openstack2 .*fails .*failed/.test(line.output())) {
      assert.equal(line.child.exitCode, null, line.output());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await inNode(lab, 'openstack4', ': >/root/held.go');
    assert.equal(await line.ended, 1, line.output());
    assert.match(line.output(), /openstack4 .*held .*changed/);
    assert.match(line.output(), /openstack4 .*Not run, because openstack2 failed/);
    for (const node of ['openstack2', 'openstack4'])
      assert.equal(await inNode(lab, node, 'ls /root/never.ran 2>/dev/null || echo none'), 'none\n');
  });

  it('stops a step with --step-timeout together with all its processes, and reports the step and the limit', async () => {
    const { code, output } = await limited;
    assert.deepEqual(atLimit.match(/8639\d/g)?.sort(), ['86398', '86399']);
    assert.equal(code, 1, output);
    assert.match(output, /openstack3 .*endless .*Time limit of 1 min reached: stopping the step/);
    assert.match(output, /openstack3 .*endless .*failed: Stopped: the time limit was exceeded/);
    assert.match(output, /openstack3 .*behind .*blocked/);
    assert.equal(await inNode(lab, 'openstack3', endlessProcesses), '');
    assert.equal(
      await seen('openstack3', 'ls /root/endless.done /root/behind.ran 2>/dev/null || echo none'),
      'none\n',
    );
    // No process of the job is left: its supervisor has written its exit code and released the lock of the node.
    const jobs = readdirSync(join(folder, 'state/runs')).flatMap((name) => {
      const started =
        readFileSync(join(folder, 'state/runs', name, 'journal.jsonl'), 'utf8').split('\n')[0] ?? '';
      return started.includes('"cluster":"limited"') ? [name] : [];
    });
    const [job = ''] = jobs.map((name) => `/var/lib/stackprep/jobs/${name}.endless.1`);
    assert.match(
      await seen(
        'openstack3',
        `cat ${job}/rc; flock -n ${job}/work true && flock -n /var/lib/stackprep/node.lock true && echo free`,
      ),
      /^\d+\nfree\n$/,
    );
  });
});
