import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cluster = `cluster: lab
openstack: { release: epoxy, installer: packstack, components: [glance, nova, neutron] }
nodes:
  ctl: { address: 10.0.0.1, roles: [controller] }
  net: { address: 10.0.0.2, roles: [network] }
  cmp: { address: 10.0.0.3, roles: [compute] }
networks: { management: { cidr: 10.0.0.0/24, interface: eth0 }, provider: { interface: eth1 } }
packstack: { CONFIG_SWIFT_STORAGES: /dev/vdb, CONFIG_SWIFT_INSTALL: "n" }
steps: [packstack]
`;

const before = `# Packstack 26.0.0
[general]
CONFIG_CONTROLLER_HOST=10.0.0.1
CONFIG_COMPUTE_HOSTS=10.0.0.3
CONFIG_HEAT_INSTALL=y
CONFIG_HEAT_DB_PW=first
CONFIG_MARIADB_PW=first
CONFIG_TROVE_DB_PW=first
`;

describe('Packstack on the command line', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());
  const call = async (...argv: readonly string[]) => {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main(argv, io);
    return { code, out: stdout.text(), err: stderr.text() };
  };

  it('explains what Packstack does with the answers of a cluster', async () => {
    await folder.write('a.cluster.yaml', cluster);
    const { code, out } = await call('export', 'packstack', 'a.cluster.yaml', '--explain');
    assert.equal(code, 0);
    assert.match(out, /runs on ctl and logs in .* to: 10\.0\.0\.1, 10\.0\.0\.2, 10\.0\.0\.3\./);
    assert.match(out, /applies 4 manifests/);
    assert.match(out, /installs Keystone, nova, glance, neutron\./);
    assert.match(out, /On net, it uses the interface eth1 \(CONFIG_NEUTRON_OVN_BRIDGE_IFACES\)/);
    assert.match(out, /CONFIG_SWIFT_STORAGES has no effect/);
  });

  it('says what changes between two answer files and what that does, without secrets', async () => {
    await folder.write('old.txt', before);
    await folder.write(
      'new.txt',
      before
        .replace('10.0.0.3', '10.0.0.4,10.0.0.3')
        .replace('HEAT_INSTALL=y', 'HEAT_INSTALL=n')
        .replace('CONFIG_MARIADB_PW=first', 'CONFIG_MYSQL_PW=second')
        .replace('TROVE_DB_PW=first', 'TROVE_DB_PW=second'),
    );
    const { code, out } = await call('packstack', 'diff', 'old.txt', 'new.txt');
    assert.equal(code, 1);
    assert.match(out, /CONFIG_COMPUTE_HOSTS: 10\.0\.0\.3 → 10\.0\.0\.4,10\.0\.0\.3/);
    assert.match(out, /Packstack logs in to 10\.0\.0\.4/);
    assert.match(out, /heat is no longer configured\. Packstack removes nothing/);
    assert.match(out, /CONFIG_MARIADB_PW: a secret changes\.\n.*\n/);
    assert.doesNotMatch(out, /first|second/);
    // Trove is not installed, so Packstack reads none of its answers.
    assert.doesNotMatch(out, /TROVE/);
    const json = JSON.parse((await call('packstack', 'diff', 'old.txt', 'new.txt', '--json')).out);
    assert.deepEqual(
      json.map(({ key }: { key: string }) => key),
      ['CONFIG_COMPUTE_HOSTS', 'CONFIG_HEAT_INSTALL', 'CONFIG_MARIADB_PW'].filter((key) => out.includes(key)),
    );
  });

  it('finds no change where only names, order and comments differ', async () => {
    await folder.write('old.txt', before);
    const lines = before.replace('CONFIG_MARIADB_PW', 'CONFIG_MYSQL_PW').split('\n');
    await folder.write(
      'same.txt',
      [...lines.slice(0, 2), '# a comment', ...lines.slice(2).reverse()].join('\n'),
    );
    const { code, out } = await call('packstack', 'diff', 'old.txt', 'same.txt');
    assert.deepEqual([code, out], [0, 'The two files have the same effect.\n']);
  });

  it('says which keys the other version does not have, and leaves out what both ignore', async () => {
    const rest = 'CONFIG_EXTRA=1\nCONFIG_NEUTRON_ML2_TYPE_DRIVERS=vxlan,flat\n';
    await folder.write('old.txt', `# Packstack 15.1.0\n[general]\nCONFIG_PANKO_INSTALL=n\n${rest}`);
    await folder.write(
      'new.txt',
      `# Packstack 26.0.0\n[general]\n${rest.replace('=1', '=2').replace(',', ', ')}`,
    );
    const { out } = await call('packstack', 'diff', 'old.txt', 'new.txt');
    assert.match(out, /^CONFIG_PANKO_INSTALL: n → not a key of this Packstack$/m);
    assert.doesNotMatch(out, /EXTRA|TYPE_DRIVERS|panko is no longer configured/);
  });

  it('refuses files that are no answer files', async () => {
    await folder.write('old.txt', before);
    for (const text of ['', 'nodes: {}\n', '[general]\nuser=x\n']) {
      await folder.write('other.txt', text);
      const { code, err } = await call('packstack', 'diff', 'other.txt', 'old.txt');
      assert.equal(code, 2);
      assert.match(err, /other\.txt is not an answer file/);
    }
  });

  it('refuses other words and files that do not exist', async () => {
    await folder.write('old.txt', before);
    assert.equal((await call('packstack', 'merge', 'old.txt', 'old.txt')).code, 2);
    const { code, err } = await call('packstack', 'diff', 'old.txt', 'gone.txt');
    assert.equal(code, 2);
    assert.match(err, /gone\.txt/);
  });
});
