import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import { spanOfKey } from '../../src/view/key-place.ts';
import { usefulCause } from '../../src/view/trouble.ts';
import { clusterOf } from '../support/clusters.ts';

const text = `cluster: lab
nodes:
  a: { address: 10.0.0.1 }
repositories:
  rdo: enabled
  archive: never
`;

describe('The remedies for a failure', () => {
  const key = 'repositories.archive';
  const trouble = {
    explanation: {
      ...{ id: 'x', line: 'x', cause: msg('cause'), advice: msg('advice') },
      remedies: [
        { kind: 'set-key', key, value: 'auto' },
        { kind: 'run-step', step: 'repositories' },
      ],
    },
  } as const;
  const kinds = (file: string): readonly string[] =>
    usefulCause(trouble, 'upgrade', clusterOf(file)).explanation?.remedies.map(({ kind }) => kind) ?? [];

  it('leave out what the cluster file already sets', () => {
    assert.deepEqual(kinds(text), ['set-key', 'run-step']);
    assert.deepEqual(kinds(text.replace('never', 'auto')), ['run-step']);
  });

  it('leave out the step that failed itself', () => {
    const { explanation } = usefulCause(trouble, 'repositories');
    assert.deepEqual(
      explanation?.remedies.map(({ kind }) => kind),
      ['set-key'],
    );
  });

  it('point to the key, or to the place where the key must be added', () => {
    const at = (path: string): string => {
      const span = spanOfKey(text, path);
      return span ? text.slice(span.start, span.end) : '';
    };
    assert.equal(at(key), 'archive');
    assert.equal(at('repositories.epel'), 'repositories');
    assert.equal(at('ssh.become'), 'cluster');
  });
});
