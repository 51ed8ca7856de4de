import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from '../../src/jobs/frames.ts';
import {
  keepCommand,
  type NewJob,
  type OthersMode,
  othersCommand,
  releaseCommand,
} from '../../src/jobs/job.ts';
import { jobOf, type LocalNode, localNode, type Shell, someNode, start } from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';

const last = (frames: readonly Frame[]): Frame | undefined => frames.at(-1);
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}
const bob = (run: string): Pick<NewJob, 'origin' | 'place'> => ({
  origin: { run, who: 'bob@desk', kind: 'undo' },
  place: 'alone',
});

for (const shell of ['dash', 'bash'] as const satisfies Shell[]) {
  describe(`Two runs on one node under ${shell}`, () => {
    let node: LocalNode;
    beforeEach(function () {
      if (!hasProgram(shell) || process.platform !== 'linux') this.skip();
      node = localNode(shell);
    });
    afterEach(() => node?.remove());

    const others = (run: string, mode: OthersMode, seen = ''): Promise<readonly Frame[]> =>
      node.run(othersCommand(someNode, run, { lead: 'lead', mode, seen }), 'lead');
    const folder = (job: string, file = ''): string => join(node.base, 'jobs', job, file);
    /** A job that runs until the returned function is called. */
    function running(job: string, more: Partial<NewJob> = {}) {
      const go = join(node.base, `go.${job}`);
      const ended = node.run(start(jobOf(job, `while [ ! -e ${go} ]; do sleep 0.02; done\n`, more)), 'lead');
      return {
        begun: until(() => existsSync(folder(job, 'claim/boot')) && existsSync(join(node.base, 'holder'))),
        end: async () => {
          writeFileSync(go, '');
          return last(await ended);
        },
      };
    }

    it('are reported with who, what and since when, to other runs only', async () => {
      assert.deepEqual(await others('r1', 'settled'), [{ type: 'free' }]);
      const mine = running('r1.upgrade.1');
      await mine.begun;
      assert.deepEqual(await others('r1', 'settled'), [{ type: 'free' }]);
      const [frame] = await others('r2', 'settled');
      assert.ok(frame?.type === 'occupied');
      const { ageMs, ...by } = frame.by;
      assert.deepEqual(by, {
        ...{ run: 'r1', who: 'anna@laptop', kind: 'run', step: 'upgrade' },
        ...{ job: 'r1.upgrade.1', nonce: 'n0nce' },
      });
      assert.ok(ageMs < 600_000);
      assert.equal((await mine.end())?.type, 'ended');
      assert.deepEqual(await others('r2', 'settled'), [{ type: 'free' }]);
    });

    it('are kept apart: another step, the same step and an undo are refused, a queued job waits', async () => {
      const mine = running('r1.upgrade.1');
      await mine.begun;
      const refused = [{ type: 'refused', why: 'occupied', values: [] }];
      assert.deepEqual(await node.run(start(jobOf('r2.hosts.1', 'echo no\n', bob('r2'))), 'lead'), refused);
      const same = { ...bob('r2'), key: jobOf('r1.upgrade.1', '').key };
      assert.deepEqual(await node.run(start(jobOf('r2.upgrade.1', 'echo no\n', same)), 'lead'), refused);
      assert.deepEqual(
        readdirSync(join(node.base, 'jobs')).filter((name) => name.includes('r2')),
        [],
      );
      const queued = node.run(
        start(jobOf('r3.b.1', 'echo yes\n', { ...bob('r3'), place: 'queued' })),
        'lead',
      );
      await until(() => existsSync(folder('r3.b.1')));
      await mine.end();
      assert.equal(last(await queued)?.type, 'ended');
    });

    it('that start at the same moment do not both start', async () => {
      const go = join(node.base, 'go');
      const text = `while [ ! -e ${go} ]; do sleep 0.02; done\n`;
      const ends = [1, 2, 3, 4].map(async (number) => {
        const run = `r${number}`;
        const job = jobOf(`${run}.s${number}.1`, text, bob(run));
        const end = last(await node.run(start(job), 'lead'));
        return end?.type === 'refused' ? end.why : end?.type;
      });
      const refused = new Set<number>();
      for (const [index, end] of ends.entries())
        void end.then((how) => (how === 'occupied' ? refused.add(index) : undefined));
      await until(() => refused.size === 3);
      writeFileSync(go, '');
      assert.deepEqual((await Promise.all(ends)).sort(), ['ended', 'occupied', 'occupied', 'occupied']);
    });

    it('keep the node between two steps of a run, but not for long', async () => {
      const ended = jobOf('r1.a.1', 'echo a\n', { hasMore: true, place: 'alone' });
      await node.run(start(ended), 'lead');
      const now = await others('r2', 'now');
      assert.equal(now[0]?.type === 'occupied' && now[0].by.who, 'anna@laptop');
      assert.deepEqual(await node.run(start(jobOf('r2.b.1', 'echo no\n', bob('r2'))), 'lead'), [
        { type: 'refused', why: 'occupied', values: [] },
      ]);
      // The controller of the first run is gone: after a while nothing waits for it.
      const waiting = others('r2', 'settled');
      const past = Date.now() / 1_000 - 60;
      for (const name of ['more', 'rc']) utimesSync(folder('r1.a.1', name), past, past);
      assert.deepEqual(last(await waiting), { type: 'free' });
      assert.equal(
        last(await node.run(start(jobOf('r2.b.1', 'echo yes\n', bob('r2'))), 'lead'))?.type,
        'ended',
      );
    });

    it('keep the node for a run that waits longer between two steps, as long as it says so', async () => {
      await node.run(start(jobOf('r1.a.1', 'echo a\n', { hasMore: true })), 'lead');
      await node.run(start(jobOf('r1.b.1', 'echo b\n')), 'lead');
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
      const past = Date.now() / 1_000 - 60;
      for (const job of ['r1.a.1', 'r1.b.1'])
        utimesSync(folder(job, 'rc'), past - (job === 'r1.a.1' ? 60 : 0), past);
      assert.deepEqual(await node.run(keepCommand(someNode, 'r1', 'lead'), 'lead'), [{ type: 'free' }]);
      const [frame] = await others('r2', 'now');
      assert.equal(frame?.type === 'occupied' && frame.by.job, 'r1.b.1');
      assert.deepEqual(await others('r1', 'now'), [{ type: 'free' }]);
      utimesSync(folder('r1.b.1', 'more'), past, past);
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
      assert.deepEqual(await node.run(keepCommand(someNode, 'unknown', 'lead'), 'lead'), [{ type: 'free' }]);
    });

    it('report a run that keeps the node between two steps, instead of waiting for it without end', async () => {
      await node.run(start(jobOf('r1.a.1', 'echo a\n', { hasMore: true })), 'lead');
      const asked = othersCommand(someNode, 'r2', { lead: 'lead', mode: 'settled' });
      // The run still needs the node when the patience is over.
      const impatient = asked.stdin?.replace('sj_patience_s=31', 'sj_patience_s=01') ?? '';
      assert.notEqual(impatient, asked.stdin);
      const found = last(await node.run({ ...asked, stdin: impatient }, 'lead'));
      assert.equal(found?.type === 'occupied' && found.by.run, 'r1');
    });

    it('give the node back at the end of a run, also when its later steps are not run', async () => {
      await node.run(start(jobOf('r1.a.1', 'echo a\n', { hasMore: true })), 'lead');
      await node.run(start(jobOf('r1.b.1', 'echo b\n', { hasMore: true })), 'lead');
      assert.equal((await others('r2', 'now'))[0]?.type, 'occupied');
      assert.equal(existsSync(folder('r1.a.1', 'more')), false);
      assert.deepEqual(await node.run(releaseCommand(someNode, 'r1', 'lead'), 'lead'), [{ type: 'free' }]);
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
      await node.run(start(jobOf('r3.a.1', 'echo a\n', { hasMore: true })), 'lead');
      await node.run(start(jobOf('r3.b.1', 'echo b\n')), 'lead');
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
    });

    it('are not kept waiting by a record whose run is dead: killed, rebooted, or of a clock that was set back', async () => {
      const killed = running('r1.killed.1');
      await killed.begun;
      const ending = killed.end;
      spawnSync('kill', ['-9', readFileSync(folder('r1.killed.1', 'claim/pid'), 'utf8').trim()]);
      await ending();
      await until(() => spawnSync('flock', ['-n', folder('r1.killed.1', 'work'), 'true']).status === 0);
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
      const rebooted = running('r3.rebooted.1');
      await rebooted.begun;
      writeFileSync(folder('r3.rebooted.1', 'boot0'), 'another boot\n');
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
      await rebooted.end();
      await node.run(start(jobOf('r4.a.1', 'echo a\n', { hasMore: true })), 'lead');
      const future = Date.now() / 1_000 + 86_400;
      utimesSync(folder('r4.a.1', 'rc'), future, future);
      assert.deepEqual(await others('r2', 'now'), [{ type: 'free' }]);
    });

    it('are followed from one job of a run to the next', async () => {
      const first = running('r1.a.1', { hasMore: true });
      await first.begun;
      const next = others('r2', 'next', 'r1.a.1');
      const reported: string[] = [];
      const waiting = othersCommand(someNode, 'r2', { lead: 'lead', mode: 'free', seen: 'r1.a.1' });
      const free = node.run(waiting, 'lead', (frame) => {
        if (frame.type === 'occupied') reported.push(frame.by.job);
      });
      await first.end();
      const second = running('r1.b.1');
      const found = last(await next);
      assert.equal(found?.type === 'occupied' && found.by.job, 'r1.b.1');
      await until(() => reported.length > 0);
      await second.end();
      assert.deepEqual(last(await free), { type: 'free' });
      assert.deepEqual(reported, ['r1.b.1']);
      assert.deepEqual(await others('r2', 'next', 'r1.b.1'), [{ type: 'free' }]);
    });

    it('are reported in part if the folder is of an earlier version', async () => {
      const mine = running('r1.upgrade.1');
      await mine.begun;
      rmSync(folder('r1.upgrade.1', 'origin'));
      const [frame] = await others('r2', 'now');
      assert.ok(frame?.type === 'occupied');
      const { ageMs, ...by } = frame.by;
      assert.deepEqual(by, {
        ...{ run: 'r1', who: 'anna@laptop', step: 'upgrade', job: 'r1.upgrade.1', nonce: 'n0nce' },
      });
      assert.ok(ageMs < 600_000);
      await mine.end();
    });

    it('are reported within limits, whatever the records contain', async () => {
      const mine = running('r1.upgrade.1');
      await mine.begun;
      const origin = folder('r1.upgrade.1', 'origin');
      writeFileSync(origin, `${'x'.repeat(1_000_000)}\tanna@laptop\trun\tupgrade\t0\n`);
      writeFileSync(join(node.base, 'holder'), '\t\t\u0001'.repeat(500_000));
      const [long] = await others('r2', 'now');
      assert.equal(long?.type === 'occupied' && long.by.who, '');
      const hostile = `r1\t{"__proto__":{"who":"root"}}\u001b]0;x\u0007\nsecond\t$(touch ${node.base}/bad)\t*\t9`;
      writeFileSync(origin, hostile);
      const [printed] = await others('r2', 'now');
      assert.equal(printed?.type === 'occupied' && printed.by.who, '{"__proto__":{"who":"root"}}]0;x');
      writeFileSync(
        origin,
        `r1\t*\t$(touch ${node.base}/bad)\t\`touch ${node.base}/bad\`\t99999999999999999999\n`,
      );
      const [odd] = await others('r2', 'now');
      assert.ok(odd?.type === 'occupied');
      assert.equal(odd.by.who, '*');
      assert.equal(odd.by.step, undefined);
      assert.equal(existsSync(join(node.base, 'bad')), false);
      rmSync(origin);
      assert.equal(spawnSync('mkfifo', [origin]).status, 0);
      const [pipe] = await others('r2', 'now');
      assert.equal(pipe?.type === 'occupied' && pipe.by.who, 'anna@laptop');
      await mine.end();
    });

    it('use no folder that is a link, which another user may have put there', async () => {
      const elsewhere = join(node.base, 'elsewhere');
      mkdirSync(elsewhere);
      const linked = localNode(shell, { STACKPREP_BASE: join(node.base, 'link') });
      symlinkSync(elsewhere, join(node.base, 'link'));
      const ask = othersCommand(someNode, 'r2', { lead: 'lead', mode: 'now' });
      assert.deepEqual(await linked.run(ask, 'lead'), [{ type: 'free' }]);
      const [frame] = await linked.run(start(jobOf('r1.a.1', 'echo\n')), 'lead');
      assert.equal(frame?.type === 'refused' && frame.why, 'foreign-folder');
      assert.deepEqual(readdirSync(elsewhere), []);
      linked.remove();
    });

    it('keep the name of the user and the computer in a file of root only', async () => {
      await node.run(start(jobOf('r1.a.1', 'echo\n')), 'lead');
      assert.match(
        readFileSync(folder('r1.a.1', 'origin'), 'utf8'),
        /^r1\tanna@laptop\trun\tupgrade\t\d+\n$/,
      );
      assert.equal(statSync(folder('r1.a.1', 'origin')).mode & 0o777, 0o600);
    });
  });
}
