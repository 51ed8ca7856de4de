import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailures } from '../../src/app/explain-failures.ts';
import { english } from '../../src/base/l10n.ts';
import type { FailureCause, RunEvent, TimedEvent } from '../../src/run/events.ts';
import { reasonText } from '../../src/view/reasons.ts';
import { fixtures } from '../yum/logs.ts';

const on = { node: 'a', step: 'upgrade' } as const;

/** The failure that is reported for a step that printed `text` and ended with exit code `code`. */
async function failureCauseOf(text: string, code = 1, applying = true): Promise<FailureCause | undefined> {
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
  assert.equal(seen.filter(({ type }) => type !== 'notice').length, events.length);
  const end = seen.at(-1);
  assert.ok(end?.type === 'step-finished');
  return end.trouble;
}

const log = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

describe('The notes of a step', () => {
  it('are those that logs explain gives, once each, before its end', async () => {
    const lines = [
      'Loaded plugins: fastestmirror',
      'No package chrny available.',
      'Resolving Dependencies',
      'Running transaction',
      `  Installing : ${'a-1-1.el7.noarch'.padEnd(60)} 1/1 `,
      'warning: %post(a-1-1.el7.noarch) scriptlet failed, exit status 1',
      'Non-fatal POSTIN scriptlet failure in rpm package a-1-1.el7.noarch',
      `  Verifying  : ${'a-1-1.el7.noarch'.padEnd(60)} 1/1 `,
      '',
      'Complete!',
    ];
    async function* timed(): AsyncGenerator<TimedEvent> {
      for (const line of lines) yield { type: 'log', ...on, stream: 'stdout', line, at: 0 };
      yield { type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 1, at: 0 };
    }
    const seen: TimedEvent[] = [];
    for await (const event of explainFailures(timed())) seen.push(event);
    const texts = seen.flatMap((event) =>
      event.type === 'notice' ? [english(reasonText(event.reason))] : [],
    );
    assert.equal(texts.length, 2);
    assert.match(
      texts.join('\n'),
      /^a-1-1\.el7\.noarch is installed, but its post-installation script failed\./m,
    );
    assert.match(texts.join('\n'), /^chrny is in no enabled repository\./m);
    assert.equal(seen.at(-1)?.type, 'step-finished');
  });
});

describe('The explanation of a failed step', () => {
  it('names the most specific line of output, and its cause', async () => {
    const trouble = await failureCauseOf(log('written/yum3-dead-mirrors.log'));
    assert.equal(trouble?.line, 'Cannot find a valid baseurl for repo: base/7/x86_64');
    assert.equal(trouble.explanation?.id, 'mirrorlist-gone');
    assert.deepEqual(
      trouble.explanation.remedies.map(({ kind }) => kind),
      ['set-key', 'run-step'],
    );
  });

  it('recognizes an error between the output of scriptlets', async () => {
    const trouble = await failureCauseOf(
      `Running transaction\n  Installing : ${'a-1-1.el7.noarch'.padEnd(60)} 1/2 \nerror: unpacking of archive failed on file /a;1: cpio: write failed - No space left on device\n`,
    );
    assert.equal(trouble?.explanation?.id, 'disk-full');
  });

  it('shows the last line of a step that does not use yum', async () => {
    assert.deepEqual(await failureCauseOf('/etc/ssh/sshd_config line 3: Bad configuration option: X\n\n'), {
      line: '/etc/ssh/sshd_config line 3: Bad configuration option: X',
    });
  });

  it('does not blame yum if yum itself succeeded', async () => {
    const trouble = await failureCauseOf(
      `No package chrny available.\n${log('written/yum3-remove.log')}systemctl: no such unit\n`,
    );
    assert.deepEqual(trouble, { line: 'systemctl: no such unit' });
  });

  it('ignores the output of a check', async () => {
    const trouble = await failureCauseOf('Error: Nothing to do\n', 1, false);
    assert.deepEqual(trouble, { line: 'Error: Nothing to do' });
  });
});
