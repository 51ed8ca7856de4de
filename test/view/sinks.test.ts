import assert from 'node:assert/strict';
import ko from '../../l10n/bundle.l10n.ko.json' with { type: 'json' };
import { english, msg, plain, translator } from '../../src/base/l10n.ts';
import type { RunKind, StepOutcome } from '../../src/base/states.ts';
import { summaryText } from '../../src/cli/report/summary-text.ts';
import { styleFor } from '../../src/cli/terminal/style.ts';
import { resultText } from '../../src/client/run/result.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { asOld } from '../../src/run/old.ts';
import { nodeNames, stepNames } from '../../src/view/counts.ts';
import { dashboardOf } from '../../src/view/dashboard/dashboard.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { withAge } from '../../src/view/old.ts';
import { overviewOf } from '../../src/view/overview.ts';
import { planPage } from '../../src/view/plan-page.ts';
import { progressLine } from '../../src/view/progress-line.ts';
import { summaryOf } from '../../src/view/summary.ts';
import { headline, tallyOf } from '../../src/view/tally.ts';
import { treeOf } from '../../src/view/tree.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText, seen, sourceAfter } from './world.ts';

const cluster = clusterOf(clusterText);
const failure = { code: 'refused', message: msg('m'), action: msg('a') } as const;

const lost = (node: string): readonly RunEvent[] => [
  { type: 'node-failed', node, failure },
  { type: 'node-finished', node, outcome: 'unreachable' },
];
const state = (node: string, step: string, found: 'done' | 'needed' | 'drifted'): RunEvent => ({
  ...{ type: 'step-state', node, step, state: found, reasons: [] },
});
const ended = (node: string, step: string, outcome: StepOutcome): readonly RunEvent[] => [
  ...(outcome === 'skipped' ? [] : [{ type: 'step-started', node, step } as const]),
  { type: 'step-finished', node, step, outcome, reasons: [], milliseconds: 1 },
];
const over: RunEvent = { type: 'run-finished', outcome: 'failed' };
const failedOnA: readonly RunEvent[] = [
  ...ended('a', 'locale', 'failed'),
  ...ended('a', 'upgrade', 'skipped'),
  { type: 'node-finished', node: 'a', outcome: 'failed' },
];

interface Row {
  readonly title: string;
  readonly kind?: RunKind;
  /** Whether the states were read from a stored run. */
  readonly isStale?: true;
  readonly events: readonly RunEvent[];
  readonly expected: string;
}

const rows: readonly Row[] = [
  {
    title: 'all nodes unreachable',
    events: [...lost('a'), ...lost('c1'), ...lost('c2'), over],
    expected: '3 of 3 nodes unreachable (a, c1, c2): connection refused',
  },
  {
    title: 'two nodes unreachable for different reasons, one done',
    events: [
      { type: 'node-failed', node: 'a', failure: { ...failure, code: 'become' } },
      ...lost('c1'),
      ...ended('c2', 'locale', 'changed'),
      ...ended('c2', 'upgrade', 'unchanged'),
      ...ended('c2', 'house', 'changed'),
      over,
    ],
    expected: '2 of 3 nodes unreachable (a: sudo refused, c1) · 3 done (2 changed)',
  },
  {
    title: 'a node lost in the middle of its work',
    events: [
      ...ended('c1', 'locale', 'changed'),
      ...ended('c1', 'upgrade', 'interrupted'),
      ...lost('c1'),
      ...ended('c1', 'house', 'skipped'),
      over,
    ],
    expected:
      '1 of 3 nodes unreachable (c1): connection refused · 1 interrupted · 1 done (1 changed) · 5 not checked',
  },
  {
    title: 'steps blocked by a failure',
    events: [...failedOnA, over],
    expected: '1 failed · 1 blocked by locale · 6 not checked',
  },
  {
    title: 'a cancelled run',
    events: [...ended('a', 'locale', 'changed'), ...ended('a', 'upgrade', 'cancelled'), over],
    expected: '1 done (1 changed) · 1 cancelled · 6 not checked',
  },
  {
    title: 'an undo',
    kind: 'undo',
    events: [...ended('a', 'upgrade', 'changed'), ...ended('a', 'locale', 'unchanged'), over],
    expected: '1 undone · 1 with nothing to undo · 6 not checked',
  },
  {
    title: 'a check',
    kind: 'check',
    events: [
      state('a', 'locale', 'done'),
      state('a', 'upgrade', 'needed'),
      state('c1', 'house', 'drifted'),
      over,
    ],
    expected: '1 done · 1 needed · 1 drifted · 5 not checked',
  },
  {
    title: 'a check after a failed run, which leaves the failure and clears what was blocked',
    events: [
      ...failedOnA,
      over,
      {
        ...{ type: 'run-started', run: 'r2', kind: 'check', cluster: 'lab' },
        ...{ nodes: ['a'], steps: ['locale', 'upgrade'] },
      },
      state('a', 'locale', 'needed'),
      state('a', 'upgrade', 'needed'),
      over,
    ],
    expected: '1 failed · 1 needed · 6 not checked',
  },
  {
    title: 'a node that was done and is unreachable in a later run',
    events: [
      ...ended('a', 'locale', 'changed'),
      ...ended('a', 'upgrade', 'changed'),
      over,
      { type: 'run-started', run: 'r2', kind: 'run', cluster: 'lab', nodes: ['a'], steps: ['locale'] },
      ...lost('a'),
      over,
    ],
    expected: '1 of 3 nodes unreachable (a): connection refused · 6 not checked',
  },
  {
    title: 'states read from a stored run',
    isStale: true,
    events: [
      ...lost('c1'),
      ...failedOnA,
      ...ended('c2', 'locale', 'changed'),
      state('c2', 'upgrade', 'drifted'),
      over,
    ],
    expected:
      '1 of 3 nodes unreachable (c1): connection refused · 1 failed · 1 blocked by locale · 1 done (1 changed) · 1 drifted · 1 not checked',
  },
];

/** What each view, text and report says about the same state. */
function told({ kind = 'run', events, isStale }: Row): Readonly<Record<string, string>> {
  const seenHere = sourceAfter({ kind, events });
  const source = isStale ? { ...seenHere, state: asOld(seenHere.state), age: plain('THEN') } : seenHere;
  const options = { time: () => 'NOW', file: () => 'F' };
  const [byNode] = treeOf([source], { ...options, groupBy: 'node' });
  const lenses = lensesOf(source, { trusted: true }).map(({ title }) => seen(title) ?? '');
  const request = { cluster, selection: {}, state: source.state };
  const page = {
    ...{ t: english, style: styleFor(false, {}), columns: 200, placeOf: () => undefined },
    logs: { file: () => undefined, folder: () => '' },
  };
  const overview = overviewOf(source);
  const known = lenses.find((title) => title.includes(' not checked') || title.includes(' of 3 nodes')) ?? '';
  return {
    tree: seen(byNode?.description) ?? '',
    lens: known,
    'status bar': overview ? english(withAge(source, overview)) : '',
    dashboard: dashboardOf(source, [], { ...options, translate: english, now: 0 }).head.text,
    notification: english(resultText(kind, 'lab', summaryOf(request))),
    'command line': summaryText(request, page).trimEnd().split('\n').at(-1) ?? '',
    plan: planPage({ ...request, time: options.time }, english).split('\n')[2] ?? '',
  };
}

describe('Tree, lens, status bar, dashboard, notification, command line and plan', () => {
  for (const row of rows) {
    it(`have the same headline for ${row.title}`, () => {
      const plainly = row.expected.replace(/ \(\d+ changed\)/, '');
      for (const [sink, text] of Object.entries(told(row))) {
        const isResult = sink === 'notification' || sink === 'command line';
        assert.ok(text.includes(isResult ? row.expected : plainly), `${sink}: ${text}`);
      }
    });
  }

  it('say how old the states of a stored run are', () => {
    const stale = rows.find(({ isStale }) => isStale);
    const { tree, lens, dashboard, ...rest } = stale ? told(stale) : {};
    for (const text of [tree, lens, dashboard, rest['status bar']]) assert.match(text ?? '', / · THEN$/);
  });

  it('draw an unreachable node as unreachable, with its cause, when grouped by step', () => {
    const source = sourceAfter({ events: [...lost('a'), ...lost('c1'), ...lost('c2'), over] });
    const [root] = treeOf([source], { groupBy: 'step', time: String, file: String });
    const locale = root?.children[0];
    assert.deepEqual(
      [root?.icon, locale?.icon, seen(locale?.description)],
      ['unreachable', 'unreachable', '3 unreachable'],
    );
    assert.deepEqual(
      locale?.children.map(({ icon, description }) => [icon, seen(description)]),
      Array.from({ length: 3 }, () => ['unreachable', 'connection refused']),
    );
  });

  it('count unreachable nodes in Korean, but do not put a counter after a name', () => {
    const translate = translator(ko);
    const alone = headline(tallyOf([], 1, [{ node: 'openstack4', failure }]));
    assert.equal(alone && translate(alone), 'openstack4에 연결할 수 없음: 연결 거부됨');
    const line = progressLine(sourceAfter({ going: true, events: lost('a') }));
    assert.match(translate(line.brief), /노드 1대에 연결할 수 없음$/);
    assert.equal(translate(stepNames(['a', 'b', 'c'], 1)), 'a 외 2개');
    assert.equal(translate(nodeNames(['a', 'b', 'c'], 1)), 'a 외 2대');
  });

  it('name three unreachable nodes at most and count the others', () => {
    const names = ['n1', 'n2', 'n3', 'n4', 'n5'];
    const text = `cluster: lab\nnodes:\n${names
      .map((name, index) => `  ${name}: { address: 10.0.0.${index + 1} }\n`)
      .join('')}steps: [locale]\n`;
    const events: readonly RunEvent[] = [
      { type: 'run-started', run: 'r', kind: 'run', cluster: 'lab', nodes: names, steps: ['locale'] },
      ...names.flatMap(lost),
    ];
    assert.equal(
      seen(overviewOf(sourceAfter({ text, events }))),
      '5 of 5 nodes unreachable (n1, n2, n3 and 2 more): connection refused',
    );
  });
});
