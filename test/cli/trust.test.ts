import assert from 'node:assert/strict';
import { main } from '../../src/cli/cli.ts';
import { makeKey, startServer, type TestServer } from '../support/ssh-server.ts';
import { fakeIo, fakeKeyboard } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

describe('stackprep trust', () => {
  let folder: Folder;
  let server: TestServer;
  before(async () => {
    folder = await temporaryFolder();
    server = await startServer({ open: true });
    await folder.write(
      'a.cluster.yaml',
      `cluster: a\nssh: { port: ${server.port}, user: root }\nnodes:\n  one: { address: 10.0.0.1, host: 127.0.0.1 }\n`,
    );
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });
  beforeEach(() => folder.write('known', `[127.0.0.1]:${server.port} ${makeKey().publicLine}\n`));

  let calls = 0;
  async function call(argv: readonly string[], answers?: readonly string[]) {
    const person = answers && fakeKeyboard(answers);
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path, ...(person && { keyboard: person.keyboard }) });
    calls += 1;
    const state = ['--state-dir', `state${calls}`, '--known-hosts', 'known'];
    const code = await main(['trust', 'a.cluster.yaml', ...state, ...argv], io);
    return { code, out: stdout.text(), err: stderr.text(), asked: person?.text() ?? '' };
  }

  it('shows both fingerprints and replaces the key of a rebuilt node after "replace" is typed', async () => {
    const { code, out, asked } = await call([], ['replace']);
    assert.equal(code, 0);
    assert.match(asked, /The host key of one \(127\.0\.0\.1:\d+\) has changed/);
    assert.equal(asked.match(/ssh-ed25519 SHA256:\S{43}/g)?.length, 2);
    assert.match(asked, /known, line 1/);
    assert.match(out, /^one: host key trusted, login successful\.\n$/);
  });

  for (const answer of ['yes', '', 'no'])
    it(`changes nothing at the answer "${answer}"`, async () => {
      const { code, err } = await call([], [answer]);
      assert.equal(code, 1);
      assert.match(err, /host key has changed.*stackprep trust/);
    });

  it('accepts the fingerprint given with --fingerprint, and no other', async () => {
    const shown = /now: +\S+ (SHA256:\S+)/.exec((await call([], ['no'])).asked)?.[1] ?? '';
    assert.equal((await call(['--fingerprint', shown])).code, 0);
    assert.equal((await call(['--fingerprint', 'SHA256:other'])).code, 1);
  });

  it('explains how to continue if there is no terminal', async () => {
    const { code, err } = await call([]);
    assert.equal(code, 1);
    assert.match(err, /one has the host key SHA256:\S+\..*--fingerprint/);
  });
});
