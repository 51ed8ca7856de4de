import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { logLines } from '../../src/view/log-lines.ts';
import { facts, trouble } from './world.ts';

function linesOf(event: RunEvent, kind: RunKind = 'run'): string[] {
  return logLines({ ...event, at: 0 }, kind).map(({ node = '', step = '', text }) => {
    return [node, step, typeof text === 'string' ? text : english(text)].join('|');
  });
}

const on = { node: 'a', step: 'upgrade' } as const;

describe('The output channel', () => {
  it('shows every line of a node as a terminal would have shown it', () => {
    assert.deepEqual(
      linesOf({ type: 'log', ...on, stream: 'stdout', line: '  1/3: \x1b[1mbash\x1b[0m   ' }),
      ['a|upgrade|  1/3: bash'],
    );
    assert.deepEqual(linesOf({ type: 'log', ...on, stream: 'stderr', line: '' }), ['a|upgrade|']);
  });

  it('shows where a run starts and how each step ended', () => {
    const begin: RunEvent = {
      ...{ type: 'run-started', run: 'r', kind: 'run', cluster: 'lab', nodes: ['a', 'b'], steps: [] },
    };
    assert.deepEqual(linesOf(begin), ['||== run of lab on a, b']);
    assert.deepEqual(
      linesOf({ type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 83_000 }),
      ['a|upgrade|== changed after 1 min 23 s'],
    );
    const reasons = [{ code: 'apply-failed', args: ['1'] }];
    assert.deepEqual(
      linesOf({ type: 'step-finished', ...on, outcome: 'failed', reasons, milliseconds: 2000 }),
      [
        'a|upgrade|== failed after 2 s: The step failed with exit code 1. The steps after it were not run on this node.',
      ],
    );
  });

  it('shows the cause of a failure instead of its exit code, and what to do', () => {
    const reasons = [{ code: 'apply-failed', args: ['1'] }];
    const event: RunEvent = {
      ...{ type: 'step-finished', ...on, outcome: 'failed', reasons, trouble, milliseconds: 2000 },
    };
    assert.deepEqual(linesOf(event), [
      'a|upgrade|== failed after 2 s: None of the packages is in an enabled repository.',
      'a|upgrade|== Check the spelling.',
      'a|upgrade|== Run step `repositories`.',
    ]);
  });

  it('shows the states that a check finds, and leaves them out of a run', () => {
    const reasons = [{ code: 'updates-available', args: ['99'] }];
    const event: RunEvent = { type: 'step-state', ...on, state: 'needed', reasons };
    assert.deepEqual(linesOf(event, 'check'), ['a|upgrade|== needed: 99 packages can be updated.']);
    assert.deepEqual(linesOf(event, 'run'), []);
  });

  it('shows why a node failed, what to do, and the detail from the system', () => {
    const failure = {
      code: 'refused',
      message: msg('a refuses.'),
      action: msg('Start sshd.'),
      detail: 'E1',
    } as const;
    assert.deepEqual(linesOf({ type: 'node-failed', node: 'a', failure }), [
      'a||== a refuses. Details: "E1" Start sshd.',
    ]);
  });

  it('shows the operating system of a node after it connects', () => {
    assert.deepEqual(linesOf({ type: 'facts', node: 'a', facts }), [
      'a||== connected: CentOS Linux 7 (Core), kernel 3.10.0-1160.el7.x86_64',
    ]);
  });
});
