import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { fileStatus } from '../../src/view/file-status.ts';

function texts(facts: Partial<Parameters<typeof fileStatus>[0]>): readonly string[] {
  const { text, detail, severity } = fileStatus({ systems: [], errors: 0, warnings: 0, ...facts });
  return [english(text), english(detail), severity];
}

describe('The status of a cluster file', () => {
  it('has the release, the system and whether the file is valid', () => {
    const outline = { release: 'epoxy', os: 'centos-stream-9' } as const;
    assert.deepEqual(texts({ outline }), ['Epoxy (2025.1), CentOS Stream 9', 'valid', 'information']);
    assert.deepEqual(texts({ outline: { release: 'stein' } }), ['Stein', 'valid', 'information']);
    assert.deepEqual(texts({}), ['no release', 'valid', 'information']);
  });

  it('has the number of errors, else of warnings, and the systems that the nodes have', () => {
    assert.deepEqual(texts({ errors: 2, warnings: 1 }).slice(1), ['2 errors', 'error']);
    assert.deepEqual(texts({ warnings: 1 }).slice(1), ['1 warning', 'warning']);
    const systems = ['CentOS Linux 7 (Core)', 'CentOS Linux 7 (Core)', 'Rocky Linux 9.4'];
    assert.equal(texts({ systems })[1], 'valid · nodes have CentOS Linux 7 (Core), Rocky Linux 9.4');
  });
});
