import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { temporaryFolder } from '../cli/folder.ts';

describe('stackprep validate', () => {
  it('prints no password that it finds, and keeps the columns of the rest', async () => {
    const folder = await temporaryFolder();
    await folder.write(
      'x.cluster.yaml',
      `cluster: a
nodes: { n1: { address: 10.0.0.1, roles: [controller] } }
services:
  rabbitmq: { user: openstack, password: hunter2a }
repositories: { archive: "https://me:hunter2b@vault.example.org/" }
packstack: { CONFIG_KEYSTONE_ADMIN_PW: hunter2c }
steps:
  - { name: s, check: "true", run: "mysql -phunter2d; curl --password hunter2e" }
`,
    );
    for (const format of [[], ['--json'], ['--format', 'sarif']]) {
      const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
      await main(['validate', ...format, 'x.cluster.yaml'], io);
      const shown = stdout.text() + stderr.text();
      assert.match(shown, /secret-plain-text/);
      assert.doesNotMatch(shown, /hunter2/);
    }
    await folder.remove();
  });
});
