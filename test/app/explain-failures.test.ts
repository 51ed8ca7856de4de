import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailures } from '../../src/app/explain-failures.ts';
import type { RunEvent, TimedEvent, Trouble } from '../../src/run/events.ts';
import { fixtures } from '../yum/logs.ts';

const on = { node: 'a', step: 'upgrade' } as const;

/** What is told of a step that printed a text and ended with an exit code. */
async function troubleOf(text: string, code = 1, applying = true): Promise<Trouble | undefined> {
  const lines = text.replace(/\n$/, '').split('\n');
  const events: readonly RunEvent[] = [
    { type: 'step-started', ...on },
    { type: 'phase', ...on, phase: applying ? 'apply' : 'verify' },
    ...lines.map((line): RunEvent => ({ type: 'log', ...on, stream: 'stdout', line })),
    {
      type: 'step-finished',
      ...on,
      outcome: 'failed',
      reasons: [{ code: 'apply-failed', args: [String(code)] }],
      milliseconds: 1,
    },
  ];
  async function* timed(): AsyncGenerator<TimedEvent> {
    for (const event of events) yield { ...event, at: 0 };
  }
  const seen: TimedEvent[] = [];
  for await (const event of explainFailures(timed())) seen.push(event);
  assert.equal(seen.length, events.length);
  const end = seen.at(-1);
  assert.ok(end?.type === 'step-finished');
  return end.trouble;
}

const log = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

describe('the explanation of a step that failed', () => {
  it('names the line that tells best, and the cause behind it', async () => {
    const trouble = await troubleOf(log('written/yum3-dead-mirrors.log'));
    assert.equal(trouble?.line, 'Cannot find a valid baseurl for repo: base/7/x86_64');
    assert.equal(trouble.explanation?.id, 'mirrorlist-gone');
    assert.deepEqual(
      trouble.explanation.remedies.map(({ kind }) => kind),
      ['set-key', 'run-step'],
    );
  });

  it('reads what stands among scriptlets', async () => {
    const trouble = await troubleOf(
      `Running transaction\n  Installing : ${'a-1-1.el7.noarch'.padEnd(60)} 1/2 \nerror: unpacking of archive failed on file /a;1: cpio: write failed - No space left on device\n`,
    );
    assert.equal(trouble?.explanation?.id, 'disk-full');
  });

  it('shows the last line of a step that has nothing to do with yum', async () => {
    assert.deepEqual(await troubleOf('/etc/ssh/sshd_config line 3: Bad configuration option: X\n\n'), {
      line: '/etc/ssh/sshd_config line 3: Bad configuration option: X',
    });
  });

  it('does not blame yum when yum itself was done', async () => {
    const trouble = await troubleOf(
      `No package chrny available.\n${log('written/yum3-remove.log')}systemctl: no such unit\n`,
    );
    assert.deepEqual(trouble, { line: 'systemctl: no such unit' });
  });

  it('leaves out what a check printed', async () => {
    const trouble = await troubleOf('Error: Nothing to do\n', 1, false);
    assert.deepEqual(trouble, { line: 'Error: Nothing to do' });
  });
});
