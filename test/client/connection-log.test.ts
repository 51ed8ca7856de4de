import assert from 'node:assert/strict';
import type { Engine, LoginRequest } from '../../src/app/engine.ts';
import { cancelled, type Failure } from '../../src/base/failure.ts';
import { bundleClient, type ClientBundle } from '../support/client-bundle.ts';
import { clusterOf } from '../support/clusters.ts';

type Module = typeof import('../../src/client/connection-log.ts');

const cluster = clusterOf(
  'cluster: lab\nnodes: { n1: { address: 10.0.0.1 }, n2: { address: 10.0.0.2 } }\nsteps: [locale]\n',
);

describe('The connection log in the editor', () => {
  let bundle: ClientBundle<Module>;
  let channels: { readonly name: string; text: string; shown: number }[] = [];
  let cancel: () => void = () => undefined;
  before(async () => {
    bundle = await bundleClient(['connection-log'], ['window', 'ProgressLocation']);
    bundle.use({
      ProgressLocation: {},
      l10n: {},
      window: {
        createOutputChannel: (name: string) => {
          const channel = { name, text: '', shown: 0 };
          channels.push(channel);
          return {
            clear: () => {
              channel.text = '';
            },
            appendLine: (line: string) => {
              channel.text += `${line}\n`;
            },
            show: () => {
              channel.shown += 1;
            },
          };
        },
        withProgress: (_: object, work: (progress: object, token: object) => Promise<void>) =>
          work(
            {},
            {
              onCancellationRequested: (act: () => void) => {
                cancel = act;
              },
            },
          ),
      },
    });
  });
  after(() => bundle.dispose());
  beforeEach(() => {
    channels = [];
  });

  /** An engine that reports lines, then the failure. */
  function engineOf(act: (request: LoginRequest, signal: AbortSignal) => Failure | undefined): Engine {
    const traceLogin: Engine['traceLogin'] = async (request, signal) => act(request, signal);
    return { traceLogin } as Engine;
  }
  const nodeOf = (name: string) => {
    const node = cluster.nodes.find((each) => each.name === name);
    assert.ok(node);
    return node;
  };

  it('has the lines of one login, those of a jump host with its name, and the result', async () => {
    const show = bundle.exports.createConnectionLog();
    assert.deepEqual(channels, []);
    const engine = engineOf(({ node: { name }, trace }) => {
      trace({ node: name, jump: 'bastion', text: 'The host accepts: publickey' });
      trace({ node: name, text: 'Banner: hello' });
      return undefined;
    });
    await show(engine, cluster, nodeOf('n1'));
    await show(engine, cluster, nodeOf('n2'));
    const text =
      'Logging in to n2\nbastion: The host accepts: publickey\nBanner: hello\n\nLogged in to n2.\n';
    assert.deepEqual(channels, [{ name: 'Stackprep Connection', text, shown: 2 }]);
  });

  it('ends with the failure and what to do, also if the user cancels', async () => {
    const show = bundle.exports.createConnectionLog();
    await show(
      engineOf((_, signal) => {
        assert.equal(signal.aborted, false);
        cancel();
        assert.equal(signal.aborted, true);
        return cancelled('n1');
      }),
      cluster,
      nodeOf('n1'),
    );
    assert.equal(channels[0]?.text, 'Logging in to n1\n\nn1: cancelled.\nStart again to continue.\n');
  });
});
