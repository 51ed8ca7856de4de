import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { buildPlan } from '../../src/plan/plan.ts';
import { readyPlan } from '../../src/plan/ready.ts';
import { scriptHeader } from '../../src/view/script-header.ts';
import { scriptParts } from '../../src/view/script-parts.ts';
import { clusterOf } from '../support/clusters.ts';

const cluster = clusterOf('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [hosts-file, chrony]\n');

function shown(step: string): string {
  const [plan] = buildPlan(cluster, new Map(), { nodes: ['a'], steps: [step] }).nodes;
  assert.ok(plan);
  const payload = readyPlan(cluster, plan).jobs[0]?.payload;
  assert.ok(payload);
  const intent = payload.header.steps[0]?.intent ?? {};
  const about = { step, node: 'a', login: 'root@10.0.0.1:22', command: 'sh -s', intent };
  return scriptHeader(about, 'NONCE', english) + payload.text('NONCE');
}

describe('A displayed script', () => {
  it('names in its header what the step changes, and how to undo it', () => {
    const header = shown('hosts-file').split('\n\n')[0] ?? '';
    assert.match(header, /^# Files: \/etc\/hosts\.$/m);
    assert.match(header, /^# Undo removes the marked block/m);
    assert.match(shown('chrony').split('\n\n')[0] ?? '', /^# Packages: chrony\.$/m);
    assert.ok(header.split('\n').every((line) => line.length <= 100));
  });

  it('has the part of the step first, and the library in one region before the calls', () => {
    const text = shown('hosts-file');
    const lines = text.split('\n');
    const { own, library, functions } = scriptParts(text);
    assert.ok(library);
    assert.ok(!lines.slice(own, library.first).some((line) => line.startsWith('sp_emit() {')));
    const isIn = (name: string, first: number, last: number): boolean =>
      functions.some((each) => each.name === name && each.first >= first && each.last <= last);
    assert.ok(isIn('sp_apply_0', own, library.first));
    assert.ok(isIn('sp_yum_wait', library.first, library.last));
    assert.ok(isIn('sp_main', library.last, lines.length));
  });

  it('has no library if it is any other text', () => {
    assert.deepEqual(scriptParts('# a comment\n\necho hello\n'), { own: 2, functions: [] });
  });
});
