import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { logLines } from '../../src/view/log-lines.ts';
import { facts, trouble } from './world.ts';

function told(event: RunEvent, kind: RunKind = 'run'): string[] {
  return logLines({ ...event, at: 0 }, kind).map(({ node = '', step = '', text }) => {
    return [node, step, typeof text === 'string' ? text : english(text)].join('|');
  });
}

const on = { node: 'a', step: 'upgrade' } as const;

describe('the log of all nodes', () => {
  it('has every line of a machine as the screen would have shown it', () => {
    assert.deepEqual(told({ type: 'log', ...on, stream: 'stdout', line: '  1/3: \x1b[1mbash\x1b[0m   ' }), [
      'a|upgrade|  1/3: bash',
    ]);
    assert.deepEqual(told({ type: 'log', ...on, stream: 'stderr', line: '' }), ['a|upgrade|']);
  });

  it('says where a run begins and how each step ended', () => {
    const begin: RunEvent = {
      ...{ type: 'run-started', run: 'r', kind: 'run', cluster: 'lab', nodes: ['a', 'b'], steps: [] },
    };
    assert.deepEqual(told(begin), ['||== run of lab on a, b']);
    assert.deepEqual(
      told({ type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 83_000 }),
      ['a|upgrade|== changed, after 1 min 23 s'],
    );
    const reasons = [{ code: 'apply-failed', args: ['1'] }];
    assert.deepEqual(told({ type: 'step-finished', ...on, outcome: 'failed', reasons, milliseconds: 2000 }), [
      'a|upgrade|== failed, after 2 s: It failed with exit code 1; nothing after it was run on this node.',
    ]);
  });

  it('tells the cause of a failure rather than its exit code, and what to do', () => {
    const reasons = [{ code: 'apply-failed', args: ['1'] }];
    const event: RunEvent = {
      ...{ type: 'step-finished', ...on, outcome: 'failed', reasons, trouble, milliseconds: 2000 },
    };
    assert.deepEqual(told(event), [
      'a|upgrade|== failed, after 2 s: None of the packages exists in the enabled repositories.',
      'a|upgrade|== Check the spelling.',
      'a|upgrade|== Run the step repositories.',
    ]);
  });

  it('tells the states that a check finds, and leaves them out of a run', () => {
    const reasons = [{ code: 'updates-available', args: ['99'] }];
    const event: RunEvent = { type: 'step-state', ...on, state: 'needed', reasons };
    assert.deepEqual(told(event, 'check'), ['a|upgrade|== needed: 99 packages can be updated.']);
    assert.deepEqual(told(event, 'run'), []);
  });

  it('says why a node could not be used, what to do, and what the system said', () => {
    const failure = {
      code: 'refused',
      message: msg('a refuses.'),
      action: msg('Start sshd.'),
      detail: 'E1',
    } as const;
    assert.deepEqual(told({ type: 'node-failed', node: 'a', failure }), [
      'a||== a refuses. Details: "E1" Start sshd.',
    ]);
  });

  it('names the system of a node once it is connected', () => {
    assert.deepEqual(told({ type: 'facts', node: 'a', facts }), [
      'a||== connected: CentOS Linux 7 (Core), kernel 3.10.0-1160.el7.x86_64',
    ]);
  });
});
