import assert from 'node:assert/strict';
import {
  findHostKey,
  fingerprint,
  hostKeyOf,
  hostName,
  knownTypes,
  matchesHost,
  parseKnownHosts,
} from '../../../src/remote/host-keys/known-hosts.ts';
import { random } from '../../support/random.ts';

// From GitHub's documentation, "GitHub's SSH key fingerprints".
const ED25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const ECDSA =
  'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=';
const key = { type: 'ssh-ed25519', base64: ED25519 };
const other = { type: 'ecdsa-sha2-nistp256', base64: ECDSA };
const offered = new Set(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa']);

describe('known_hosts', () => {
  it('parses lines with markers, and skips comments and SSH-1 keys', () => {
    const text = [
      '# comment',
      '',
      `host,10.0.0.1 ssh-ed25519 ${ED25519} a comment`,
      'old 1024 35 14376532',
      `@revoked * ssh-ed25519 ${ED25519}`,
      `@cert-authority *.example.org ssh-ed25519 ${ED25519}\r`,
      `@unheard-of host ssh-ed25519 ${ED25519}`,
      `  spaced\tssh-ed25519   ${ED25519}`,
    ].join('\n');
    assert.deepEqual(
      parseKnownHosts(text, 'f').map(({ line, marker, hosts, key: read }) => [
        line,
        marker,
        hosts,
        read?.type,
      ]),
      [
        [3, 'none', 'host,10.0.0.1', 'ssh-ed25519'],
        [5, 'revoked', '*', 'ssh-ed25519'],
        [6, 'cert-authority', '*.example.org', 'ssh-ed25519'],
        [8, 'none', 'spaced', 'ssh-ed25519'],
      ],
    );
  });

  it('yields no key for a malformed line or a wrong key type', () => {
    for (const line of ['h ssh-ed25519', 'h ssh-ed25519 !!!!', `h ssh-rsa ${ED25519}`, 'h ssh-ed25519 AAAA'])
      assert.equal(parseKnownHosts(line, 'f')[0]?.key, undefined, line);
  });

  it('writes a host name in lower case, with the port only if it is not 22', () => {
    assert.equal(hostName('Node.Example', 22), 'node.example');
    assert.equal(hostName('10.0.0.1', 2222), '[10.0.0.1]:2222');
    assert.equal(hostName('FE80::1', 22), 'fe80::1');
  });

  const meant: readonly [hosts: string, name: string, means: boolean][] = [
    ['node1', 'node1', true],
    ['node1', 'node12', false],
    ['NODE1', 'node1', true],
    ['a,node1,b', 'node1', true],
    ['10.0.0.*', '10.0.0.17', true],
    ['10.0.?.1', '10.0.12.1', false],
    ['*.example.org,!bad.example.org', 'good.example.org', true],
    ['*.example.org,!bad.example.org', 'bad.example.org', false],
    ['!bad.example.org,*.example.org', 'bad.example.org', false],
    ['!bad.example.org', 'good.example.org', false],
    ['[10.0.0.1]:2222', '[10.0.0.1]:2222', true],
    ['[10.0.0.1]:2222', '10.0.0.1', false],
    ['10.0.0.1', '[10.0.0.1]:2222', false],
    ['*', '[10.0.0.1]:2222', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['**', 'anything', true],
    ['', '', true],
    ['host', '', false],
    ['|1|broken', 'node1', false],
    ['|2|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=', 'node1', false],
  ];
  for (const [hosts, name, means] of meant)
    it(`${means ? 'matches' : 'does not match'} the host "${name}" with "${hosts}"`, () => {
      assert.equal(matchesHost(hosts, name), means);
    });

  it('matches a hostile pattern in bounded time', () => {
    assert.equal(matchesHost(`${'*a'.repeat(5_000)}b`, 'a'.repeat(5_000)), false);
  });

  it('matches hashed names', () => {
    // From sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT": the hash of 192.168.1.61.
    const hosts = '|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=';
    assert.equal(matchesHost(hosts, '192.168.1.61'), true);
    assert.equal(matchesHost(hosts, '192.168.1.62'), false);
  });

  it('formats fingerprints like OpenSSH', () => {
    assert.equal(fingerprint(key), 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
    assert.equal(fingerprint(other), 'SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM');
  });

  it('rejects malformed key blobs', () => {
    for (const blob of ['', 'abc', '\0\0\0\0', '\0\0\0\u0008ssh', '\u00ff\u00ff\u00ff\u00ffssh'])
      assert.equal(hostKeyOf(Buffer.from(blob, 'latin1')), undefined);
  });

  const verdict = (text: string, presented = key) => {
    const { verdict: word, record } = findHostKey(parseKnownHosts(text, 'f'), presented, offered);
    return [word, record?.line];
  };

  it('trusts a key that it contains', () => {
    assert.deepEqual(verdict(`h ecdsa-sha2-nistp256 ${ECDSA}\nh ssh-ed25519 ${ED25519}`), ['known', 2]);
  });

  it('does not know a host without lines', () => {
    assert.deepEqual(verdict(''), ['unknown', undefined]);
  });

  it('reports a key as changed if it differs from the known one, even in type', () => {
    assert.deepEqual(verdict(`h ecdsa-sha2-nistp256 ${ECDSA}`), ['changed', 1]);
  });

  it('ignores known keys of types that the client no longer supports', () => {
    const dsa = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from('ssh-dss-and-more')]).toString(
      'base64',
    );
    assert.deepEqual(verdict(`h ssh-dss ${dsa}`), ['unknown', undefined]);
  });

  it('gives a revocation precedence over everything else', () => {
    assert.deepEqual(verdict(`h ssh-ed25519 ${ED25519}\n@revoked * ssh-ed25519 ${ED25519}`), ['revoked', 2]);
  });

  it('ignores the revocation of another key', () => {
    assert.deepEqual(verdict(`@revoked * ecdsa-sha2-nistp256 ${ECDSA}\nh ssh-ed25519 ${ED25519}`), [
      'known',
      2,
    ]);
  });

  it('treats the key as revoked if a revocation line cannot be parsed', () => {
    assert.deepEqual(verdict(`@revoked h ssh-ed25519 garbage\nh ssh-ed25519 ${ED25519}`), ['revoked', 1]);
  });

  it('does not use a certificate authority as a host key, and reports its line', () => {
    assert.deepEqual(verdict(`@cert-authority h ssh-ed25519 ${ED25519}`), ['unknown', 1]);
  });

  it('reports a line that cannot be parsed', () => {
    assert.deepEqual(verdict('h ssh-ed25519 garbage'), ['unknown', 1]);
  });

  it('lists the types of its trusted keys', () => {
    const text = `h ecdsa-sha2-nistp256 ${ECDSA}\nh ssh-ed25519 ${ED25519}\n@revoked h ssh-ed25519 ${ED25519}`;
    assert.deepEqual(knownTypes(parseKnownHosts(text, 'f')), ['ecdsa-sha2-nistp256', 'ssh-ed25519']);
  });

  it('ignores a key that a later line replaces, until a later line adds it again', () => {
    const known = parseKnownHosts(`h ssh-ed25519 ${ED25519}`, 'f')[0]?.key;
    assert.ok(known);
    const replaced = `h ssh-ed25519 ${ED25519}\nh ecdsa-sha2-nistp256 ${ECDSA} SHA256:x replaces ${fingerprint(known)}`;
    assert.deepEqual(verdict(replaced), ['changed', 2]);
    assert.deepEqual(knownTypes(parseKnownHosts(replaced, 'f')), ['ecdsa-sha2-nistp256']);
    assert.deepEqual(verdict(`${replaced}\nh ssh-ed25519 ${ED25519}`)[0], 'known');
  });

  it('is parsed without an exception for random content', () => {
    const { below, pick } = random(23);
    const pieces = [
      'h',
      '@revoked',
      '@cert-authority',
      '@x',
      ' ',
      '\t',
      '\n',
      '\r\n',
      '|1|',
      '|',
      '*',
      '!',
      ',',
      '[h]:22',
      'ssh-ed25519',
      ED25519,
      ECDSA,
      'replaces',
      'SHA256:a',
      '#',
      '\0',
      'é',
      '==',
    ] as const;
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: below(40) }, () => pick(pieces)).join('');
      const records = parseKnownHosts(text, 'f');
      const means = records.filter(({ hosts }) => matchesHost(hosts, 'h'));
      const { verdict: found } = findHostKey(means, key, offered);
      // A text without the complete key never makes the key known.
      if (!text.includes(ED25519)) assert.notEqual(found, 'known', JSON.stringify(text));
      hostKeyOf(Buffer.from(text, 'latin1'));
    }
  });
});
