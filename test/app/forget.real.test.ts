import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { shellFiles, shellText } from '../../scripts/shell-files.ts';
import type { Frame } from '../../src/jobs/frames.ts';
import { forgetCommand } from '../../src/jobs/job.ts';
import { jobOf, type LocalNode, localNode, type Shell, someNode, start } from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

for (const shell of ['dash', 'bash'] as const satisfies Shell[]) {
  describe(`Forgetting a node under ${shell}`, () => {
    let node: LocalNode;
    beforeEach(function () {
      if (!hasProgram(shell) || process.platform !== 'linux') this.skip();
      node = localNode(shell);
    });
    afterEach(() => node?.remove());

    const forget = async (mode: 'show' | 'remove'): Promise<Frame | undefined> =>
      (await node.run(forgetCommand(someNode, { lead: 'lead', mode }), 'lead')).at(-1);
    const put = (...paths: readonly string[]): void => {
      for (const path of paths) {
        mkdirSync(dirname(join(node.base, path)), { recursive: true });
        writeFileSync(join(node.base, path), 'x');
      }
    };
    const guard = 'units/stackprep-guard-r1.sshd.1.service';
    async function used(): Promise<void> {
      await node.run(start(jobOf('r1.locale.1', 'echo a\n')), 'lead');
      put('kept/first/locale/files/etc/locale.conf', 'kept/first/sshd/units/sshd', 'kept/last/locale/x');
      put('done/locale', 'ran/tune', 'rolled-back/sshd', guard);
      mkdirSync(join(node.base, 'units/multi-user.target.wants'));
      symlinkSync('../x', join(node.base, 'units/multi-user.target.wants/stackprep-guard-r1.sshd.1.service'));
      put('root/etc/profile.d/stackprep.sh', 'root/etc/yum.repos.d/stackprep-mine.repo');
    }

    it('shows what is kept and removes nothing', async () => {
      await used();
      const before = readdirSync(node.base, { recursive: true }).sort();
      const frame = await forget('show');
      assert.ok(frame?.type === 'kept');
      const { kilobytes, ...kept } = frame.kept;
      assert.deepEqual(kept, {
        ...{ jobs: 1, guards: 1, undo: ['locale', 'sshd'], ran: ['tune'] },
        files: ['/etc/profile.d/stackprep.sh', '/etc/yum.repos.d/stackprep-mine.repo'],
      });
      assert.ok(kilobytes > 0);
      assert.deepEqual(readdirSync(node.base, { recursive: true }).sort(), before);
    });

    it('removes jobs, backups, records and guard units, and leaves what the steps have configured', async () => {
      await used();
      put('notes-of-an-administrator');
      const frame = await forget('remove');
      assert.ok(frame?.type === 'kept');
      assert.deepEqual([frame.kept.jobs, frame.kept.undo], [1, ['locale', 'sshd']]);
      const left = readdirSync(node.base, { recursive: true, withFileTypes: true });
      assert.deepEqual(
        left
          .filter((entry) => !entry.isDirectory())
          .map(({ name }) => name)
          .sort(),
        ['notes-of-an-administrator', 'stackprep-mine.repo', 'stackprep.sh'],
      );
      assert.deepEqual(await forget('remove'), {
        type: 'kept',
        kept: { ...frame.kept, kilobytes: (await shown()).kilobytes, jobs: 0, guards: 0, undo: [], ran: [] },
      });
    });
    async function shown() {
      const frame = await forget('show');
      assert.ok(frame?.type === 'kept');
      return frame.kept;
    }

    it('finds nothing on a node that Stackprep has never used, and creates nothing there', async () => {
      rmSync(node.base, { recursive: true });
      const nothing = { kilobytes: 0, jobs: 0, guards: 0, undo: [], ran: [], files: [] };
      for (const mode of ['show', 'remove'] as const)
        assert.deepEqual(await forget(mode), { type: 'kept', kept: nothing });
      assert.equal(existsSync(node.base), false);
      mkdirSync(node.base);
    });

    it('is refused while a job runs, and afterwards a run starts as on a new node', async () => {
      const go = join(node.base, 'go');
      const ended = node.run(start(jobOf('r1.a.1', `while [ ! -e ${go} ]; do sleep 0.02; done\n`)), 'lead');
      await until(() => existsSync(join(node.base, 'holder')));
      put('kept/first/locale/x');
      for (const mode of ['show', 'remove'] as const) {
        const frame = await forget(mode);
        assert.ok(frame?.type === 'occupied');
        assert.deepEqual([frame.by.run, frame.by.who, frame.by.step], ['r1', 'anna@laptop', 'upgrade']);
      }
      assert.ok(existsSync(join(node.base, 'kept/first/locale/x')));
      writeFileSync(go, '');
      assert.equal((await ended).at(-1)?.type, 'ended');
      assert.equal((await forget('remove'))?.type, 'kept');
      assert.equal(existsSync(join(node.base, 'jobs')), false);
      const again = await node.run(start(jobOf('r1.a.1', 'echo again\n')), 'lead');
      assert.equal(again.at(-1)?.type, 'ended');
    });

    it('is refused if a job is of a later version', async () => {
      put('jobs/r1.a.1/rc');
      writeFileSync(join(node.base, 'jobs/r1.a.1/format'), '999\n');
      const frame = await forget('remove');
      assert.ok(frame?.type === 'refused');
      assert.equal(frame.why, 'later-format');
      assert.ok(existsSync(join(node.base, 'jobs/r1.a.1/rc')));
    });

    it('follows no link, neither of the folder nor in it', async () => {
      const other = join(node.base, 'other');
      mkdirSync(other);
      writeFileSync(join(other, 'precious'), 'x');
      mkdirSync(join(node.base, 'jobs'));
      symlinkSync(other, join(node.base, 'kept'));
      symlinkSync(other, join(node.base, 'jobs/link'));
      assert.equal((await forget('remove'))?.type, 'kept');
      assert.ok(existsSync(join(other, 'precious')));
      rmSync(node.base, { recursive: true });
      const target = `${node.base}.target`;
      mkdirSync(target);
      writeFileSync(join(target, 'precious'), 'x');
      symlinkSync(target, node.base);
      const frame = await forget('remove');
      assert.ok(frame?.type === 'refused' && frame.why === 'foreign-folder');
      assert.ok(lstatSync(join(target, 'precious')).isFile());
      rmSync(node.base);
      rmSync(target, { recursive: true });
      mkdirSync(node.base);
    });
  });
}

describe('The files of steps that Forget Node names', () => {
  it('are all those with the name of Stackprep in the scripts of the steps', () => {
    const forget = shellText('jobs/forget.sh');
    const list = /^sj_step_files='([^']*)'/m.exec(forget)?.[1]?.split(/\s+/) ?? [];
    const named = shellFiles()
      .filter((path) => path.startsWith('steps/'))
      .flatMap((path) => [
        ...shellText(path).matchAll(/(?<![\w$}])\/(?:etc|root)\/[\w./$*-]*stackprep[\w.$*-]*/g),
      ])
      .map(([path]) => path.replace('$1', '*').replace(/\.$/, ''));
    // Files whose text is made on this side: by their folder and the form of their name.
    const folders = 'src/steps';
    const made = readdirSync(folders, { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?<!\.sh)\.ts$/.test(path))
      .flatMap((path) => {
        const text = readFileSync(join(folders, path), 'utf8');
        const [, folder = ''] = /const folder = '(\/etc\/[^']*)'/.exec(text) ?? [];
        return [...text.matchAll(/\$\{folder\}\/(stackprep[\w-]*)\$\{.*?\}(\.\w+)`/g)].map(
          ([, start, end]) => `${folder}/${start}*${end}`,
        );
      });
    assert.ok(made.length > 0);
    named.push(...made);
    assert.deepEqual(
      [...new Set(named)].filter((path) => !path.includes('/.stackprep')).sort(),
      [...list].sort(),
    );
  });
});
