import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import type { RunKind } from '../../../src/base/states.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { type RunRecord, reduceRecord } from '../../../src/run/record.ts';
import { createLogDocument, mainErrorRow } from '../../../src/view/log/document.ts';
import { isBeside, newExplanations } from '../../../src/view/log/explanation.ts';
import { nodeLog, stepLog } from '../../../src/view/log/node-log.ts';
import { runPage, runTitle } from '../../../src/view/log/run-page.ts';
import { facts, timed, trouble } from '../world.ts';

const writing = { t: english, time: (at: number) => `T${at / 1000}` };

function recordOf(events: readonly RunEvent[], kind: RunKind = 'run'): RunRecord {
  let record: RunRecord | undefined;
  for (const event of timed(events, kind)) record = reduceRecord(record, event);
  assert.ok(record);
  return record;
}

const refused = {
  code: 'refused',
  message: { plain: 'c2 refused.' },
  action: { plain: 'Start sshd.' },
} as const;

/** On a, locale is changed and upgrade fails with a known cause; c1 has finished; c2 cannot be reached. */
const failing: readonly RunEvent[] = [
  { type: 'node-connected', node: 'a' },
  { type: 'facts', node: 'a', facts },
  { type: 'step-started', node: 'a', step: 'locale' },
  { type: 'step-finished', node: 'a', step: 'locale', outcome: 'changed', reasons: [], milliseconds: 2000 },
  { type: 'step-started', node: 'a', step: 'upgrade' },
  {
    type: 'step-finished',
    node: 'a',
    step: 'upgrade',
    outcome: 'failed',
    reasons: [],
    milliseconds: 4000,
    trouble,
  },
  { type: 'node-finished', node: 'a', outcome: 'failed' },
  { type: 'step-started', node: 'c1', step: 'locale' },
  { type: 'step-finished', node: 'c1', step: 'locale', outcome: 'unchanged', reasons: [], milliseconds: 0 },
  { type: 'node-finished', node: 'c1', outcome: 'ok' },
  { type: 'node-failed', node: 'c2', failure: refused },
  { type: 'node-finished', node: 'c2', outcome: 'unreachable' },
  { type: 'run-finished', outcome: 'failed' },
];

const logs: Readonly<Record<string, string>> = {
  locale: 'Setting the locale\ndone\n',
  upgrade: 'Loaded plugins: fastestmirror\nError: Nothing to do\nend without a line end',
};
const request = { record: recordOf(failing), node: 'a', logOf: (step: string) => logs[step] };

describe('The log of a node in a run', () => {
  const { text, sections } = nodeLog(request, writing);
  const lines = text.split('\n');

  it('begins with its result, its connection, the run and the command', () => {
    assert.deepEqual(lines.slice(0, 4), [
      '# a: 1 failed · 1 done (1 changed)',
      '# Connected as root to a: CentOS Linux 7 (Core), x86_64, kernel 3.10.0-1160.el7.x86_64',
      '# Run of lab, started T1',
      '# Command: stackprep run FILE --node a',
    ]);
  });

  it('has every step in order below a line with its result', () => {
    assert.deepEqual(
      lines.filter((line) => line.startsWith('== ')),
      ['== locale: changed after 2 s', '== upgrade: failed after 4 s'],
    );
  });

  it('says in which rows each step is', () => {
    for (const { step, first, last } of sections) {
      assert.match(lines[first] ?? '', new RegExp(`^== ${step}: `));
      assert.equal(lines.slice(first + 1, last + 1).join('\n'), logs[step]?.trimEnd());
    }
  });

  it('leaves out steps that the run did not have on the node', () => {
    const { sections: other } = nodeLog({ ...request, node: 'c1' }, writing);
    assert.deepEqual(
      other.map(({ step, status }) => [step, status]),
      [['locale', 'unchanged']],
    );
  });

  it('gives the reason of a node that could not be reached, and its steps as unreachable', () => {
    const lost = nodeLog({ ...request, node: 'c2', logOf: () => undefined }, writing);
    assert.match(lost.text, /^# c2\n# c2 refused\.\n# Start sshd\.\n/);
    assert.deepEqual(new Set(lost.sections.map(({ status }) => status)), new Set(['unreachable']));
  });

  it('lists the reasons that a check found below each step', () => {
    const record = recordOf(
      [
        {
          type: 'step-state',
          ...{ node: 'a', step: 'locale', state: 'needed' },
          reasons: [{ code: 'file-differs', args: ['/etc/locale.conf'] }],
        },
        { type: 'node-finished', node: 'a', outcome: 'ok' },
      ],
      'check',
    );
    const check = nodeLog({ record, node: 'a', logOf: () => undefined }, writing).text;
    assert.match(check, /\n== locale: needed\n {3}\/etc\/locale\.conf differs/);
  });

  it('takes the steps of an undo in the reverse order', () => {
    const record = recordOf(failing, 'undo');
    assert.deepEqual(
      nodeLog({ ...request, record }, writing).sections.map(({ step }) => step),
      ['upgrade', 'locale'],
    );
  });

  it('is read as one log per step: a section for each, with the rows of the document', () => {
    const view = createLogDocument().read(text);
    assert.deepEqual(
      view.sections.map(({ kind, name, first }) => [kind, name, lines[first]]),
      [
        ['log', 'locale: changed after 2 s', '== locale: changed after 2 s'],
        ['log', 'upgrade: failed after 4 s', '== upgrade: failed after 4 s'],
      ],
    );
    const row = mainErrorRow(view, sections[1]?.first ?? 0, sections[1]?.last ?? 0);
    assert.equal(lines[row ?? -1], 'Error: Nothing to do');
    assert.equal(mainErrorRow(view, sections[0]?.first ?? 0, sections[0]?.last ?? 0), undefined);
  });
});

describe('The log of a step on a node', () => {
  const { text, sections } = stepLog(request, 'upgrade', writing);

  it('has the result, the cause, the run, the command and the node above it, and the result below it', () => {
    assert.equal(
      text,
      [
        '# upgrade on a: failed after 4 s',
        '# None of the packages is in an enabled repository.',
        '# Check the spelling.',
        '# Run step `repositories`.',
        '# Run of lab, started T1',
        '# Step started T6',
        '# Command: stackprep run FILE --node a --step upgrade',
        '# Connected as root to a: CentOS Linux 7 (Core), x86_64, kernel 3.10.0-1160.el7.x86_64',
        '',
        ...(logs.upgrade ?? '').split('\n'),
        '== failed after 4 s',
        '',
      ].join('\n'),
    );
  });

  it('counts the rows of the output without what is above it', () => {
    const view = createLogDocument().read(text);
    assert.equal(view.headRows, sections[0]?.first);
    assert.equal(view.marks[0]?.row, text.split('\n').indexOf('Error: Nothing to do'));
  });

  it('is opened at the line with the cause, which may come before the first error', () => {
    const cause = '14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"';
    const log = `Loaded plugins: fastestmirror\n${cause}\n\nCannot find a valid baseurl for repo: base/7/x86_64\n`;
    const page = stepLog({ ...request, logOf: () => log }, 'upgrade', writing);
    const { first = 0, last = 0 } = page.sections[0] ?? {};
    const row = mainErrorRow(createLogDocument().read(page.text), first, last);
    assert.equal(page.text.split('\n')[row ?? -1], cause);
  });

  it('ends as its file does while the step is running', () => {
    const record = recordOf(failing.slice(0, 5));
    const running = stepLog({ ...request, record }, 'upgrade', writing).text;
    assert.match(running, /^# upgrade on a: running\n/);
    assert.match(running, /end without a line end$/);
  });

  it('does not read its own first lines as output, whatever they say', () => {
    const view = createLogDocument().read('# Error: Nothing to do\n\nfine\n');
    assert.deepEqual(view.marks, []);
    assert.equal(view.headRows, 2);
  });
});

describe('The explanations in a log', () => {
  const line = 'Error: Nothing to do';
  it('are shown next to a line where they fit, and above it otherwise', () => {
    assert.ok(isBeside(line, 'short'));
    assert.ok(!isBeside(line, 'long '.repeat(20)));
    assert.ok(!isBeside(line, '길고 '.repeat(20)), 'Hangul is twice as wide');
  });

  it('are given once for each step', () => {
    const twice = ['No package chrny available.', 'No package chrny available.', ''].join('\n');
    const view = createLogDocument().read(`== one: failed\n${twice}== two: failed\n${twice}`);
    assert.deepEqual(
      newExplanations(view).map(({ row }) => row),
      [1, 4],
    );
  });
});

describe('The page of a run', () => {
  const record = recordOf(failing);
  const { text, links } = runPage(record, writing);
  const lines = text.split('\n');

  it('says what was done, when, and with what result', () => {
    assert.equal(english(runTitle(record, writing)), 'lab · T1');
    assert.equal(lines[0], 'Run of lab, started T1');
    assert.ok(
      lines.includes(
        'Result: failed: 1 of 3 nodes unreachable (c2): connection refused · 1 failed · 2 done (1 changed)',
      ),
      text,
    );
    assert.ok(lines.includes('Scope: 3 nodes, 4 steps'), text);
  });

  it('has a row for every node with the result of each step', () => {
    const cells = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.split(/\s{2,}/);
    assert.deepEqual(cells('a'), ['a', 'changed', 'failed']);
    assert.deepEqual(cells('c2'), ['c2', 'unreachable', 'unreachable', 'unreachable', 'unreachable']);
  });

  it('links every node and every result that has a log to it', () => {
    assert.deepEqual(
      links.map(({ row, first, end, node, step }) => [lines[row]?.slice(first, end), node, step]),
      [
        ['a', 'a', undefined],
        ['changed', 'a', 'locale'],
        ['failed', 'a', 'upgrade'],
        ['c1', 'c1', undefined],
        ['unchanged', 'c1', 'locale'],
        ['c2', 'c2', undefined],
        ['a', 'a', 'upgrade'],
        ['c2', 'c2', undefined],
      ],
    );
  });

  it('lists each cause once, with what to do and the nodes that have it', () => {
    const at = lines.indexOf('Failures');
    assert.deepEqual(lines.slice(at), [
      'Failures',
      '✗ upgrade: a',
      '    None of the packages is in an enabled repository.',
      '    Check the spelling.',
      '    Run step `repositories`.',
      '✗ connection refused: c2',
      '    c2 refused.',
      '    Start sshd.',
      '',
    ]);
  });

  it('numbers the steps where their names do not fit, and explains its signs', () => {
    const steps = Array.from({ length: 25 }, (_, at) => `step-${at + 1}-with-a-long-name`);
    const wide = runPage(
      { ...record, started: { ...record.started, steps: ['locale', 'upgrade', ...steps] } },
      writing,
    );
    assert.match(wide.text, /\na +\+ +✗/);
    assert.match(wide.text, /\n1=locale, 2=upgrade, 3=step-1-with-a-long-name/);
    assert.match(wide.text, /\+ changed, ✗ failed/);
    assert.ok(wide.text.split('\n').every((line) => line.length <= 140));
  });

  it('keeps a name from a journal on its line', () => {
    const odd = { ...record, started: { ...record.started, nodes: ['x\ny'] } };
    assert.ok(runPage(odd, writing).text.includes('x<U+000A>y'));
  });
});
