import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLine } from '../../src/plan/markers.ts';
import { guard } from '../../src/shell/guard.ts';
import { library } from '../../src/shell/library.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';

for (const shell of ['dash', 'bash'])
  describe(`Undo of a guarded step under ${shell}`, () => {
    let base: string;
    let count = 0;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      base = mkdtempSync(join(tmpdir(), 'stackprep-guard-'));
      writeFileSync(join(base, 'setting'), 'of the user\n');
    });
    afterEach(() => {
      if (base) clearAwaySync(base);
    });

    const setting = () => readFileSync(join(base, 'setting'), 'utf8');

    /** Runs the payload of a step whose setting is a file; logins work after a change if it says so. */
    function work(kind: 'run' | 'undo', login: 'works' | 'fails', revert = ':') {
      count += 1;
      const job = join(base, `job${count}`);
      mkdirSync(job);
      // The controller confirms a login as soon as it is asked for one.
      const confirm = login === 'works' ? ': >"$sp_job/proven"' : ':';
      const text = `sp_nonce=n0nce
${library}
${guard.shell}
sp_backups=${base}/kept
systemctl() { :; }
sleep() { command sleep 0.02; if [ -e "$sp_job/applied" ]; then ${confirm}; fi; }
sp_check_1() { [ "$(cat ${base}/setting)" = wanted ]; }
sp_apply_1() { sp_backup_begin; sp_backup ${base}/setting ${base}/more; echo wanted >${base}/setting; echo more >${base}/more; }
sp_rollback_1() { sp_restore last; }
sp_revert_1() { sp_restore first; ${revert}; }
sp_main() { exec 6>&1; sp_${kind} 1 firewalld holds guarded; }
sp_main
`;
      writeFileSync(join(job, 'payload'), text);
      const { PATH = '' } = process.env;
      const env = { PATH, STACKPREP_BASE: base, STACKPREP_GRACE: login === 'works' ? '1500' : '2' };
      const { stdout } = spawnSync(shell, [join(job, 'payload'), job], { env, encoding: 'utf8' });
      const markers = stdout.split('\n').flatMap((line) => readLine(line, 'n0nce').marker ?? []);
      const result = markers.find((marker) => marker.type === 'result');
      assert.ok(result, stdout);
      return {
        outcome: result.outcome,
        why: result.reason?.code,
        isConfirmed: markers.some((marker) => marker.type === 'prove'),
      };
    }

    it('asks for a second login and restores what was before the step', () => {
      assert.deepEqual(work('run', 'works'), { outcome: 'changed', why: undefined, isConfirmed: true });
      assert.equal(setting(), 'wanted\n');
      assert.deepEqual(work('undo', 'works'), { outcome: 'changed', why: undefined, isConfirmed: true });
      assert.equal(setting(), 'of the user\n');
      assert.ok(!existsSync(join(base, 'more')));
      assert.deepEqual(work('undo', 'works'), { outcome: 'unchanged', why: undefined, isConfirmed: false });
    });

    it('is rolled back if no second login succeeds, and can be repeated', () => {
      work('run', 'works');
      assert.deepEqual(work('undo', 'fails'), { outcome: 'failed', why: 'rolled-back', isConfirmed: true });
      assert.equal(setting(), 'wanted\n');
      assert.equal(readFileSync(join(base, 'more'), 'utf8'), 'more\n');
      assert.ok(existsSync(join(base, 'done/firewalld')));
      assert.ok(!existsSync(join(base, 'rolled-back/firewalld')));
      assert.equal(work('undo', 'works').outcome, 'changed');
      assert.equal(setting(), 'of the user\n');
    });

    it('is rolled back if it fails midway, with the backups that it changed', () => {
      work('run', 'works');
      const breaks = `rm -rf ${join(base, 'kept/first/firewalld/files')}; false`;
      assert.deepEqual(work('undo', 'works', breaks), {
        outcome: 'failed',
        why: 'failed-rolled-back',
        isConfirmed: false,
      });
      assert.equal(setting(), 'wanted\n');
      assert.equal(work('undo', 'works').outcome, 'changed');
      assert.equal(setting(), 'of the user\n');
    });

    it('keeps what the user changed between the step and its undo after a rollback', () => {
      work('run', 'works');
      writeFileSync(join(base, 'setting'), 'wanted\n# note\n');
      assert.equal(work('undo', 'fails').outcome, 'failed');
      assert.equal(setting(), 'wanted\n# note\n');
    });
  });
