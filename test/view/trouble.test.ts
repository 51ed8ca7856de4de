import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import { spanOfKey } from '../../src/view/key-place.ts';
import { withoutSet } from '../../src/view/trouble.ts';
import { clusterOf } from '../support/clusters.ts';

const text = `cluster: lab
nodes:
  a: { address: 10.0.0.1 }
repositories:
  rdo: enabled
  archive: never
`;

describe('what to do about a failure', () => {
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
    withoutSet(trouble, clusterOf(file)).explanation?.remedies.map(({ kind }) => kind) ?? [];

  it('leaves out what the cluster file says already', () => {
    assert.deepEqual(kinds(text), ['set-key', 'run-step']);
    assert.deepEqual(kinds(text.replace('never', 'auto')), ['run-step']);
  });

  it('points to the key, or to where it has to be written', () => {
    const at = (path: string): string => {
      const span = spanOfKey(text, path);
      return span ? text.slice(span.start, span.end) : '';
    };
    assert.equal(at(key), 'archive');
    assert.equal(at('repositories.epel'), 'repositories');
    assert.equal(at('ssh.become'), 'cluster');
  });
});
