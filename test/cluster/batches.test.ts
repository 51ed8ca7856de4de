import assert from 'node:assert/strict';
import type { NodeOutcome } from '../../src/base/states.ts';
import { batchesFor, batchPlan, onlyNodes, stopReason } from '../../src/cluster/batches.ts';
import { parseBatch, parseMaxFailed } from '../../src/cluster/rollout.ts';
import { clusterOf } from '../support/clusters.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);
const sizes = (text: string, count: number) =>
  batchPlan(names(count), { batch: parseBatch(text) ?? [] }).batches.map((batch) => batch.length);

describe('Batches of nodes', () => {
  it('have the given sizes in order, and the last size repeats until all nodes are in one', () => {
    assert.deepEqual(sizes('1,5,25%', 40), [1, 5, 10, 10, 10, 4]);
    assert.deepEqual(sizes('3', 7), [3, 3, 1]);
    assert.deepEqual(batchPlan(names(5), { batch: parseBatch('2,2') ?? [] }).batches, [
      ['n1', 'n2'],
      ['n3', 'n4'],
      ['n5'],
    ]);
  });

  it('round a percentage of all nodes down, but have at least one node', () => {
    assert.deepEqual(sizes('25%', 7), [1, 1, 1, 1, 1, 1, 1]);
    assert.deepEqual(sizes('30%', 10), [3, 3, 3, 1]);
    assert.deepEqual(sizes('1%', 3), [1, 1, 1]);
  });

  it('are one for all nodes without a size, or for 100%, and none without nodes', () => {
    assert.deepEqual(batchPlan(names(3)).batches, [names(3)]);
    assert.deepEqual(sizes('100%', 3), [3]);
    assert.deepEqual(batchPlan([]).batches, []);
  });

  it('keep their nodes when only some are left, and nodes that are in none follow at the end', () => {
    const plan = batchPlan(names(4), { batch: parseBatch('1,2') ?? [] });
    assert.deepEqual(onlyNodes(plan, ['n4', 'n2', 'new']).batches, [['n2'], ['n4'], ['new']]);
  });
});

describe('The form of batch sizes', () => {
  it('accepts numbers from 1 and percentages from 1% to 100% only', () => {
    for (const text of ['0', '0%', '101%', '1,,2', '', 'all', '-1', '1.5', '10000', '5 %'])
      assert.equal(parseBatch(text), undefined, text);
    assert.deepEqual(parseBatch('1, 5,25%'), [{ nodes: 1 }, { nodes: 5 }, { percent: 25 }]);
  });

  it('accepts 0 and 0% as a limit for failed nodes, which allows no failure', () => {
    assert.deepEqual(parseMaxFailed('0'), { nodes: 0 });
    assert.deepEqual(parseMaxFailed('0%'), { percent: 0 });
    for (const text of ['101%', '', 'few', '-1']) assert.equal(parseMaxFailed(text), undefined, text);
  });
});

describe('A batch', () => {
  const stops = (outcomes: readonly NodeOutcome[], limit?: string) => {
    const all = names(outcomes.length);
    const maxFailed = limit === undefined ? undefined : parseMaxFailed(limit);
    const plan = { batches: [all], ...(maxFailed ? { maxFailed } : {}) };
    return stopReason(plan, 0, new Map(all.map((name, index) => [name, outcomes[index] ?? 'ok'])));
  };

  it('stops the run only if all its nodes failed or were unreachable, without a limit', () => {
    assert.deepEqual(stops(['failed', 'unreachable']), { code: 'batch-failed', args: ['1', '2'] });
    assert.equal(stops(['failed', 'ok']), undefined);
    assert.equal(stops(['failed', 'cancelled']), undefined);
    assert.equal(stops(['cancelled']), undefined);
  });

  it('stops the run if more of its nodes failed than the limit, not if as many did', () => {
    const five: NodeOutcome[] = ['failed', 'ok', 'ok', 'ok', 'ok'];
    assert.equal(stops(five, '20%'), undefined);
    assert.equal(stops(five, '1'), undefined);
    assert.deepEqual(stops(five, '19%'), { code: 'batch-max-failed', args: ['1', '1', '5', '19%'] });
    assert.deepEqual(stops(five, '0'), { code: 'batch-max-failed', args: ['1', '1', '5', '0'] });
    assert.equal(stops(['ok', 'ok'], '0'), undefined);
  });
});

describe('The batches of a new run', () => {
  const cluster = clusterOf(`cluster: lab
nodes:
  n[1:4]: { address: '10.0.0.[1:4]' }
rollout: { batch: [1, 50%], max-failed: 0 }
`);
  const of = (source: Omit<Parameters<typeof batchesFor>[1], 'cluster' | 'kind'>) =>
    batchesFor(names(4), { kind: 'run', cluster, ...source });

  it('come from the file, and each key of the command line overrides one of the file', () => {
    assert.deepEqual(of({}), { batches: [['n1'], ['n2', 'n3'], ['n4']], maxFailed: { nodes: 0 } });
    assert.deepEqual(of({ rollout: { batch: [{ nodes: 3 }] } }), {
      batches: [['n1', 'n2', 'n3'], ['n4']],
      maxFailed: { nodes: 0 },
    });
    assert.deepEqual(of({ rollout: { maxFailed: { percent: 20 } } }).maxFailed, { percent: 20 });
  });

  it('are those of the run that is retried, unless other sizes are given', () => {
    const retried = {
      batches: [
        ['n1', 'n2'],
        ['n3', 'n4'],
      ],
      maxFailed: { nodes: 1 },
    };
    assert.deepEqual(of({ retried }), retried);
    assert.deepEqual(of({ retried, rollout: { batch: [{ percent: 100 }] } }).batches, [names(4)]);
  });

  it('are one batch for a check, which changes nothing', () => {
    assert.deepEqual(batchesFor(names(4), { kind: 'check', cluster }).batches, [names(4)]);
  });
});
