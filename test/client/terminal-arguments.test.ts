import assert from 'node:assert/strict';
import { terminalArguments } from '../../src/client/terminal-arguments.ts';
import type { SshSettings } from '../../src/cluster/model.ts';

const paths = { home: '/home/me', knownHosts: [] };

function argumentsFor(ssh: Partial<SshSettings>, knownHosts: readonly string[] = []): readonly string[] {
  const settings = { host: '10.0.0.1', port: 22, user: 'root', become: 'none', ...ssh } as const;
  const node = { name: 'a', address: '10.0.0.1', roles: [], span: { start: 0, end: 0 }, ssh: settings };
  const found = terminalArguments(node, { ...paths, knownHosts });
  assert.ok(found.ok);
  return found.words;
}

describe('The arguments of ssh in a terminal', () => {
  it('have port, user, key, jump host and host, each as a separate word', () => {
    assert.deepEqual(argumentsFor({ port: 2222, identity: '~/.ssh/id', jump: 'me@bastion:22' }), [
      ...['-p', '2222', '-l', 'root', '-i', '/home/me/.ssh/id', '-J', 'me@bastion:22', '--', '10.0.0.1'],
    ]);
  });

  it('leave out what the cluster file does not set', () => {
    assert.deepEqual(argumentsFor({}), ['-p', '22', '-l', 'root', '--', '10.0.0.1']);
  });

  it('leave the port to ssh_config when the file sets none', () => {
    assert.deepEqual(argumentsFor({ open: ['port'] }), ['-l', 'root', '--', '10.0.0.1']);
  });

  for (const settings of [
    { host: '-oProxyCommand=evil' },
    { user: '-Fevil' },
    { user: '$(evil)' },
    { jump: 'a$(evil)@host' },
    { jump: 'gate,-oProxyCommand=evil' },
    { identity: '-oProxyCommand=evil' },
  ] satisfies Partial<SshSettings>[])
    it(`are refused when ssh could misread a setting: ${JSON.stringify(settings)}`, () => {
      const ssh: SshSettings = { host: '10.0.0.1', port: 22, user: 'root', become: 'none', ...settings };
      const node = { name: 'a', address: '10.0.0.1', roles: [], span: { start: 0, end: 0 }, ssh };
      assert.equal(terminalArguments(node, paths).ok, false);
    });

  it('list jump hosts without blanks between them, which ssh would take as part of a name', () => {
    const words = argumentsFor({ jump: 'a, me@b ' });
    assert.equal(words[words.indexOf('-J') + 1], 'a,me@b');
  });

  it('add the known_hosts files to those of ssh', () => {
    const words = argumentsFor({}, ['/a b/known_hosts']);
    assert.equal(words[words.indexOf('-o') + 1], 'UserKnownHostsFile=~/.ssh/known_hosts "/a b/known_hosts"');
  });
});
