import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { transactionOf } from '../../src/plan/solver-output.ts';

const recorded = (name: string): string =>
  readFileSync(new URL(`../cases/public-logs/${name}`, import.meta.url), 'utf8');
const none = { installed: '', security: '' };

describe('The output of a package manager with --assumeno', () => {
  it('of yum 3 gives the packages with both versions, repository and size', () => {
    const { packages } = transactionOf({
      output: recorded('043-yum3-assumeno-saved-tx.stdout.log'),
      installed: 'rockstor\tx86_64\t0:3.9.2-50.2093\n',
      security: '',
    });
    assert.deepEqual(packages, [
      {
        ...{
          action: 'upgrade',
          name: 'rockstor',
          arch: 'x86_64',
          from: '3.9.2-50.2093',
          to: '3.9.2-51.2089',
        },
        ...{ repository: 'localrepo', size: '17 M', isDependency: false, isKernel: false, advisories: [] },
      },
    ]);
  });

  it('of dnf 4 gives the same, with dependencies', () => {
    const [first] = transactionOf({
      output: recorded('045-dnf4-assumeno-aborted.stdout.log'),
      ...none,
    }).packages;
    assert.deepEqual(
      [first?.action, first?.name, first?.from, first?.to],
      [...['upgrade', 'rockstor', undefined, '3.9.2-51.2089']],
    );
    const { packages } = transactionOf({
      output: recorded('123-dnf4-install-deps-only-assumeno.log'),
      ...none,
    });
    assert.ok(packages.some(({ isDependency }) => isDependency));
  });

  it('marks the updates that an advisory names, in the same version only, and kernels', () => {
    const output = `Dependencies resolved.
================================================================================
 Package       Architecture   Version                Repository         Size
================================================================================
Installing:
 kernel-core   x86_64         5.14.0-2.el9           baseos             20 M
Upgrading:
 openssl-libs  x86_64         1:3.0.7-27.el9         baseos             2.1 M

Transaction Summary
================================================================================
Install  1 Package
Upgrade  1 Package
`;
    const { packages } = transactionOf({
      output,
      installed: 'openssl-libs\tx86_64\t1:3.0.7-20.el9\nkernel-core\tx86_64\t0:5.14.0-1.el9\nconstructor\n',
      security: [
        'RHSA-2024:2447 Moderate/Sec. openssl-libs-3.0.7-27.el9.x86_64',
        'RHSA-2024:9 Low/Sec. openssl-libs-3.0.7-26.el9.x86_64',
        'Last metadata expiration check: 0:01:02 ago',
        '',
      ].join('\n'),
    });
    assert.deepEqual(
      packages.map(({ name, from, to, isKernel, advisories }) => [name, from, to, isKernel, ...advisories]),
      [
        ['kernel-core', undefined, '5.14.0-2.el9', true],
        ['openssl-libs', '1:3.0.7-20.el9', '1:3.0.7-27.el9', false, 'RHSA-2024:2447'],
      ],
    );
  });

  it('gives its last lines, for a transaction that would fail', () => {
    const { last, packages } = transactionOf({
      output: 'Loading\n\nError: Unable to find a match: nope\n',
      ...none,
    });
    assert.deepEqual([last, packages], [['Loading', 'Error: Unable to find a match: nope'], []]);
  });
});
