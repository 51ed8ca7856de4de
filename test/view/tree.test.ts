import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { treeOf } from '../../src/view/tree.ts';
import type { GroupBy, TreeItemView } from '../../src/view/tree-item.ts';
import { clusterText, facts, type Story, seen, sourceAfter, trouble } from './world.ts';

function tree(story: Story, groupBy: GroupBy = 'node'): TreeItemView {
  const [root] = treeOf([sourceAfter(story)], { groupBy, time: (at) => `t${at}`, file: (of) => `F ${of}` });
  assert.ok(root);
  return root;
}

const line = (item: TreeItemView | undefined): string =>
  `${item?.label} | ${seen(item?.description)} | ${item?.icon}`;
const state = (node: string, step: string, found: 'done' | 'needed' | 'unknown'): RunEvent => ({
  ...{ type: 'step-state', node, step, state: found, reasons: [] },
});
const failure = {
  code: 'refused',
  message: msg('{0} refuses.', 'c1'),
  action: msg('Start sshd.'),
  detail: 'ECONNREFUSED',
} as const;

describe('The tree grouped by node', () => {
  it('distinguishes clusters of the same name by their files', () => {
    const one = sourceAfter({});
    const two = { ...one, outline: { ...one.outline, uri: 'file:///b/lab.cluster.yaml' } };
    const options = { groupBy: 'node', time: String, file: (uri: string) => uri.slice(8) } as const;
    assert.deepEqual(treeOf([one, two], options).map(line), [
      'lab | lab.cluster.yaml · 3 nodes | cluster',
      'lab | b/lab.cluster.yaml · 3 nodes | cluster',
    ]);
    assert.deepEqual(treeOf([one], options).map(line), ['lab | 3 nodes | cluster']);
  });

  it('shows addresses before the first check', () => {
    const root = tree({});
    assert.equal(line(root), 'lab | 3 nodes | cluster');
    assert.deepEqual(root.children.map(line), [
      'a | 10.0.0.1 | node',
      'c1 | 10.0.0.11 | node',
      'c2 | 10.0.0.12 | node',
    ]);
    assert.deepEqual(root.children[0]?.children.map(line), [
      'locale | not checked | unchecked',
      'panko | no packages for the release | unavailable',
      'upgrade | not checked | unchecked',
    ]);
  });

  it('shows counts, the operating system and the time after a check', () => {
    const events: RunEvent[] = [
      { type: 'facts', node: 'a', facts },
      state('a', 'locale', 'done'),
      state('a', 'upgrade', 'needed'),
      { type: 'run-finished', outcome: 'ok' },
    ];
    const root = tree({ kind: 'check', events });
    assert.equal(line(root), 'lab | 1 done · 1 needed · 6 not checked · checked t5000 | needed');
    assert.equal(line(root.children[0]), 'a | 1 done · 1 needed · CentOS 7 | needed');
  });

  it('shows no time for a run that was refused', () => {
    const refused = { code: 'secret-missing', message: msg('m'), action: msg('a') } as const;
    const events: RunEvent[] = [
      { type: 'run-refused', failure: refused },
      { type: 'run-finished', outcome: 'failed' },
    ];
    assert.equal(line(tree({ events })), 'lab | 3 nodes | cluster');
  });

  it('shows why a node is unreachable and what to do, and offers to retry', () => {
    const root = tree({ kind: 'check', events: [{ type: 'node-failed', node: 'c1', failure }] });
    const node = root.children[1];
    assert.equal(line(node), 'c1 | connection refused | unreachable');
    assert.deepEqual(node?.tooltip.lines.slice(0, 2).map(seen), ['c1 refuses.', 'Start sshd.']);
    assert.equal(node?.tooltip.detail, 'ECONNREFUSED');
    assert.deepEqual(node?.traits, ['runnable', 'idle', 'log', 'failed']);
  });

  it('shows what each node is doing during a run', () => {
    const events: RunEvent[] = [
      { type: 'node-connecting', node: 'a' },
      { type: 'node-connected', node: 'a' },
      { type: 'step-started', node: 'a', step: 'upgrade' },
      { type: 'phase', node: 'a', step: 'upgrade', phase: 'apply' },
      {
        type: 'yum',
        node: 'a',
        step: 'upgrade',
        event: { type: 'lock-wait', pid: 4711, holder: 'yum', line: '' },
      },
      { type: 'node-connecting', node: 'c1' },
    ];
    const root = tree({ events, going: true });
    assert.equal(line(root), 'lab | running, 0 of 3 nodes | running');
    assert.deepEqual(root.children.map(line), [
      'a | waiting for yum (4711) | running',
      'c1 | connecting… | running',
      'c2 | waiting | waiting',
    ]);
    assert.deepEqual(root.traits, ['runnable', 'busy', 'log']);
  });

  it('keeps the ids of its items when their state changes', () => {
    const ids = (item: TreeItemView): string[] => [item.id, ...item.children.flatMap(ids)];
    assert.deepEqual(ids(tree({})), ids(tree({ events: [state('a', 'locale', 'done')], going: true })));
  });

  it('shows in a tooltip the reasons of a step, its description and how to undo it', () => {
    const reasons = [{ code: 'package-missing', args: ['panko'] }];
    const events: RunEvent[] = [{ type: 'step-state', node: 'a', step: 'locale', state: 'needed', reasons }];
    const cell = tree({ events }).children[0]?.children[0];
    assert.deepEqual(cell?.tooltip.lines.map(seen), [
      'needed',
      'panko is not installed.',
      'Checked t2000.',
      'Sets LANG in /etc/locale.conf, LANG and LC_ALL in /etc/environment, and installs the locale if missing.',
      'Undo restores LANG in /etc/locale.conf, and LANG and LC_ALL in /etc/environment. Values that were changed manually since then and installed locales stay.',
    ]);
  });
});

describe('The tooltip of a failed step', () => {
  it('shows the cause instead of the exit code, what to do, and the log line', () => {
    const reasons = [{ code: 'apply-failed', args: ['1'] }];
    const on = { node: 'a', step: 'locale' };
    const events: RunEvent[] = [
      { type: 'step-finished', ...on, outcome: 'failed', reasons, trouble, milliseconds: 2000 },
    ];
    const cell = tree({ events }).children[0]?.children[0];
    assert.deepEqual(cell?.tooltip.lines.slice(0, 5).map(seen), [
      'failed',
      'None of the packages is in an enabled repository.',
      'Check the spelling.',
      'Run step `repositories`.',
      'The last run took 2 s.',
    ]);
    assert.equal(cell?.tooltip.detail, 'Error: Nothing to do');
  });

  it('does not offer a setting that the file already has', () => {
    const { explanation } = trouble;
    assert.ok(explanation);
    const remedies = [{ kind: 'set-key', key: 'repositories.archive', value: 'auto' }] as const;
    const dead = { ...trouble, explanation: { ...explanation, remedies } };
    const on = { node: 'a', step: 'locale' };
    const events: RunEvent[] = [
      { type: 'step-finished', ...on, outcome: 'failed', reasons: [], trouble: dead, milliseconds: 2000 },
    ];
    const tooltipWith = (archive: string) => {
      const text = clusterText.replace('steps:', `repositories: { archive: ${archive} }\nsteps:`);
      return tree({ events, text }).children[0]?.children[0]?.tooltip.lines.map(seen);
    };
    const advice = 'Set `repositories.archive: auto` in the cluster file.';
    assert.ok(tooltipWith('never')?.includes(advice));
    assert.ok(!tooltipWith('auto')?.includes(advice));
  });
});

describe('The tree grouped by step', () => {
  it('has the steps in run order, each with its nodes', () => {
    const root = tree({ events: [state('c1', 'house', 'done')] }, 'step');
    assert.deepEqual(root.children.map(line), [
      'locale | not checked | unchecked',
      'panko | no packages for the release | unavailable',
      'upgrade | not checked | unchecked',
      'house | 1 done · 1 not checked | unchecked',
    ]);
    assert.deepEqual(root.children[3]?.children.map(line), [
      'c1 | done | done',
      'c2 | not checked | unchecked',
    ]);
  });

  it('offers no run for a step that this version has no script for', () => {
    const panko = tree({}, 'step').children[1];
    assert.deepEqual(panko?.traits, ['idle']);
  });
});
