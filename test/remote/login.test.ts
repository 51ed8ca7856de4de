import assert from 'node:assert/strict';
import { english } from '../../src/core/l10n.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { makeKey, type ServerOptions, startServer, type TestServer } from '../support/ssh-server.ts';

describe('Logging in', () => {
  let home: Home;
  let server: TestServer;
  const start = async (options: ServerOptions) => {
    server = await startServer(options);
  };
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    await server.close();
    await home.remove();
  });

  it('uses the named key file without asking anything', async () => {
    const key = makeKey();
    await start({ authorized: [key] });
    const identity = await home.write('key', key.privateText);
    const prompts = person();
    const connected = await connectTo({ home, port: server.port, identity }, { prompts });
    await transportOf(connected).dispose();
    assert.deepEqual(server.attempts, ['publickey', 'publickey']);
    assert.deepEqual(prompts.secrets, []);
  });
});
