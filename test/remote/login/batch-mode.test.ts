import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { type ConnectOptions, connectNode } from '../../../src/remote/connect.ts';
import { createHostKeys } from '../../../src/remote/host-keys/host-keys.ts';
import { nothingRefused } from '../../../src/remote/refused.ts';
import { createShared } from '../../../src/remote/shared.ts';
import { failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { writeConfig } from '../../support/ssh-config.ts';
import { makeKey, startServer, type TestServer } from '../../support/ssh-server.ts';

describe('BatchMode in the ssh config', () => {
  const [locked, plain] = [makeKey('sesame'), makeKey()];
  let server: TestServer;
  let home: Home;
  before(async () => {
    server = await startServer({ authorized: [locked, plain] });
  });
  after(() => server.close());
  beforeEach(async () => {
    home = await makeHome();
    await home.write('known_hosts', `[127.0.0.1]:${server.port} ${server.hostKey.publicLine}\n`);
    await home.write('locked', locked.privateText);
    await home.write('plain', plain.privateText);
  });
  afterEach(() => home.remove());

  /** Logs in with the key files; `batch` and `other` are names of one server, of which BatchMode is for the first. */
  async function login(
    host: 'batch' | 'other',
    keys: readonly string[],
    { prompts = person(), ...more }: Pick<Partial<ConnectOptions>, 'prompts' | 'shared' | 'refused'> = {},
  ) {
    const files = keys.map((key) => `  IdentityFile ${home.file(key)}\n`).join('');
    const config = `Host batch\n  BatchMode yes\nHost *\n  HostName 127.0.0.1\n  Port ${server.port}\n${files}`;
    const env = await writeConfig(home, config, { client: false });
    return connectNode({
      node: { name: host, ssh: { host, port: 22, user: 'root', become: 'none', open: ['port'] } },
      hostKeys: createHostKeys({ files: [home.file('known_hosts')], store: home.file('trusted') }),
      ...{ prompts, home: home.path, env, signal: new AbortController().signal },
      ...more,
    });
  }

  it('passes over a locked key and logs in with the next one, as ssh does', async () => {
    const prompts = person();
    await transportOf(await login('batch', ['locked', 'plain'], { prompts })).dispose();
    assert.deepEqual(prompts.secrets, []);
  });

  it('is named as the reason if there is no other key: the login was not cancelled', async () => {
    const prompts = person();
    const failure = failureOf(await login('batch', ['locked'], { prompts }));
    assert.equal(failure.code, 'auth');
    assert.match(
      english(failure.message),
      /^batch .*login of root failed: .*locked: needs a passphrase, and BatchMode in your ssh config forbids to ask for it/,
    );
    assert.match(english(failure.action), /^Add the key to the agent, or remove BatchMode/);
    assert.deepEqual(prompts.secrets, []);
  });

  it('uses a key that another node has unlocked', async () => {
    const shared = createShared({ lingerMs: 0 });
    const prompts = person({ secrets: ['sesame'] });
    await transportOf(await login('other', ['locked'], { shared, prompts })).dispose();
    await transportOf(await login('batch', ['locked'], { shared })).dispose();
    await shared.dispose();
  });

  it('is no answer for other nodes that need the key at the same time', async () => {
    const shared = createShared({ lingerMs: 0 });
    const prompts = person({ secrets: ['sesame'] });
    const batch = login('batch', ['locked'], { shared });
    const other = login('other', ['locked'], { shared, prompts });
    await transportOf(await other).dispose();
    const connected = await batch;
    if (connected.ok) await connected.transport.dispose();
    else assert.match(english(connected.failure.message), /BatchMode/);
    await shared.dispose();
  });

  it('tries the next key if the user enters no passphrase for another node', async () => {
    const refused = nothingRefused();
    const other = await login('other', ['locked'], { refused, prompts: person({ secrets: [undefined] }) });
    assert.equal(failureOf(other).code, 'cancelled');
    await transportOf(await login('batch', ['locked', 'plain'], { refused })).dispose();
  });
});
