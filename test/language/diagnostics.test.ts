import assert from 'node:assert/strict';
import { english, translator } from '../../src/base/l10n.ts';
import { positions } from '../../src/base/position.ts';
import { diagnosticsOf } from '../../src/language/diagnostics.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

function diagnose(text: string, translate = english) {
  return diagnosticsOf({ positions: positions(text) }, decodeCluster(text).problems, { translate });
}

describe('The diagnostics', () => {
  it('are placed on the problem, with a code, a severity and a message', () => {
    const text = 'cluster: lab\nopenstack:\n  release: steiin\nnodes:\n  a: { address: 10.0.0.1 }\n';
    const [diagnostic] = diagnose(text);
    assert.deepEqual(diagnostic?.range, {
      start: { line: 2, character: 11 },
      end: { line: 2, character: 17 },
    });
    assert.equal(diagnostic?.severity, 1);
    assert.equal(diagnostic?.code, 'release-unknown');
    assert.equal(diagnostic?.source, 'Stackprep');
    assert.match(String(diagnostic?.message), /steiin.*stein/);
  });

  it('count characters in UTF-16 code units as the editor does, also outside the Basic Multilingual Plane', () => {
    const text = 'cluster: "🐧 랩"\nnodes:\n  a: { address: 10.0.0.1 }\nbogus: 1\r\nextra: 2\n';
    const lines = diagnose(text).map(({ range }) => [range.start.line, range.start.character]);
    assert.deepEqual(lines, [
      [3, 0],
      [4, 0],
    ]);
  });

  it('link to the reference page of the client, and have no link when the client has none', () => {
    const text = 'cluster: lab\nnodes: {}\nbogus: 1\n';
    const reader = { translate: english, reference: 'file:///x/reference.md' };
    const linked = diagnosticsOf({ positions: positions(text) }, decodeCluster(text).problems, reader);
    assert.equal(linked.at(-1)?.codeDescription?.href, 'file:///x/reference.md#key-unknown');
    assert.equal(diagnose(text).at(-1)?.codeDescription, undefined);
  });

  it('tag settings without effect as unnecessary', () => {
    const text = 'cluster: lab\nnodes: { a: { address: 10.0.0.1 } }\nsshd: { Protocol: "2", UseDNS: "no" }\n';
    assert.deepEqual(
      diagnose(text).map(({ code, tags }) => [code, tags]),
      [['sshd-directive-ignored', [1]]],
    );
  });

  it('are in the display language', () => {
    const text = 'cluster: lab\nopenstack: { release: steiin }\nnodes:\n  a: { address: 10.0.0.1 }\n';
    const bundle = {
      'There is no OpenStack release {0}. Did you mean {1}?': '{0} 릴리스는 없습니다. {1}인가요?',
    };
    assert.equal(diagnose(text, translator(bundle))[0]?.message, 'steiin 릴리스는 없습니다. stein인가요?');
  });

  it('are empty for a valid file', () => {
    assert.deepEqual(diagnose('cluster: lab\nnodes:\n  a: { address: 10.0.0.1 }\nsteps: [upgrade]\n'), []);
  });

  it('are limited to the number that the editor shows', () => {
    const text = `cluster: lab\nnodes:\n${'  a: { address: 10.0.0.1 }\n'.repeat(3000)}`;
    assert.equal(diagnose(text).length, 1000);
  });
});
