import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { readNodeList } from '../../src/cluster/listed-nodes.ts';

function nodesOf(text: string) {
  const read = readNodeList(text);
  assert.ok(read.ok, read.ok ? '' : english(read.message));
  return read.nodes;
}

function problemOf(text: string): string {
  const read = readNodeList(text);
  return read.ok ? 'none' : english(read.message);
}

const four = [171, 172, 173, 174].map((last) => ({ address: `192.168.113.${last}` }));

describe('A list of nodes', () => {
  it('is read however the addresses are separated', () => {
    for (const gap of [' ', ', ', ';', '\n', '\r\n', '\t', ' , \n'])
      assert.deepEqual(nodesOf(four.map(({ address }) => address).join(gap)), four, JSON.stringify(gap));
  });

  it('may have ranges in the syntax of cluster files or with a dash', () => {
    assert.deepEqual(nodesOf('192.168.113.[171:174]'), four);
    assert.deepEqual(nodesOf('192.168.113.171-174'), four);
    assert.deepEqual(
      nodesOf('root@compute[01:02].example.com:2222').map(({ host, port }) => [host, port]),
      [
        ['compute01.example.com', 2222],
        ['compute02.example.com', 2222],
      ],
    );
  });

  it('may have users and ports', () => {
    assert.deepEqual(nodesOf('admin@10.0.0.1:2222 ssh://root@10.0.0.2 [fd00::1]:22 fd00::2 host3:23'), [
      { address: '10.0.0.1', user: 'admin', port: 2222 },
      { address: '10.0.0.2', user: 'root' },
      { address: 'fd00::1', port: 22 },
      { address: 'fd00::2' },
      { host: 'host3', port: 23 },
    ]);
  });

  it('may be lines of /etc/hosts, also joined to one line, of which the short names count', () => {
    const hosts = `127.0.0.1   localhost localhost.localdomain
::1         localhost ip6-localhost # loopback
# the cluster
192.168.113.171 openstack1.example.com openstack1
192.168.113.172 openstack2 # compute`;
    const expected = [
      { address: '192.168.113.171', name: 'openstack1' },
      { address: '192.168.113.172', name: 'openstack2' },
    ];
    assert.deepEqual(nodesOf(hosts), expected);
    assert.deepEqual(
      nodesOf('192.168.113.171 openstack1.example.com openstack1 192.168.113.172 openstack2'),
      expected,
    );
  });

  it('may have each name before its address', () => {
    assert.deepEqual(nodesOf('openstack1 192.168.113.171\nopenstack2 192.168.113.172'), [
      { address: '192.168.113.171', name: 'openstack1' },
      { address: '192.168.113.172', name: 'openstack2' },
    ]);
    assert.deepEqual(nodesOf('bastion, db1 192.168.113.172, db2'), [
      { host: 'bastion' },
      { address: '192.168.113.172', name: 'db1' },
      { host: 'db2' },
    ]);
  });

  it('names the entry that is wrong', () => {
    assert.equal(problemOf('192.168.113.300'), '192.168.113.300 is not an IP address.');
    assert.equal(problemOf('10.0.0.1 10.0.0'), '10.0.0 is not an IP address.');
    assert.equal(problemOf('10.0.0.1/24'), '10.0.0.1/24 is neither an address nor a host name.');
    assert.equal(problemOf('-oProxyCommand=id'), '-oProxyCommand=id is neither an address nor a host name.');
    assert.equal(
      problemOf('root;id@10.0.0.1:99999'),
      'id@10.0.0.1:99999 is neither an address nor a host name.',
    );
    assert.equal(problemOf('10.0.0.[9:1]'), 'The range in 10.0.0.[9:1] ends before it starts.');
    assert.equal(problemOf('10.0.[1:2].[3:4]'), '10.0.[1:2].[3:4] is not a range. Example: compute[01:12].');
    assert.equal(problemOf('10.0.0.1 10.0.0.1'), '10.0.0.1 is in the list twice.');
    assert.equal(problemOf(' \n# nobody\n'), 'Enter the address of at least one node.');
    assert.match(problemOf('n[1:99999]'), /has more than 1000 nodes/);
    assert.match(problemOf('n[1:600] m[1:600]'), /^The list has more than 1000 nodes/);
    assert.match(problemOf('a'.repeat(200_000)), /longer than 100000/);
  });
});
