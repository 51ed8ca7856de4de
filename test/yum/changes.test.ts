import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesText, compareChanges } from '../../src/yum/changes.ts';
import { changesIn } from '../../src/yum/explain/log-reader.ts';
import { fixtures } from './logs.ts';

const changes = (name: string) => changesIn(readFileSync(join(fixtures, name), 'utf8'));
const rule = '='.repeat(80);

/** A run of yum 3 that installs some packages, each as `name version`. */
function run(...packages: readonly string[]): string {
  const rows = packages.map((each) => ` ${each.replace(' ', '  x86_64  ')}  base  1 k`);
  return ['Dependencies Resolved', '', rule, ' Package  Arch  Version  Repository  Size', rule, 'Installing:']
    .concat(rows, ['', 'Complete!', ''])
    .join('\n');
}

describe('The changes of a yum or dnf log', () => {
  it('are the packages of the transaction table, however the tool writes versions', () => {
    assert.match(
      changesText(changes('logs/202-local-dnf4-pipe-upgrade-scriptlet-output.log')),
      /^beta\.noarch 2:1\.3-1\.el9 upgrade$/m,
    );
    assert.match(
      changesText(changes('logs/303-local-dnf5-pipe-remove-unused-deps.log')),
      /^beta\.noarch 2:1\.3-1\.el9 remove$/m,
    );
  });

  it('come from the summary lists and the steps when there is no table', () => {
    assert.match(changesText(changes('logs/seed-01-centos-release-openstack-stein.log')), / install$/m);
  });

  it('are only the completed ones when the run failed', () => {
    assert.equal(changes('written/yum3-file-conflict.log').size, 0);
    assert.equal(changes('written/yum3-pre-scriptlet-failed.log').size, 0);
    assert.equal(
      changesText(changes('logs/209-local-dnf4-brokenpre.stdout.log')),
      'huge.noarch 1-1.el9 install\n',
    );
  });

  it('are compared by package and version', () => {
    const left = changesIn(run('nova 1:19.3-1.el7', 'qemu 2.12-1.el7', 'same 1-1'));
    const right = changesIn(run('nova 1:19.4-1.el7', 'same 1-1', 'xen 4-1'));
    const { same, differences } = compareChanges(left, right);
    assert.equal(same, 1);
    assert.deepEqual(
      differences.map((each) => [each.package, each.left?.version, each.right?.version]),
      [
        ['nova.x86_64', '1:19.3-1.el7', '1:19.4-1.el7'],
        ['qemu.x86_64', '2.12-1.el7', undefined],
        ['xen.x86_64', undefined, '4-1'],
      ],
    );
  });
});
