import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const cluster = `cluster: lab
openstack: { release: epoxy, installer: packstack }
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
packstack: { CONFIG_KEYSTONE_ADMIN_PW: { secret: admin } }
steps: [packstack]
`;

describe('stackprep export packstack', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    await folder.write('a.cluster.yaml', cluster);
  });
  after(() => folder.remove());

  const call = async (...argv: readonly string[]) => {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main(argv, io);
    return { code, out: stdout.text(), err: stderr.text() };
  };

  it('prints an answer file in which validate finds no problem', async () => {
    const { code, out } = await call('export', 'packstack', 'a.cluster.yaml');
    assert.equal(code, 0);
    assert.match(out, /^# Packstack 26\.0\.0 \(epoxy\)\n/);
    assert.match(out, /^CONFIG_KEYSTONE_ADMIN_PW=<secret:admin>$/m);
    await folder.write('b.answers', out);
    assert.equal((await call('validate', 'b.answers')).code, 0);
    await folder.write(
      'packstack-answers-x.txt',
      out.replace('CONFIG_CONTROLLER_HOST', 'CONFIG_CONTROLER_HOST'),
    );
    const invalid = await call('validate', 'packstack-answers-x.txt');
    assert.equal(invalid.code, 1);
    assert.match(invalid.out, /Did you mean CONFIG_CONTROLLER_HOST\?/);
  });

  it('prints the lines for a hosts file, and names the nodes that have no address', async () => {
    const nodes = '{ a.example.com: { address: 2001:db8::1 }, b: { host: b.example.com } }';
    await folder.write('c.cluster.yaml', `cluster: lab\nnodes: ${nodes}\nsteps: [hosts-file]\n`);
    const { code, out, err } = await call('export', 'hosts', 'c.cluster.yaml');
    assert.deepEqual([code, out], [0, '2001:db8::1 a.example.com a\n']);
    assert.match(err, /^Not exported: nodes without an address: b\n/m);
  });

  it('fails with its usage if the target or the file is missing', async () => {
    for (const argv of [
      ['export'],
      ['export', 'ansible', 'a.cluster.yaml'],
      ['export', 'packstack'],
      ['export', 'terraform', 'a.cluster.yaml'],
    ]) {
      const { code, err } = await call(...argv);
      assert.equal(code, 2);
      assert.match(err, /stackprep export ansible FILE --out DIR/);
    }
  });
});
