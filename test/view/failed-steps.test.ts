import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { failedStepProblems } from '../../src/view/failed-steps.ts';
import { clusterText, type Story, seen, sourceAfter, trouble } from './world.ts';

const failed = (node: string, step = 'locale', more: object = {}): readonly RunEvent[] => [
  { type: 'step-started', node, step },
  { type: 'step-finished', node, step, outcome: 'failed', reasons: [], milliseconds: 1, ...more } as RunEvent,
];
const problems = (story: Story) => failedStepProblems(sourceAfter(story));

describe('A failed step as a problem of the cluster file', () => {
  it('has the line of the step, the node with the cause and what to do, and the line of its log', () => {
    const [problem, ...others] = problems({ events: failed('c1', 'upgrade', { trouble }) });
    assert.deepEqual(others, []);
    assert.ok(problem);
    assert.equal(clusterText.slice(problem.span.start, problem.span.end), 'upgrade');
    assert.equal(problem.code, 'nothing-matched');
    assert.equal(
      seen(problem.message),
      'Step `upgrade` failed on c1: None of the packages is in an enabled repository. Check the spelling. Run step `repositories`.',
    );
    assert.deepEqual(
      problem.nodes.map(({ node, run, text }) => [node, run, seen(text)]),
      [['c1', 'r1', 'Error: Nothing to do']],
    );
  });

  it('is one problem for all nodes with the same cause, and one for each other cause', () => {
    const reasons = [{ code: 'apply-failed', args: ['3'] }];
    const found = problems({
      events: [
        ...failed('a', 'locale', { trouble }),
        ...failed('c1', 'locale', { reasons }),
        ...failed('c2', 'locale', { trouble }),
      ],
    });
    assert.deepEqual(
      found.map(({ code, nodes }) => [code, nodes.map(({ node }) => node)]),
      [
        ['nothing-matched', ['a', 'c2']],
        ['apply-failed', ['c1']],
      ],
    );
    assert.match(seen(found[0]?.message) ?? '', /^Step `locale` failed on a, c2: /);
  });

  it('names three of many nodes and refers to the first twenty', () => {
    const text = 'cluster: lab\nnodes: { "n[1:30]": { address: "10.0.0.[1:30]" } }\nsteps: [locale]\n';
    const events = Array.from({ length: 30 }, (_, at) => failed(`n${at + 1}`, 'locale', { trouble })).flat();
    const [problem] = problems({ text, events });
    assert.match(seen(problem?.message) ?? '', /failed on 30 nodes \(n1, n2, n3 and 27 more\): /);
    assert.equal(problem?.nodes.length, 20);
  });

  it('does not use a code that only the node knows', () => {
    const reasons = [{ code: 'constructor', args: [] }];
    const [problem] = problems({ events: failed('a', 'locale', { reasons }) });
    assert.equal(problem?.code, 'step-failed');
  });

  it('has the cause of a lost connection', () => {
    const failure = { code: 'lost', message: msg('The link is gone.'), action: msg('Try again.') } as const;
    const [problem] = problems({
      events: [
        { type: 'step-started', node: 'a', step: 'locale' },
        {
          type: 'step-finished',
          node: 'a',
          step: 'locale',
          outcome: 'interrupted',
          reasons: [],
          milliseconds: 1,
        },
        { type: 'node-failed', node: 'a', failure },
      ],
    });
    assert.equal(problem?.code, 'lost');
    assert.equal(seen(problem?.message), 'Step `locale` failed on a: The link is gone. Try again.');
  });

  it('names an undo', () => {
    const [problem] = problems({ kind: 'undo', events: failed('a') });
    assert.match(seen(problem?.message) ?? '', /^Undo of step `locale` failed on a: See the log\.$/);
  });

  it('goes away while the step runs again, and when it or a check finds it done', () => {
    const events = failed('a');
    assert.equal(problems({ events }).length, 1);
    const again: RunEvent = { type: 'step-started', node: 'a', step: 'locale' };
    assert.deepEqual(problems({ events: [...events, again] }), []);
    const done: RunEvent = { type: 'step-state', node: 'a', step: 'locale', state: 'done', reasons: [] };
    assert.deepEqual(problems({ events: [...events, done] }), []);
    assert.deepEqual(problems({}), []);
  });
});
