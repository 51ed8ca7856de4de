import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimedEvent } from '../../src/run/events.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { commandLine } from './command-line.ts';
import { type Lab, upLab } from './lab.ts';
import { cuttableLink } from './recovery/cuttable-link.ts';
import {
  clusterFor,
  inNode,
  memoryInUse,
  openTestEngine,
  type RunResult,
  sumOnNode,
  type TestEngine,
} from './recovery/test-engine.ts';

const cuts = 100;

/** A step that prints numbered lines with invalid UTF-8 until a file appears. */
const chatty = (name: string, until: string) => ({
  name,
  check: `test -e /root/${name}.done`,
  run: `echo ran >>/root/${name}.ran
i=0
while [ ! -e ${until} ]; do
  i=$((i+1)); printf 'line %s \\377\\376 %s\\n' $i 'and some more to read'
  [ $((i % 20)) != 0 ] || sleep 0.01
done
echo "all $i"
: >/root/${name}.done`,
});
/** A step that waits until a file appears. */
const waiting = (name: string) => ({
  name,
  check: `test -e /root/${name}.done`,
  run: `echo ran >>/root/${name}.ran
echo begun
while [ ! -e /root/${name}.go ]; do sleep 0.1; done
: >/root/${name}.done`,
});

describe('A job on a real node', () => {
  let lab: Lab;
  const engines: TestEngine[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-recovery-'));
  /** Work that is started for all nodes at once, so that their waits overlap. */
  const begun = new Map<string, Promise<unknown>>();
  const begin = <Result>(name: string, work: () => Promise<Result>): void => {
    const promise = work();
    promise.catch(() => undefined);
    begun.set(name, promise);
  };
  const ended = async <Result>(name: string): Promise<Result> => (await begun.get(name)) as Result;
  const testEngine = (knownHosts?: () => readonly string[]): TestEngine => {
    const one = openTestEngine(lab, knownHosts);
    engines.push(one);
    return one;
  };
  const ranOnce = async (node: string, name: string): Promise<void> =>
    assert.equal(await inNode(lab, node, `cat /root/${name}.ran`), 'ran\n');

  interface Cut {
    readonly done: RunResult;
    readonly here: string;
    readonly cuts: number;
  }
  async function manyCuts(): Promise<Cut> {
    const link = await cuttableLink(lab, 'openstack1', join(folder, 'known_hosts'));
    const at = testEngine(() => [link.knownHosts]);
    const step = chatty('chatty', '/root/chatty.stop');
    const { cluster } = clusterFor(lab, [step], { node: 'openstack1', port: link.port });
    let made = 0;
    let isOver = false;
    const cutting = (async () => {
      while (made < cuts && !isOver) {
        await sleep(20);
        // Past the login, well into the log.
        if (link.received() < 9_000) continue;
        link.cut();
        made += 1;
      }
      await inNode(lab, 'openstack1', ': >/root/chatty.stop');
    })();
    const done = await at.run(cluster);
    isOver = true;
    await cutting;
    await link.close();
    return { done, here: await at.localSum('openstack1', done.run, 'chatty'), cuts: made };
  }

  interface Silent {
    readonly done: RunResult;
    readonly found: number;
  }
  async function silentLink(): Promise<Silent> {
    const { cluster } = clusterFor(lab, [waiting('silent')], { node: 'openstack2' });
    let cutAt = 0;
    let found = 0;
    let disruption: Promise<unknown> = Promise.resolve();
    const done = await testEngine().run(cluster, (event) => {
      if (event.type === 'log' && event.line === 'begun') {
        disruption = lab.disrupt('openstack2', 'link-cut');
        cutAt = Date.now();
      }
      if (event.type === 'notice' && event.reason.code === 'connection-lost') {
        found = Date.now() - cutAt;
        disruption = disruption
          .then(() => inNode(lab, 'openstack2', ': >/root/silent.go'))
          .then(() => lab.disrupt('openstack2', 'link-restore'));
      }
    });
    await disruption;
    return { done, found };
  }

  async function powerCut(): Promise<RunResult> {
    const { cluster } = clusterFor(lab, [waiting('power')], { node: 'openstack3' });
    let disruption: Promise<unknown> = Promise.resolve();
    const done = await testEngine().run(cluster, (event) => {
      if (event.type !== 'log' || event.line !== 'begun') return;
      disruption = lab.disrupt('openstack3', 'power-cut').then(() => lab.disrupt('openstack3', 'boot'));
    });
    await disruption;
    return done;
  }

  async function killedController(): Promise<{
    readonly first: string;
    readonly second: string;
    readonly code: number | null;
  }> {
    const { text } = clusterFor(lab, [chatty('killed', '/root/killed.stop'), waiting('next')], {
      node: 'openstack4',
    });
    const file = join(folder, 'killed.cluster.yaml');
    writeFileSync(file, text);
    await inNode(lab, 'openstack4', ': >/root/next.go');
    const options = ['--state-dir', join(folder, 'state'), '--known-hosts', lab.knownHosts, '--yes'];
    const first = commandLine(folder, ['run', file, ...options]);
    while (!/line 200 /.test(first.output())) {
      assert.equal(first.child.exitCode, null, first.output());
      await sleep(50);
    }
    first.child.kill('SIGKILL');
    await first.ended;
    await inNode(lab, 'openstack4', 'sleep 0.5; : >/root/killed.stop');
    const second = commandLine(folder, ['run', file, '--resume', ...options]);
    const code = await second.ended;
    return { first: first.output(), second: second.output(), code };
  }

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el9' });
    begin('cuts', manyCuts);
    begin('silent', silentLink);
    begin('power', powerCut);
    begin('killed', killedController);
  });
  after(async () => {
    await Promise.allSettled(begun.values());
    for (const one of engines) await one.close();
    await lab?.down();
    clearAwaySync(folder);
  });

  it(`is followed across ${cuts} broken connections, runs once, and its log is byte for byte the same`, async () => {
    const { done, here, cuts: made } = await ended<Cut>('cuts');
    assert.equal(made, cuts);
    assert.equal(done.outcome('chatty'), 'changed');
    assert.equal(here, await sumOnNode(lab, 'openstack1', `${done.run}.chatty.1`));
    const numbers = done.lines.flatMap((line) => /^line (\d+) /.exec(line)?.[1] ?? []).map(Number);
    assert.ok(numbers.length > 1_000, `${numbers.length} lines`);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
    );
    assert.equal(done.lines.at(-1), `all ${numbers.length}`);
    assert.ok(done.notices.filter((code) => code === 'reconnected').length >= cuts / 2);
    assert.equal(done.notices.includes('log-differs'), false);
    await ranOnce('openstack1', 'chatty');
  });

  it('survives the SIGKILL of the command line: the next process resumes it and then runs the other steps', async () => {
    const { second, code } = await ended<{ second: string; code: number | null }>('killed');
    assert.equal(code, 0, second);
    assert.match(second, /next/);
    await ranOnce('openstack4', 'killed');
    await ranOnce('openstack4', 'next');
    const [run = ''] = (await inNode(lab, 'openstack4', 'ls /var/lib/stackprep/jobs')).split('.killed.1');
    const raw = readFileSync(join(folder, 'state/runs', run, 'openstack4/killed.1.raw'));
    const sum = createHash('sha256').update(raw).digest('hex');
    assert.equal(sum, await sumOnNode(lab, 'openstack4', `${run}.killed.1`));
  });

  it('continues while the link is silent, which is detected within 30 s and reconnected', async () => {
    const { done, found } = await ended<Silent>('silent');
    assert.ok(found > 0 && found < 30_000, `${found} ms`);
    assert.equal(done.outcome('silent'), 'changed');
    await ranOnce('openstack2', 'silent');
  });

  it('that a power cut interrupted is reported as such, checked again, and never repeated', async () => {
    const done = await ended<RunResult>('power');
    assert.equal(done.outcome('power'), 'interrupted');
    assert.deepEqual(done.reasons('power'), ['job-rebooted']);
    assert.equal(done.state.nodes.openstack3?.steps.power?.state, 'needed');
    await ranOnce('openstack3', 'power');
  });

  it('that a reboot interrupted is reported as such', async () => {
    const { cluster } = clusterFor(lab, [waiting('reboot')], { node: 'openstack4' });
    let disruption: Promise<unknown> = Promise.resolve();
    const done = await testEngine().run(cluster, (event) => {
      if (event.type === 'log' && event.line === 'begun') disruption = lab.disrupt('openstack4', 'reboot');
    });
    await disruption;
    assert.equal(done.outcome('reboot'), 'interrupted');
    // Systemd may stop it before the node goes down.
    assert.match(done.reasons('reboot').join(' '), /^(job-rebooted|terminated)$/);
    await ranOnce('openstack4', 'reboot');
  });

  it('survives the SIGKILL of sshd and all logins, and a clock that jumps by a day', async () => {
    const { cluster } = clusterFor(lab, [chatty('daemon', '/root/daemon.stop')], { node: 'openstack4' });
    let disruption: Promise<unknown> | undefined;
    const afterwards = [
      () =>
        lab.disrupt('openstack4', 'clock-off', '86400').then(() => lab.disrupt('openstack4', 'logins-kill')),
      () => inNode(lab, 'openstack4', ': >/root/daemon.stop'),
    ];
    const done = await testEngine().run(cluster, (event) => {
      if (event.type === 'log')
        disruption ??= inNode(lab, 'openstack4', 'pkill -KILL sshd; systemctl start sshd');
      if (event.type === 'notice' && event.reason.code === 'reconnected')
        disruption = disruption?.then(afterwards.shift());
    });
    await disruption;
    await lab.disrupt('openstack4', 'clock-restore');
    assert.equal(done.outcome('daemon'), 'changed', JSON.stringify(done.state.nodes.openstack4));
    assert.ok(done.notices.filter((code) => code === 'reconnected').length >= 2, done.notices.join(' '));
    await ranOnce('openstack4', 'daemon');
  });

  it('does not start on a full disk, and keeps its exit code if the disk fills up while it runs', async () => {
    const fill = {
      name: 'fill',
      check: 'test -e /root/fill.done',
      run: 'echo ran >>/root/fill.ran; yes "a line for a log that has no room" | head -c 8000000',
    };
    const { cluster } = clusterFor(lab, [fill], { node: 'openstack3' });
    await lab.disrupt('openstack3', 'disk-full', '16');
    const refused = await testEngine().run(cluster);
    assert.equal(refused.outcome('fill'), 'failed');
    assert.deepEqual(refused.reasons('fill'), ['job-not-staged']);
    await lab.disrupt('openstack3', 'disk-full', '2048');
    const done = await testEngine().run(cluster);
    await lab.disrupt('openstack3', 'disk-free');
    assert.equal(done.outcome('fill'), 'interrupted');
    assert.deepEqual(done.reasons('fill'), ['job-interrupted']);
    assert.match(
      await inNode(lab, 'openstack3', `cat /var/lib/stackprep/jobs/${done.run}.fill.1/rc`),
      /^\d+\n$/,
    );
    await ranOnce('openstack3', 'fill');
  });

  it('waits for the lock of yum and names its holder; a cancellation waits for the rpm transaction', async () => {
    const { cluster } = clusterFor(lab, [waiting('lock'), 'upgrade'], { node: 'openstack1' });
    await inNode(lab, 'openstack1', 'rm -f /root/lock.*');
    let disruption: Promise<unknown> = Promise.resolve();
    let holder = '';
    const done = await testEngine().run(cluster, (event, cancel) => {
      if (event.type === 'log' && event.line === 'begun')
        disruption = lab
          .disrupt('openstack1', 'yum-lock')
          .then(() => inNode(lab, 'openstack1', ': >/root/lock.go'));
      if (event.type === 'notice' && event.reason.code === 'yum-locked') {
        holder = event.reason.args.join(' ');
        disruption = disruption.then(() => lab.disrupt('openstack1', 'yum-unlock'));
      }
      if (event.type === 'log' && /^Running transaction *$/.test(event.line)) cancel();
    });
    await disruption;
    assert.match(holder, /^\d+ \S*python3 .*yum-lock/);
    assert.ok(done.lines.some((line) => line === 'Complete!'));
    const { outcome, state } = done.state.nodes.openstack1?.steps.upgrade ?? {};
    // A quick transaction may end before the cancellation arrives, which then stops what follows or nothing at all; one that was
    // interrupted would be neither complete nor done.
    assert.match(outcome ?? '', /^(changed|cancelled)$/, done.notices.join(' '));
    assert.equal(state, 'done');
    assert.equal(
      (
        await inNode(lab, 'openstack1', 'rpm -qa --qf "%{NAME}\\n" | sort | uniq -d | grep -v ^kernel || :')
      ).trim(),
      '',
    );
  });

  it('is shared by two controllers, one of which joins the run of the other, and both receive its result', async () => {
    const { cluster } = clusterFor(lab, [waiting('both')], { node: 'openstack2' });
    let following = 0;
    let joined = 0;
    const onEvent = (event: TimedEvent): void => {
      if (event.type === 'node-occupied') joined += 1;
      if (event.type !== 'log' || event.line !== 'begun') return;
      following += 1;
      if (following === 2) void inNode(lab, 'openstack2', ': >/root/both.go');
    };
    const one = (): Promise<RunResult> =>
      testEngine().run(cluster, onEvent, { policy: { occupied: 'join' } });
    const done = await Promise.all([one(), one()]);
    assert.deepEqual(
      done.map((each) => each.outcome('both')),
      ['changed', 'changed'],
    );
    assert.equal(joined, 1);
    await ranOnce('openstack2', 'both');
  });

  it('delivers 200,000 lines within a second in order, and 1 GB of log without holding it in memory', async () => {
    const gigabyte = 1_000_000_000;
    const flood = {
      name: 'flood',
      check: 'test -e /root/flood.done',
      run: `awk 'BEGIN { for (i = 1; i <= 200000; i++) print "line", i }'
echo ran >>/root/flood.ran
yes "$(head -c 7999 /dev/zero | tr '\\0' x)" | head -c ${gigabyte}
: >/root/flood.done`,
    };
    const { cluster } = clusterFor(lab, [flood], { node: 'openstack2' });
    const at = testEngine();
    const before = memoryInUse();
    let most = 0;
    let next = 1;
    let long = 0;
    const done = await at.run(
      cluster,
      (event) => {
        if (event.type !== 'log') return;
        if (event.line.startsWith('line ')) {
          assert.equal(event.line, `line ${next}`);
          next += 1;
        } else long += event.line.length;
        if (long > 0 && long % (5_000 * 7999) === 0) most = Math.max(most, memoryInUse());
      },
      { keepLines: false },
    );
    assert.equal(done.outcome('flood'), 'changed');
    assert.equal(next - 1, 200_000);
    assert.equal(long, (gigabyte / 8000) * 7999);
    assert.ok(most - before < 64, `${Math.round(before)} MB before, ${Math.round(most)} MB at most`);
    assert.equal(
      await at.localSum('openstack2', done.run, 'flood'),
      await sumOnNode(lab, 'openstack2', `${done.run}.flood.1`),
    );
  });

  it('is left running if the host key changes: nothing more is sent to the node', async () => {
    const { cluster } = clusterFor(lab, [waiting('key')], { node: 'openstack3' });
    let disruption: Promise<unknown> = Promise.resolve();
    const done = await testEngine().run(cluster, (event) => {
      if (event.type === 'log' && event.line === 'begun')
        disruption = lab
          .disrupt('openstack3', 'new-host-key')
          .then(() => lab.disrupt('openstack3', 'logins-kill'));
    });
    await disruption;
    assert.equal(done.outcome('key'), 'interrupted');
    assert.equal(done.state.nodes.openstack3?.failure?.code, 'host-key-changed');
    await inNode(lab, 'openstack3', ': >/root/key.go; sleep 1; test -e /root/key.done');
    await ranOnce('openstack3', 'key');
  });
});
