import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from '../../src/shell/guard.ts';
import { library } from '../../src/shell/library.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';

/** How the countdown ended: the seconds that it slept, and whether it rolled back. */
interface Countdown {
  readonly seconds: number;
  readonly isRolledBack: boolean;
}

for (const shell of ['dash', 'bash']) {
  describe(`The countdown of the guard under ${shell}`, () => {
    let base: string;
    let job: string;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      base = mkdtempSync(join(tmpdir(), 'stackprep-guard-'));
      job = join(base, 'job');
      mkdirSync(job);
    });
    afterEach(() => {
      if (base) clearAwaySync(base);
    });

    /** Runs the real guard with a `sleep` that only notes its seconds; `during` runs at its beginning, then `then` after it is armed. */
    const count = (during = ':', then = 'wait', env: NodeJS.ProcessEnv = {}): Countdown => {
      const text = `sp_nonce=n0nce
${library}
${guard.shell}
sp_rollback_1() { echo "$STEP_ID" >>"$sp_job/back"; }
sleep() { printf '%s\\n' "$1" >>"$sp_job/slept"; sp_slept=$((\${sp_slept:-0} + 1)); ${during}; }
sp_arm 1 firewalld
${then}
`;
      writeFileSync(join(job, 'payload'), text);
      const { PATH = '' } = process.env;
      spawnSync(shell, [join(job, 'payload'), job], { env: { PATH, STACKPREP_BASE: base, ...env } });
      const slept = existsSync(join(job, 'slept')) ? readFileSync(join(job, 'slept'), 'utf8') : '';
      const seconds = slept.split('\n').reduce((sum, each) => sum + Number(each), 0);
      const isRolledBack = existsSync(join(job, 'back'));
      if (isRolledBack) {
        assert.equal(readFileSync(join(job, 'back'), 'utf8'), 'firewalld\n');
        assert.ok(existsSync(join(job, 'rolled-back')));
      }
      return { seconds: Math.round(seconds * 10) / 10, isRolledBack };
    };

    it('rolls back 300 s after the start of a change that does not end', () => {
      assert.deepEqual(count(), { seconds: 300, isRolledBack: true });
    });

    it('rolls back 60 s after the end of a change, even of one that took longer', () => {
      writeFileSync(join(job, 'applied'), '');
      assert.deepEqual(count(), { seconds: 60, isRolledBack: true });
      for (const name of ['decided', 'rolled-back', 'applied', 'slept', 'back'])
        clearAwaySync(join(job, name));
      // Ends after 100 s.
      const during = `if [ "$sp_slept" = 500 ]; then : >"$sp_job/applied"; fi`;
      assert.deepEqual(count(during), { seconds: 160, isRolledBack: true });
    });

    it('rolls back 300 s after the start of a change that ended later than 240 s', () => {
      const during = `if [ "$sp_slept" = 1400 ]; then : >"$sp_job/applied"; fi`;
      assert.deepEqual(count(during), { seconds: 300, isRolledBack: true });
    });

    it('rolls back 60 s after its payload was killed', () => {
      // The first interval lasts until the payload is gone.
      const during = `while kill -0 "$$" 2>/dev/null; do :; done`;
      const { seconds, isRolledBack } = count(during, 'kill -KILL "$$"');
      assert.ok(seconds === 60 || seconds === 60.2, String(seconds));
      assert.ok(isRolledBack);
    });

    it('rolls back at once if that is requested', () => {
      const during = `if [ "$sp_slept" = 5 ]; then : >"$sp_job/undo"; fi`;
      assert.deepEqual(count(during), { seconds: 1, isRolledBack: true });
    });

    it('stops without a rollback once the second login is confirmed', () => {
      const during = `if [ "$sp_slept" = 5 ]; then ln -s proved "$sp_job/decided"; fi`;
      assert.deepEqual(count(during), { seconds: 1, isRolledBack: false });
    });

    it('uses the fifths of a second in STACKPREP_GRACE after the end of a change', () => {
      writeFileSync(join(job, 'applied'), '');
      assert.deepEqual(count(':', 'wait', { STACKPREP_GRACE: '25' }), { seconds: 5, isRolledBack: true });
    });
  });
}
