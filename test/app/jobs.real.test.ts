import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controller } from '../../src/jobs/controller.ts';
import type { Frame } from '../../src/jobs/frames.ts';
import { attachCommand, cancelCommand } from '../../src/jobs/job.ts';
import { readLine } from '../../src/plan/markers.ts';
import {
  jobOf,
  type LocalNode,
  localNode,
  type Shell,
  sha256,
  someNode,
  start,
} from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';

function logOf(frames: readonly Frame[]): string {
  return frames
    .map((frame) => (frame.type === 'data' ? Buffer.from(frame.bytes).toString('latin1') : ''))
    .join('');
}
const last = (frames: readonly Frame[]) => frames.at(-1);
const attach = (job: string, offset = 0) => attachCommand(someNode, job, { lead: 'lead', offset });
const cancel = (job: string, signal: 'INT' | 'TERM' = 'INT') =>
  cancelCommand(someNode, job, { lead: 'lead', signal });
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

/** A zombie process has an empty command line. */
function isZombie(pid: string): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
}

describe('The job controller', () => {
  it('is plain ASCII, so that its length in bytes equals its length in characters', () => {
    assert.match(controller, /^[\n\t\u0020-\u007e]*$/);
  });
});

for (const shell of ['dash', 'bash'] as const satisfies Shell[]) {
  describe(`A job under ${shell}`, () => {
    let node: LocalNode;
    before(function () {
      if (!hasProgram(shell) || process.platform !== 'linux') this.skip();
      node = localNode(shell);
    });
    after(() => node?.remove());

    it('returns its log and exit code to every reader, any number of times', async () => {
      const job = jobOf('r.log.1', 'printf "one\\n"; printf "\\377\\000" ; printf "two" >&2; exit 3\n');
      const frames = await node.run(start(job), 'lead');
      assert.equal(logOf(frames), 'one\n\u00ff\u0000two');
      const sum = sha256(Buffer.from('one\n\u00ff\u0000two', 'latin1'));
      assert.deepEqual(last(frames), { type: 'ended', code: '3', size: 9, sum });
      assert.deepEqual(last(await node.run(start(job), 'lead')), last(frames));
      assert.equal(logOf(await node.run(attach('r.log.1', 4), 'lead')), '\u00ff\u0000two');
      assert.equal(node.log('r.log.1').length, 9);
    });

    it('runs once if several clients start it at the same time, and another controller joins it', async () => {
      const text = `printf x >>"$HOME/once"; while [ ! -e "$HOME/go" ]; do sleep 0.02; done; printf done\n`;
      const mine = jobOf('r1.upgrade.1', text);
      const theirs = jobOf('r2.upgrade.1', text, {
        key: mine.key,
        nonce: 'other',
        origin: { run: 'r2', who: 'bob@desk', kind: 'run' },
      });
      let following = 0;
      const all = [mine, mine, theirs, mine, theirs].map((job) =>
        node.run(start(job), 'lead', ({ type }) => {
          if (type === 'state') following += 1;
        }),
      );
      await until(() => following === all.length);
      writeFileSync(join(node.base, 'go'), '');
      for (const frames of await Promise.all(all)) {
        assert.equal(logOf(frames), 'done');
        assert.equal(last(frames)?.type, 'ended');
      }
      assert.equal(readFileSync(join(node.base, 'once'), 'utf8'), 'x');
      const jobs = readdirSync(join(node.base, 'jobs')).filter((name) => name.includes('upgrade'));
      assert.equal(jobs.length, 1);
    });

    it('runs at most once if its starters and its runner are killed at any moment', async () => {
      for (let round = 0; round < 6; round += 1) {
        const name = `r.kill${round}.1`;
        const marks = join(node.base, `marks${round}`);
        const job = jobOf(name, `printf x >>${marks}; sleep 0.05; printf end\n`);
        const transport = node.transport();
        const starting = (async () => {
          for await (const _ of transport.exec(start(job), new AbortController().signal)) assert.ok(_);
        })();
        await sleep(round * 25);
        transport.kill();
        const pid = join(node.base, 'jobs', name, 'claim/pid');
        if (round % 2 === 1 && existsSync(pid)) spawnSync('kill', ['-9', readFileSync(pid, 'utf8').trim()]);
        await starting;
        const frames = await node.run(start(job), 'lead');
        const end = last(frames);
        assert.ok(
          end?.type === 'ended' || (end?.type === 'gone' && end.state === 'killed'),
          JSON.stringify(end),
        );
        const ran = existsSync(marks) ? readFileSync(marks, 'utf8') : '';
        assert.ok(ran === 'x' || (ran === '' && end.type === 'gone'), `${round}: ran ${ran.length} times`);
      }
    });

    it('waits until the node is free and names the user it waits for', async () => {
      const go = join(node.base, 'go2');
      const first = node.run(start(jobOf('r1.a.1', `while [ ! -e ${go} ]; do sleep 0.02; done\n`)), 'lead');
      const holder = join(node.base, 'holder');
      await until(() => existsSync(holder) && readFileSync(holder, 'utf8').includes('r1.a.1'));
      const second = node.run(
        start(jobOf('r2.b.1', 'printf after\n', { origin: { run: 'r2', who: 'bob@desk', kind: 'run' } })),
        'lead',
      );
      await until(() => existsSync(join(node.base, 'jobs/r2.b.1')) && node.log('r2.b.1').length > 0);
      writeFileSync(go, '');
      await first;
      const [waiting, after] = logOf(await second).split('\n');
      assert.deepEqual(readLine(waiting ?? '', 'n0nce').marker, {
        type: 'notice',
        reason: { code: 'node-locked', args: ['anna@laptop', 'upgrade'] },
      });
      assert.equal(after, 'after');
    });

    it('stops on an interrupt, but not during an rpm transaction', async () => {
      const go = join(node.base, 'go3');
      const text = `trap 'printf "stopped\\n"; exit 0' INT
printf 'Running transaction check\\n'
printf 'Running transaction\\n'
while [ ! -e ${go} ]; do sleep 0.02; done
printf 'Complete!\\n'
while :; do sleep 0.02; done
`;
      const running = node.run(start(jobOf('r.tx.1', text)), 'lead');
      const log = () => (existsSync(join(node.base, 'jobs/r.tx.1/log')) ? node.log('r.tx.1').toString() : '');
      await until(() => log().endsWith('Running transaction\n'));
      assert.deepEqual(await node.run(cancel('r.tx.1'), 'lead'), [
        { type: 'cancelling', state: 'transaction' },
      ]);
      writeFileSync(go, '');
      await until(() => log().endsWith('Complete!\n'));
      assert.deepEqual(await node.run(cancel('r.tx.1'), 'lead'), [{ type: 'cancelling', state: 'sent' }]);
      assert.match(logOf(await running), /Complete!\nstopped\n$/);
      assert.deepEqual(await node.run(cancel('r.tx.1'), 'lead'), [{ type: 'cancelling', state: 'ended' }]);
    });

    it('is killed with its programs if it ignores the request to stop, but not during an rpm transaction', async () => {
      const stubborn = localNode(shell, { STACKPREP_KILL_S: '2' });
      try {
        const text = `trap 'stopped=1' INT TERM
(
  trap '' INT TERM
  sh -c 'echo "$PPID"' >"$1/part"
  echo 'Running transaction'
  until [ -e ${stubborn.base}/go ]; do sleep 0.05; done
  echo 'Complete!'
  sleep 86395 & echo $! >${stubborn.base}/child
  while :; do sleep 0.05; done
)
echo "ended with $?, stopped: $stopped"
`;
        const running = stubborn.run(start(jobOf('r.stubborn.1', text)), 'lead');
        const job = join(stubborn.base, 'jobs/r.stubborn.1');
        const log = () => (existsSync(join(job, 'log')) ? stubborn.log('r.stubborn.1').toString() : '');
        await until(() => log().includes('Running transaction'));
        const answer = await stubborn.run(cancel('r.stubborn.1'), 'lead');
        assert.deepEqual(answer, [{ type: 'cancelling', state: 'transaction' }]);
        // Longer than the grace period.
        const begun = performance.now();
        await until(() => performance.now() - begun > 3_500);
        assert.doesNotMatch(log(), /step-killed/);
        writeFileSync(join(stubborn.base, 'go'), '');
        const end = last(await running);
        assert.ok(end?.type === 'ended' && end.code === '0', JSON.stringify(end));
        assert.match(
          log(),
          /Complete!\n@@stackprep:n0nce\tnotice\tstep-killed\t2\n(.*\n)*ended with 137, stopped: 1\n$/,
        );
        const child = readFileSync(join(stubborn.base, 'child'), 'utf8').trim();
        await until(() => !existsSync(`/proc/${child}`) || isZombie(child));
      } finally {
        stubborn.remove();
      }
    });

    it('stops its background processes too when it is cancelled', async () => {
      const pid = join(node.base, 'behind');
      const text = `trap 'exit 0' INT
sleep 86397 & printf '%s\\n' $! >${pid}
printf begun
while :; do sleep 0.02; done
`;
      const running = node.run(start(jobOf('r.behind.1', text)), 'lead');
      await until(
        () => existsSync(join(node.base, 'jobs/r.behind.1/log')) && node.log('r.behind.1').length > 0,
      );
      const other = readFileSync(pid, 'utf8').trim();
      // A zombie process has an empty command line.
      const words = () =>
        existsSync(`/proc/${other}`) ? readFileSync(`/proc/${other}/cmdline`, 'utf8') : '';
      // Between fork and exec a child has the command line of its parent.
      await until(() => words().includes('86397'));
      assert.deepEqual(await node.run(cancel('r.behind.1'), 'lead'), [{ type: 'cancelling', state: 'sent' }]);
      const end = last(await running);
      assert.ok(end?.type === 'ended' && end.code === '0', JSON.stringify(end));
      assert.equal(words(), '');
    });

    it('reports whether it was killed, is orphaned or belongs to an earlier boot', async () => {
      const go = join(node.base, 'go-orphan');
      const text = `(while [ ! -e ${go} ]; do sleep 0.02; done; printf orphan) & printf begun; wait\n`;
      const running = node.run(start(jobOf('r.dead.1', text)), 'lead', ({ type }) => {
        if (type === 'orphan') writeFileSync(go, '');
      });
      await until(() => existsSync(join(node.base, 'jobs/r.dead.1/log')) && node.log('r.dead.1').length >= 5);
      const pid = (name: string) => readFileSync(join(node.base, 'jobs', name, 'claim/pid'), 'utf8').trim();
      execFileSync('kill', ['-9', pid('r.dead.1')]);
      const frames = await running;
      assert.ok(frames.some(({ type }) => type === 'orphan'));
      assert.equal(logOf(frames), 'begunorphan');
      assert.deepEqual(last(frames), { type: 'gone', state: 'killed' });
      writeFileSync(join(node.base, 'jobs/r.dead.1/boot0'), 'another-boot\n');
      assert.deepEqual(last(await node.run(attach('r.dead.1'), 'lead')), { type: 'gone', state: 'rebooted' });
      assert.deepEqual(await node.run(attach('r.none.1'), 'lead'), [{ type: 'gone', state: 'absent' }]);
    });

    it('that was staged before a reboot never starts', async () => {
      const job = jobOf('r.staged.1', `: >"$HOME/never"\n`);
      const folder = join(node.base, 'jobs/r.staged.1');
      mkdirSync(folder, { recursive: true });
      for (const [file, text] of Object.entries({
        payload: job.text,
        sum: `${job.sum}\n`,
        boot0: 'old\n',
        log: '',
        lock: '',
      }))
        writeFileSync(join(folder, file), text);
      const frames = await node.run(start(job), 'lead');
      assert.deepEqual(last(frames), { type: 'gone', state: 'rebooted' });
      assert.equal(existsSync(join(node.base, 'never')), false);
    });

    it('is refused if its name holds another script, its script is incomplete or its name is a path', async () => {
      const staging = () => readdirSync(join(node.base, 'jobs')).filter((name) => name.startsWith('.new'));
      const before = staging();
      const job = jobOf('r.same.1', 'printf a\n');
      await node.run(start(job), 'lead');
      const other = await node.run(start(jobOf('r.same.1', 'printf b\n')), 'lead');
      assert.deepEqual(other, [{ type: 'refused', why: 'other-script', values: [] }]);
      const half = start(jobOf('r.half.1', 'printf a\n'));
      const cut = { ...half, stdin: (half.stdin ?? '').slice(0, -4) };
      const [refused] = await node.run(cut, 'lead');
      assert.ok(refused?.type === 'refused' && refused.why === 'not-staged');
      assert.equal(existsSync(join(node.base, 'jobs/r.half.1')), false);
      const [bad] = await node.run(start(jobOf('../x', 'printf a\n')), 'lead');
      assert.ok(bad?.type === 'refused' && bad.why === 'bad-name');
      assert.deepEqual(staging(), before);
    });

    it('receives secrets through a pipe: in no file, argument or environment variable', async () => {
      const secret = "it's \\ $HOME `id` %s\nsecond 비밀";
      const text = `IFS= read -r line; value=$(printf '%bx' "$line"); value=\${value%x}; line=
cat /proc/$$/cmdline /proc/$$/environ | tr '\\0' '\\n' >"$HOME/proc"
env >>"$HOME/proc"; ps axeww >>"$HOME/proc" 2>/dev/null
grep -rlF 'second' "$1" && printf 'in a file'
printf %s "$value" | sha256sum | cut -c 1-64
`;
      const frames = await node.run(start(jobOf('r.secret.1', text, { secrets: [secret] })), 'lead');
      assert.equal(
        logOf(frames).trim(),
        `${join(node.base, 'jobs/r.secret.1/payload')}\nin a file${sha256(secret)}`,
      );
      assert.doesNotMatch(readFileSync(join(node.base, 'proc'), 'utf8'), /second 비밀/);
    });

    it('removes old jobs by age and by size, but never a running one', async () => {
      const small = localNode(shell, { STACKPREP_KEEP_KB: '750' });
      try {
        const rc = (name: string) => join(small.base, 'jobs', name, 'rc');
        const age = (name: string, seconds: number) => {
          const then = new Date(Date.now() - seconds * 1000);
          utimesSync(rc(name), then, then);
        };
        const filler = (name: string) =>
          small.run(start(jobOf(name, 'dd if=/dev/zero bs=1024 count=200 2>/dev/null\n')), 'lead');
        await filler('r.old.1');
        age('r.old.1', 15 * 86_400);
        await filler('r.big.1');
        await until(() => !readdirSync(join(small.base, 'jobs')).some((name) => name.includes('r.old.1')));
        age('r.big.1', 60);
        await filler('r.new.1');
        assert.ok(existsSync(rc('r.big.1')));
        // Its script alone exceeds the limit.
        await small.run(start(jobOf('r.last.1', `#${'x'.repeat(300_000)}\nprintf a\n`)), 'lead');
        await until(() => !existsSync(rc('r.big.1')));
        assert.ok(existsSync(rc('r.new.1')));
      } finally {
        small.remove();
      }
    });
  });
}
