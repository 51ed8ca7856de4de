import assert from 'node:assert/strict';
import { createEngine, type Engine } from '../../src/app/entry.ts';
import { english } from '../../src/base/l10n.ts';
import { clusterOf } from '../support/clusters.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { encodings, reads } from '../support/encodings.ts';
import { person } from '../support/person.ts';
import { random } from '../support/random.ts';
import { randomSecret } from '../support/random-secret.ts';
import { makeKey, startServer, type TestServer } from '../support/ssh-server.ts';

describe('The log of a login', () => {
  const secrets = { password: 'right horse 7391', passphrase: 'locked 5520' };
  const key = makeKey(secrets.passphrase);
  let home: Home;
  let server: TestServer;
  let engine: Engine | undefined;
  const others: string[] = [];
  before(async () => {
    home = await makeHome();
    server = await startServer({ password: secrets.password, authorized: [key], both: true });
    await home.write('known_hosts', `[127.0.0.1]:${server.port} ${server.hostKey.publicLine}\n`);
    await home.write('locked', key.privateText);
  });
  afterEach(() => engine?.dispose());
  after(async () => {
    await server.close();
    await home.remove();
  });

  /** Logs in with these answers of the user; returns the lines and the failure. */
  async function login(answers: readonly (string | undefined)[], signal = new AbortController().signal) {
    engine = createEngine({
      ...{ stateFolder: home.file('state'), home: home.path, env: {} },
      prompts: person({ secrets: answers }),
      knownHosts: () => [home.file('known_hosts')],
      trace: ({ text }) => others.push(text),
    });
    const cluster = clusterOf(`cluster: lab
ssh: { port: ${server.port}, user: root, identity: ${home.file('locked')} }
nodes: { n1: { address: 10.0.0.1, host: 127.0.0.1 } }
steps: [locale]
`);
    const [node] = cluster.nodes;
    assert.ok(node);
    const lines: string[] = [];
    const trace = ({ text }: { readonly text: string }) => lines.push(text);
    const failure = await engine.traceLogin({ cluster, node, trace }, signal);
    return { lines, failure };
  }
  const hasNoSecret = (seen: unknown) => {
    const text = JSON.stringify(seen);
    for (const secret of [...Object.values(secrets), 'wrong horse']) assert.ok(!text.includes(secret), text);
    assert.doesNotMatch(text, /PRIVATE KEY/);
  };

  it('has the methods, the keys and the algorithms, and no secret', async () => {
    const { lines, failure } = await login([secrets.passphrase, secrets.password]);
    assert.equal(failure, undefined);
    const text = lines.join('\n');
    assert.match(text, /The host accepts: .*password/);
    assert.match(text, /^Offering key file .*locked: ssh-ed25519 SHA256:[\w+/]{43}$/m);
    assert.match(text, /ed25519/);
    assert.match(text, /locked/);
    hasNoSecret(lines);
    assert.deepEqual(others, []);
  });

  it('has the reason of a refusal, and no secret', async () => {
    const { lines, failure } = await login([secrets.passphrase, ...Array<string>(3).fill('wrong horse')]);
    assert.equal(failure?.code, 'auth');
    assert.match(lines.join('\n'), /Refused: password: wrong/);
    hasNoSecret([lines, failure]);
  });

  it('has no answer that the host prints in any form, in a line or in the failure', async () => {
    const source = random(22);
    const answers = Array.from({ length: 12 }, () => randomSecret(source));
    for (const secret of answers) {
      const printed = Object.values(encodings).map((encode) => `a ${encode(secret)} z`);
      for (let from = 0; from < printed.length; from += 4) {
        const banner = printed.slice(from, from + 4).join('\n');
        const echoing = await startServer({ keyboard: { prompts: ['Code: '], answers: ['?'] }, banner });
        await home.write('known_hosts', `[127.0.0.1]:${echoing.port} ${echoing.hostKey.publicLine}\n`);
        const asked = createEngine({
          ...{ stateFolder: home.file('state'), home: home.path, env: {} },
          prompts: person({ secrets: [secret, secret, secret, secret, secret, secret] }),
          knownHosts: () => [home.file('known_hosts')],
        });
        const cluster = clusterOf(
          `cluster: lab\nssh: { port: ${echoing.port}, user: root }\nnodes: { n1: { address: 10.0.0.1, host: 127.0.0.1 } }\nsteps: [locale]\n`,
        );
        const [node] = cluster.nodes;
        assert.ok(node);
        const lines: string[] = [];
        const trace = ({ text }: { readonly text: string }) => lines.push(text);
        const never = new AbortController().signal;
        await asked.traceLogin({ cluster, node, trace: () => undefined }, never);
        const failure = await asked.traceLogin({ cluster, node, trace }, never);
        await asked.dispose();
        await echoing.close();
        assert.equal(failure?.code, 'auth');
        const seen = lines.join('\n');
        assert.match(seen, /^Banner: a /m);
        for (const text of [seen, JSON.stringify(failure), english(failure.message), failure.detail ?? ''])
          assert.equal(reads(text, secret), undefined, JSON.stringify({ secret, text }));
      }
    }
  });

  it('ends if the login is cancelled', async () => {
    const { failure } = await login([], AbortSignal.abort());
    assert.equal(failure?.code, 'cancelled');
  });
});
