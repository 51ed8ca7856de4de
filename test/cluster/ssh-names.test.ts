import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import {
  aliasProblem,
  hostNameProblem,
  identityProblem,
  isShellSafe,
  loginProblem,
  readJump,
  userNameProblem,
} from '../../src/cluster/ssh-names.ts';

const login = { host: 'node1', port: 22, user: 'root' };

describe('The names that are passed to ssh', () => {
  const cases: readonly (readonly [
    name: string,
    violation: (text: string) => unknown,
    good: readonly string[],
    bad: readonly string[],
  ])[] = [
    [
      'host',
      hostNameProblem,
      ['node1', '10.0.0.1', '::1', 'fe80::1%eth0', 'a_b.example.org', '노드1', 'xn--9n2bp8q', '1.2.3.4.5'],
      [
        '',
        '-oProxyCommand=x',
        'a b',
        'a\tb',
        'a\nb',
        'a`id`',
        '$(id)',
        'a;b',
        'a|b',
        "a'b",
        'a"b',
        'a\\b',
        'a{b}',
      ]
        .concat([
          'a,b',
          '*',
          'a?',
          '!a',
          '[::1]:22',
          '10.0.0.1:22',
          'a%h',
          'a:b:c',
          '%eth0',
          'a\u202eb',
          'a\u0000',
        ])
        .concat(['a/b', 'a@b', '~', '#a', 'x'.repeat(256)]),
    ],
    [
      'user',
      userNameProblem,
      [
        'root',
        'cloud-user',
        'anna@example.org',
        'DOM\\anna',
        'ad min',
        'build$',
        '김',
        'a.b_c',
        'a%h',
        'x'.repeat(255),
      ],
      [
        '',
        '-F/tmp/x',
        '-oProxyCommand=x',
        '$(id)',
        '`id`',
        'a;b',
        'a|b',
        'a&b',
        'a<b',
        'a>b',
        "a'b",
        'a"b',
        ['$', '{IFS}'].join(''),
      ].concat([
        'a -F',
        'a\t-F',
        'a\\',
        'a\nb',
        'a\rb',
        'a\u0000b',
        'a\u0085b',
        'a\u200bb',
        'a\u2028b',
        'x'.repeat(256),
      ]),
    ],
    [
      'key file',
      identityProblem,
      ['~/.ssh/id', '/a b/id', 'C:\\keys\\id', './-id'],
      ['', '-id', '-F/x', 'a\nb', 'a\u0000'],
    ],
    [
      'host key alias',
      aliasProblem,
      ['node1', '[gate]:2222', 'a_b'],
      ['', '-a', '@revoked', '#a', '|1|a|b', 'a b', 'a,b', '*', '!a'],
    ],
  ];
  for (const [name, violation, good, bad] of cases)
    it(`accept every ${name} that OpenSSH accepts, and reject what a shell, an option parser or known_hosts could misread`, () => {
      for (const text of good) assert.equal(violation(text), undefined, JSON.stringify(text));
      for (const text of bad) assert.notEqual(violation(text), undefined, JSON.stringify(text));
    });

  it('follow the rules of users and hosts in every word of a jump host list', () => {
    for (const text of ['gate', 'me@gate:22', 'ssh://me@gate:22', '[fe80::1%eth0]:22', 'a, b ,c', 'a@b@gate'])
      assert.equal(readJump(text).ok, true, text);
    for (const text of [
      '',
      'a,',
      'a$(id)@gate',
      '`id`@gate',
      '-Fx@gate',
      '-gate',
      'me@-gate',
      'gate:0',
      'gate:65536',
    ])
      assert.equal(readJump(text).ok, false, text);
    for (const text of [
      'a b',
      'a#b@gate',
      'ok,me@x;y',
      'ok,-oProxyCommand=x',
      'fe80::1',

      'me\n@gate',
    ])
      assert.equal(readJump(text).ok, false, text);
    const read = readJump('a@b@gate:22,[::1]');
    assert.deepEqual(read.ok && read.hosts, [
      { word: 'a@b@gate:22', host: 'gate', user: 'a@b', port: 22 },
      { word: '[::1]', host: '::1' },
    ]);
  });

  it('reject a login at its first invalid value, and name that value', () => {
    const flawIn = (more: Partial<Parameters<typeof loginProblem>[0]>) => {
      const violation = loginProblem({ ...login, ...more });
      return violation && english(violation);
    };
    assert.equal(flawIn({}), undefined);
    assert.equal(flawIn({ user: '-Fx' }), 'user "-Fx": it begins with a dash');
    assert.equal(flawIn({ host: 'a;b' }), 'host "a;b": it contains the character ;');
    assert.equal(flawIn({ port: 0 }), 'port "0": it is not from 1 to 65535');
    assert.equal(flawIn({ port: 1.5 }), 'port "1.5": it is not from 1 to 65535');
    assert.equal(flawIn({ identity: '-i' }), 'key file "-i": it begins with a dash');
    assert.equal(
      flawIn({ jump: 'a,b\u00a0c' }),
      'jump host "b\u00a0c": it is neither a Host of the ssh config nor user@host:port',
    );
    assert.equal(flawIn({ hostKeyAlias: '*' }), 'host key alias "*": it contains the character *');
    assert.equal(flawIn({ user: 'a\u0007b' }), 'user "a<U+0007>b": it contains the character <U+0007>');
  });

  it('never contain shell metacharacters and never look like an option', () => {
    for (const text of ['node1', '10.0.0.1', '::1', 'fe80::1%eth0', 'anna@example.org', '22', '노드1'])
      assert.equal(isShellSafe(text), true, text);
    for (const text of [
      '',
      '-F',
      'a b',
      '$x',
      'a\\b',
      'a*',
      'a~',
      '~',
      'a#b',
      'a\nb',
      '%x%',
      'a(b',
      'a=b',
      '!x',
      'a%h%h',
    ])
      assert.equal(isShellSafe(text), false, text);
  });

  it('reject a value of 100,000 characters for its length or its first invalid character', () => {
    for (const sign of ['a', ':', ' ', '@', '%', '-', '[', 'a ', ' -', 'ssh://']) {
      const text = sign.repeat(100_000 / sign.length);
      for (const violation of [hostNameProblem, userNameProblem, aliasProblem])
        assert.notEqual(violation(text), undefined, sign);
      assert.equal(readJump(text).ok, false, sign);
      assert.equal(isShellSafe(text), sign === 'a' || sign === ':' || sign === '@', sign);
    }
  });
});
