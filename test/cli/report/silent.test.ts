import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { silentReporter } from '../../../src/cli/report/plain.ts';
import type { EventPrinting } from '../../../src/cli/report/progress-log.ts';
import { styleFor } from '../../../src/cli/terminal/style.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { emptyRunState } from '../../../src/run/state.ts';

describe('The progress of a plan in a pipe', () => {
  it('is only the lock that a node waits for, with its holder, at once', () => {
    const written: string[] = [];
    const out = {
      isTTY: false,
      size: () => ({ columns: 80, rows: 24 }),
      onResize: () => () => undefined,
      write: (text: string) => {
        written.push(text);
      },
    };
    const printing: EventPrinting = {
      ...{ t: english, style: styleFor(false, {}), kind: 'check' },
      widths: { node: 1, step: 7 },
    };
    const reporter = silentReporter(out, printing);
    const of = { node: 'a', step: 'upgrade' };
    const events: readonly RunEvent[] = [
      { type: 'notice', ...of, reason: { code: 'package-note', args: ['x', 'y'] } },
      { type: 'step-state', ...of, state: 'needed', reasons: [] },
      { type: 'notice', ...of, reason: { code: 'yum-locked', args: ['812', 'yum update', '40'] } },
    ];
    for (const event of events) reporter.event({ ...event, at: 0 }, emptyRunState);
    assert.equal(written.length, 1);
    assert.match(
      written.join(''),
      /^a .*upgrade.*Waiting for the package manager lock: process 812 has held it for 40 s \(yum update\)\.\n$/,
    );
  });
});
