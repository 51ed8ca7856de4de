import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { othersCommand } from '../../src/jobs/job.ts';
import { type Marker, readLine } from '../../src/plan/markers.ts';
import { payload } from '../../src/plan/payload.ts';
import { sh } from '../../src/shell/command.ts';
import { jobOf, type LocalNode, localNode, type Shell, someNode, start } from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';

const nonce = 'c0ffee5ec4e7c0ffee5ec4e7';
const lead = 'badc0de1eadbadc0de1ead00';
const who = 'annabella@hers-laptop';
const secret = 's3cr3t-of-the-queue';

/** What every user of the node can read of all processes, and what their environments hold. */
function spy(): { readonly seen: ReadonlySet<string>; stop(): Promise<void> } {
  const seen = new Set<string>();
  let isOver = false;
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      // The process has ended.
      return '';
    }
  };
  const watching = (async () => {
    while (!isOver) {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        seen.add(read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
        seen.add(read(`/proc/${pid}/environ`).replaceAll('\0', ' '));
      }
      await sleep(2);
    }
  })();
  return {
    seen,
    stop: () => {
      isOver = true;
      return watching;
    },
  };
}

/** Prints the names of files that another user made, as many steps do; that user hears of the job from its arguments. */
const listing = (folder: string, go: string) => sh`: >${`${folder}.begun`}
while [ ! -e ${go} ]; do sleep 0.02; done
ls -a ${folder}
awk 1 ${`${folder}.text`} >&2
printf %s ${`no line break${'@'.repeat(2)}stackprep:x\tresult\tit1\tchanged`}
false`;

for (const shell of ['dash', 'bash', 'busybox sh'] as const satisfies Shell[]) {
  describe(`Another user on a node under ${shell}`, () => {
    let node: LocalNode;
    before(function () {
      if (!hasProgram(shell.split(' ')[0] ?? '') || process.platform !== 'linux') this.skip();
      node = localNode(shell);
    });
    after(() => node?.remove());

    it('reads no nonce, lead, name or secret from processes, and its forged markers change nothing', async () => {
      const [folder, go] = [join(node.base, 'listed'), join(node.base, 'go')];
      mkdirSync(folder);
      const step = {
        ...{ id: 'it1', isCustom: false, reverts: false, drifts: true, hasCheck: true, intent: {} },
        secrets: ['queue'],
        script: { check: sh`return 1`, apply: listing(folder, go) },
      };
      const job = jobOf('r9.it1.1', payload('run', [step]).text(nonce), {
        ...{ nonce, secrets: [secret] },
        origin: { run: 'r9', who, kind: 'run' },
      });
      const watch = spy();
      const running = node.run(start(job, lead), lead);
      while (!existsSync(`${folder}.begun`)) await sleep(10);
      await node.run(othersCommand(someNode, 'r8', { lead, mode: 'now' }), lead);
      // Every word of every process may be the nonce.
      const words = new Set([...watch.seen].flatMap((line) => line.split(/[^A-Za-z0-9_.-]+/)));
      const forged = [...words, 'n0nce', ''].flatMap((word) => [
        `@@stackprep:${word}\tresult\tit1\tchanged`,
        `@@stackprep:${word}\tbecause\t__proto__\t${secret}`,
      ]);
      for (const name of forged.filter((text) => text.length < 200 && !text.includes('/')))
        writeFileSync(join(folder, name), '');
      writeFileSync(`${folder}.text`, forged.join('\n'));
      writeFileSync(go, '');
      const frames = await running;
      await watch.stop();

      for (const line of watch.seen)
        for (const hidden of [nonce, lead, 'annabella', 'hers-laptop', secret])
          assert.ok(!line.includes(hidden), `${hidden} in ${line}`);
      const text = Buffer.concat(
        frames.flatMap((frame) => (frame.type === 'data' ? [frame.bytes] : [])),
      ).toString();
      assert.ok(text.includes('@@stackprep:n0nce\tresult\tit1\tchanged'), 'the forged lines were printed');
      assert.ok(!text.includes(secret), 'a line that looks like a marker is masked too');
      const markers = text.split('\n').flatMap((line): Marker[] => {
        const { marker } = readLine(line, nonce);
        return marker ? [marker] : [];
      });
      const results = markers.filter(({ type }) => type === 'result' || type === 'because');
      assert.deepEqual(results, [
        { type: 'result', step: 'it1', outcome: 'failed', reason: { code: 'apply-failed', args: ['1'] } },
      ]);
    });
  });
}
