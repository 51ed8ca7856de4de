import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from '../../src/jobs/frames.ts';
import { attachCommand, cancelCommand, confirmCommand } from '../../src/jobs/job.ts';
import type { PayloadKind } from '../../src/plan/header.ts';
import { type Marker, readLine } from '../../src/plan/markers.ts';
import { payload } from '../../src/plan/payload.ts';
import { sh } from '../../src/shell/command.ts';
import type { StepScript } from '../../src/steps/common/definition.ts';
import { jobOf, type LocalNode, localNode, type Shell, someNode, start } from '../support/local-node.ts';
import { hasProgram } from '../support/programs.ts';

interface JobResult {
  readonly log: string;
  readonly markers: readonly Marker[];
  readonly result: string;
  readonly state: string;
}

function jobResult(frames: readonly Frame[]): JobResult {
  const bytes = frames.flatMap((frame) => (frame.type === 'data' ? [frame.bytes] : []));
  const lines = Buffer.concat(bytes)
    .toString()
    .split('\n')
    .map((line) => readLine(line, 'n0nce'));
  const markers = lines.flatMap(({ marker }) => marker ?? []);
  const result = markers.findLast((marker) => marker.type === 'result');
  const state = markers.findLast((marker) => marker.type === 'state');
  assert.equal(markers.at(-1)?.type, 'end');
  return {
    log: lines.flatMap(({ log }) => (log ? [log] : [])).join('\n'),
    markers,
    result: result ? [result.outcome, result.reason?.code].filter(Boolean).join(' ') : '',
    state: state?.state ?? '',
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

for (const shell of ['dash', 'bash'] as const satisfies Shell[]) {
  describe(`A step that runs as a job under ${shell}`, () => {
    let node: LocalNode;
    /** Rolls back after 0.2 seconds. */
    let shortGrace: LocalNode;
    let count = 0;
    before(function () {
      if (!hasProgram(shell) || process.platform !== 'linux') this.skip();
      node = localNode(shell);
      shortGrace = localNode(shell, { STACKPREP_GRACE: '1' });
    });
    after(() => {
      node?.remove();
      shortGrace?.remove();
    });

    const job = (
      script: StepScript & { readonly id?: string; readonly secrets?: readonly string[] },
      kind: PayloadKind,
      secrets: readonly string[] = [],
    ) => {
      count += 1;
      const step = {
        id: script.id ?? `it${count}`,
        isCustom: false,
        reverts: false,
        drifts: true,
        hasCheck: true,
        intent: {},
        secrets: script.secrets ?? [],
        script,
      };
      return jobOf(`r.it.${count}`, payload(kind, [step]).text('n0nce'), { secrets });
    };
    const run = async (
      script: StepScript & { readonly id?: string; readonly secrets?: readonly string[] },
      kind: PayloadKind = 'run',
      secrets: readonly string[] = [],
    ) => jobResult(await node.run(start(job(script, kind, secrets)), 'lead'));
    const file = (name: string) => join(node.base, name);
    const present = (name: string) => sh`[ -e ${file(name)} ]`;

    it('reads its secrets, and they are masked in its output', async () => {
      const secret = "s3cr$t 'x' \\ %s";
      const { log, markers, result } = await run(
        {
          check: present('made'),
          apply: sh`v=$(sp_secret db)
printf '%s' "$v" >${file('made')}
printf 'the password is %s!\n' "$v"
printf '%s\n' "$v$v" >&2
printf 'second line\n'
sp_emit notice sample "$v"
if sp_secret other; then printf wrong; fi
tr '\\0' '\\n' </proc/$$/environ; tr '\\0' '\\n' </proc/$$/cmdline`,
          secrets: ['db', 'cert'],
        },
        'run',
        [secret, 'first line\nsecond line'],
      );
      assert.equal(result, 'changed');
      assert.equal(readFileSync(file('made'), 'utf8'), secret);
      assert.match(log, /^the password is \*\*\*!$/m);
      assert.match(log, /^\*\*\*\*\*\*$/m);
      assert.equal(log.includes('second line'), false);
      assert.equal(log.includes('s3cr'), false);
      assert.deepEqual(
        markers.find(({ type }) => type === 'notice'),
        {
          type: 'notice',
          reason: { code: 'sample', args: ['***'] },
        },
      );
    });

    it('is unknown in a check without its secret, and known in one with it', () => {
      const script = { check: sh`[ "$(sp_secret db)" = right ]`, apply: sh`:` };
      const step = {
        id: 'it',
        isCustom: false,
        reverts: false,
        drifts: true,
        hasCheck: true,
        intent: {},
        secrets: ['db'],
        script,
      };
      const look = (values: ReadonlyMap<string, string>) => {
        const input = payload('probe', [step], values).text('n0nce');
        const output = execFileSync(shell, ['-s'], { input, encoding: 'utf8' });
        return output.split('\n').flatMap((line) => readLine(line, 'n0nce').marker ?? []);
      };
      const state = (markers: readonly Marker[]) => markers.find((marker) => marker.type === 'state')?.state;
      assert.equal(state(look(new Map())), 'unknown');
      assert.equal(state(look(new Map([['db', 'right']]))), 'done');
      assert.equal(state(look(new Map([['db', 'wrong']]))), 'needed');
    });

    it('reports its state after an interrupt', async () => {
      const running = node.run(
        start(job({ check: present('cut'), apply: sh`printf begun; sleep 20; : >${file('cut')}` }, 'run')),
        'lead',
      );
      const name = `r.it.${count}`;
      await until(
        () => existsSync(join(node.base, 'jobs', name, 'log')) && /begun/.test(node.log(name).toString()),
      );
      await node.run(cancelCommand(someNode, name, { lead: 'lead', signal: 'INT' }), 'lead');
      const { result, state } = jobResult(await running);
      assert.deepEqual({ result, state }, { result: 'cancelled', state: 'needed' });
    });

    it('rolls back if no second login is confirmed, and does not if one is', async () => {
      const script = (name: string) => ({
        check: present(name),
        apply: sh`: >${file(name)}`,
        rollback: sh`rm ${file(name)}`,
      });
      const alone = await shortGrace.run(start(job(script('alone'), 'run')), 'lead');
      assert.equal(jobResult(alone).result, 'failed rolled-back');
      assert.equal(existsSync(file('alone')), false);
      const running = node.run(start(job(script('proved'), 'run')), 'lead');
      const name = `r.it.${count}`;
      await until(
        () => existsSync(join(node.base, 'jobs', name, 'log')) && /\tprove$/m.test(node.log(name).toString()),
      );
      assert.deepEqual(await node.run(confirmCommand(someNode, name, 'lead'), 'lead'), [{ type: 'proven' }]);
      assert.equal(jobResult(await running).result, 'changed');
      assert.ok(existsSync(file('proved')));
    });

    it('rolls back at once if its change fails, and even if its script is killed', async () => {
      const script = {
        check: present('half'),
        apply: sh`: >${file('half')}; false`,
        rollback: sh`rm ${file('half')}`,
      };
      assert.equal((await run(script)).result, 'failed failed-rolled-back');
      assert.equal(existsSync(file('half')), false);
      const killed = {
        check: present('killed'),
        apply: sh`: >${file('killed')}; : >"$sp_job/applied"; kill -9 $$; sleep 0.1`,
        rollback: sh`rm ${file('killed')}`,
      };
      const frames = await shortGrace.run(start(job(killed, 'run')), 'lead');
      assert.equal(frames.at(-1)?.type, 'ended');
      await until(() => !existsSync(file('killed')));
    });

    it('leaves a unit that rolls back at boot, unless the login was confirmed or the rollback is done', async () => {
      const script = (name: string) => ({
        check: present(name),
        apply: sh`: >${file(name)}`,
        rollback: sh`rm ${file(name)}; echo "restored"`,
      });
      const units = (of: LocalNode) => readdirSync(join(of.base, 'units/multi-user.target.wants'));
      const alone = await shortGrace.run(start(job(script('early'), 'run')), 'lead');
      assert.equal(jobResult(alone).result, 'failed rolled-back');
      assert.deepEqual(units(shortGrace), []);
      void node.run(start(job(script('late'), 'run')), 'lead');
      const name = `r.it.${count}`;
      const place = join(node.base, 'jobs', name);
      await until(() => existsSync(join(place, 'log')) && /\tprove$/m.test(node.log(name).toString()));
      assert.deepEqual(units(node), [`stackprep-guard-${name}.service`]);
      const unit = readFileSync(join(node.base, 'units', units(node)[0] ?? ''), 'utf8');
      const [, program = '', line = ''] = /^ExecStart=(\S+) (.*)$/m.exec(unit) ?? [];
      const atStart = () => execFileSync(program, line.split(' '), { env: { STACKPREP_BASE: node.base } });
      // In the same boot it does nothing: the target was started by hand.
      atStart();
      assert.ok(existsSync(file('late')));
      process.kill(-Number(readFileSync(join(place, 'claim/group'), 'utf8')), 'SIGKILL');
      await until(() => spawnSync('flock', ['-n', join(place, 'work'), 'true']).status === 0);
      writeFileSync(join(place, 'boot0'), 'another boot\n');
      appendFileSync(join(place, 'log'), 'torn off in the mid');
      assert.match(atStart().toString(), /^The node rebooted .* the step it\d+ changed/);
      assert.equal(existsSync(file('late')), false);
      assert.deepEqual(units(node), []);
      const end = jobResult(
        await node.run(attachCommand(someNode, name, { lead: 'lead', offset: 0 }), 'lead'),
      );
      assert.equal(end.result, 'failed rolled-back-at-boot');
      assert.match(end.log, /torn off in the mid\nrestored$/);
      assert.match(
        readFileSync(join(node.base, `rolled-back/it${count}`), 'utf8'),
        /^\d{4}-\d\d-\d\d \d\d:\d\d /,
      );
    });

    it('reports in the next check that it was rolled back, until it is done', async () => {
      const script = {
        check: present('again'),
        apply: sh`: >${file('again')}`,
        rollback: sh`rm -f ${file('again')}`,
      };
      const step = {
        id: 'twice',
        isCustom: false,
        reverts: false,
        drifts: true,
        hasCheck: true,
        intent: {},
        secrets: [],
        script,
      };
      const reasons = () => {
        const input = payload('probe', [step]).text('n0nce');
        const output = execFileSync(shell, ['-s'], {
          input,
          encoding: 'utf8',
          env: { STACKPREP_BASE: shortGrace.base },
        });
        return output
          .split('\n')
          .flatMap((line) => readLine(line, 'n0nce').marker ?? [])
          .flatMap((marker) => (marker.type === 'because' ? [marker.reason.code] : []));
      };
      assert.deepEqual(reasons(), []);
      const text = payload('run', [step]).text('n0nce');
      assert.equal(
        jobResult(await shortGrace.run(start(jobOf('r.twice.1', text)), 'lead')).result,
        'failed rolled-back',
      );
      assert.deepEqual(reasons(), ['rolled-back-earlier']);
      writeFileSync(file('again'), '');
      const done = { ...step, script: { ...step.script, check: sh`true` } };
      const again = jobOf('r.twice.2', payload('run', [done]).text('n0nce'));
      assert.equal(jobResult(await shortGrace.run(start(again), 'lead')).result, 'unchanged');
      assert.deepEqual(existsSync(join(shortGrace.base, 'rolled-back/twice')), false);
    });

    it('is undone by its revert', async () => {
      const apply = sh`mkdir -p "$sp_backups/first/$STEP_ID"; : >${file('there')}`;
      const script = { id: 'undone', check: present('there'), apply, revert: sh`rm ${file('there')}` };
      await run(script, 'run');
      const { result, state } = await run(script, 'undo');
      assert.deepEqual({ result, state }, { result: 'changed', state: 'needed' });
      // Without a backup, there is nothing of Stackprep to undo.
      assert.equal((await run(script, 'undo')).result, 'unchanged');
      await run(script, 'run');
      rmSync(file('there'));
      assert.equal((await run(script, 'undo')).result, 'failed revert-failed');
    });
  });
}
