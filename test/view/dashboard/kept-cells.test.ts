import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { dashboardOf } from '../../../src/view/dashboard/dashboard.ts';
import type { ClusterSource } from '../../../src/view/live.ts';
import {
  begin,
  connected,
  fourNodes,
  type Story,
  started,
  stepDone,
  stepStarted,
  storyOf,
  yumProgress,
} from '../../support/dashboard-stories.ts';

const options = { translate: english, time: String, file: () => 'lab.cluster.yaml', now: begin };

const changed = {
  type: 'package',
  name: 'chrony',
  action: 'install',
  version: '3.4-1.el7',
  arch: 'x86_64',
  repository: 'base',
  size: '1 k',
  dependency: false,
} as const;

/** What happens in a run in which a step fails, blocks the others, and is repaired. */
function happenings({ nodes, steps }: Story): readonly RunEvent[] {
  const [a = '', b = '', c = '', d = ''] = nodes;
  const [hosts = '', repos = '', upgrade = ''] = steps;
  const failed = { type: 'step-finished', outcome: 'failed', reasons: [], milliseconds: 5 } as const;
  const skipped = { type: 'step-finished', outcome: 'skipped', reasons: [], milliseconds: 0 } as const;
  return [
    ...[a, b, c].flatMap((node) => [...connected(node), ...stepStarted(node, hosts)]),
    ...[a, c].map((node): RunEvent => ({ type: 'yum', node, step: hosts, event: changed })),
    ...stepDone(a, hosts, 10),
    ...stepStarted(a, repos),
    yumProgress(a, repos, 40),
    {
      type: 'yum',
      node: b,
      step: hosts,
      event: { type: 'lock-wait', pid: 7, holder: 'PackageKit', line: '' },
    },
    { ...failed, node: b, step: hosts },
    { ...skipped, node: b, step: repos },
    { ...skipped, node: b, step: upgrade },
    { type: 'step-state', node: b, step: hosts, state: 'done', reasons: [] },
    { type: 'node-finished', node: b, outcome: 'failed' },
    { type: 'node-finished', node: d, outcome: 'unreachable' },
    ...stepDone(a, repos, 10),
    { type: 'run-finished', outcome: 'failed' },
  ];
}

describe('The cells of the dashboard', () => {
  it('are those of a page that is drawn for the first time, whatever was kept of the last ones', () => {
    const story = storyOf(fourNodes);
    story.add(0, started(story));
    for (const [index, event] of happenings(story).entries()) {
      story.add(index, event);
      for (const isRunning of [true, false]) {
        const source = story.source(isRunning);
        const fresh: ClusterSource = {
          ...structuredClone({ state: source.state, ...(source.scope ? { scope: source.scope } : {}) }),
          outline: { ...source.outline },
        };
        assert.deepEqual(dashboardOf(source, [], options), dashboardOf(fresh, [], options), event.type);
      }
    }
  });

  it('stay the same objects while nothing that they show changes', () => {
    const story = storyOf(fourNodes);
    const [first = ''] = story.nodes;
    const [hosts = '', repos = ''] = story.steps;
    story.add(0, started(story), ...story.nodes.flatMap(connected), ...stepStarted(first, hosts));
    const before = dashboardOf(story.source(true), [], options).rows;
    story.add(1, yumProgress(first, hosts, 40));
    const after = dashboardOf(story.source(true), [], options).rows;
    const cell = (rows: typeof before, node: string, step: string) =>
      rows.find(({ id }) => id === node)?.cells[story.steps.indexOf(step)];
    assert.notEqual(cell(after, first, hosts), cell(before, first, hosts));
    assert.equal(cell(after, first, repos), cell(before, first, repos));
    assert.equal(after[1], before[1]);
  });

  it('offer to compare logs only where two nodes have packages to compare', () => {
    const story = storyOf(fourNodes);
    const [a = '', b = '', c = ''] = story.nodes;
    const [hosts = ''] = story.steps;
    const offered = (): readonly string[] =>
      dashboardOf(story.source(true), [], options).rows.flatMap(({ id, cells }) =>
        cells[0]?.traits.includes('compare') ? [id] : [],
      );
    story.add(0, started(story), ...[a, b, c].flatMap((node) => stepStarted(node, hosts)));
    assert.deepEqual(offered(), []);
    story.add(1, { type: 'yum', node: a, step: hosts, event: changed });
    assert.deepEqual(offered(), [], 'one alone');
    story.add(2, { type: 'yum', node: c, step: hosts, event: changed });
    assert.deepEqual(offered(), [a, c]);
  });
});
