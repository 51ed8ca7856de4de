import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lines = readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8').split('\n');

describe('The changelog', () => {
  it('has the sections of Keep a Changelog, the newest version first', () => {
    const versions = lines.filter((line) => line.startsWith('## '));
    assert.equal(versions[0], '## [Unreleased]');
    for (const version of versions.slice(1))
      assert.match(version, /^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
    for (const line of lines.filter((each) => each.startsWith('### ')))
      assert.match(line, /^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/);
  });

  it('has entries of at most four lines, each short enough to read in a terminal', () => {
    for (const line of lines) assert.ok(line.length <= 140, line);
    for (const [index, line] of lines.entries()) {
      const end = lines.findIndex((next, at) => at > index && !next.startsWith('  '));
      if (line.startsWith('- ')) assert.ok(end - index <= 4, line);
    }
  });
});
