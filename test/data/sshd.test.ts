import assert from 'node:assert/strict';
import { findDirective, sshdDirectives } from '../../src/data/sshd.ts';
import { isLegal } from '../../src/rules/sshd.ts';

/** Values that `sshd -t` accepts and refuses, according to servconf.c. */
const samples: readonly (readonly [
  directive: string,
  taken: readonly string[],
  refused: readonly string[],
])[] = [
  [
    'PermitRootLogin',
    ['yes', 'NO', 'prohibit-password', 'without-password', 'forced-commands-only'],
    ['true', '', 'key'],
  ],
  ['PasswordAuthentication', ['yes', 'no', 'Yes'], ['on', 'maybe', '1']],
  ['Port', ['22', '65535'], ['0', '65536', 'ssh', '-1']],
  ['LoginGraceTime', ['120', '2m', '1h30m', '0'], ['2 m', 'long', '']],
  ['MaxStartups', ['10', '10:30:100'], ['10:30', 'a:b:c']],
  ['AllowTcpForwarding', ['all', 'local', 'remote'], ['some']],
  ['LogLevel', ['VERBOSE', 'debug3'], ['LOUD']],
  ['SyslogFacility', ['AUTHPRIV', 'local7'], ['LOCAL8']],
  ['Compression', ['delayed'], ['gzip']],
  ['FingerprintHash', ['md5'], ['sha1']],
  ['AuthorizedKeysFile', ['.ssh/authorized_keys .ssh/authorized_keys2'], [' ']],
];

describe('The table of sshd directives', () => {
  for (const [name, taken, refused] of samples) {
    it(`accepts and refuses the same values of ${name} as sshd`, () => {
      const directive = findDirective(name.toLowerCase());
      assert.equal(directive?.name, name);
      for (const value of taken) assert.ok(isLegal(directive.value, value), value);
      for (const value of refused) assert.ok(!isLegal(directive.value, value), value);
    });
  }

  it('names each directive once', () => {
    const names = sshdDirectives.map(({ name }) => name.toLowerCase());
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
    assert.ok(names.length > 120, String(names.length));
  });

  it('says from which version on a directive is known or ignored', () => {
    assert.equal(findDirective('Include')?.since, '8.7');
    assert.equal(findDirective('PerSourcePenalties')?.since, '9.9');
    assert.equal(findDirective('UsePrivilegeSeparation')?.ignoredSince, '8.0');
    assert.equal(findDirective('Protocol')?.ignoredSince, '7.4');
    assert.equal(findDirective('UseDNS')?.since, undefined);
  });
});
