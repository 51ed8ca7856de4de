import assert from 'node:assert/strict';
import { confirmLogin } from '../../../src/app/jobs/confirm-login.ts';
import { NodeConnection } from '../../../src/app/jobs/node-connection.ts';
import type { Connector, Ports } from '../../../src/app/jobs/ports.ts';
import type { FailureCode } from '../../../src/base/failure.ts';
import type { Reason } from '../../../src/base/states.ts';
import { someNode } from '../../support/local-node.ts';

describe('The second login', () => {
  it('asks no more questions after a refusal, and reports only the first failure', async () => {
    const over = new AbortController();
    const codes: readonly FailureCode[] = ['refused', 'cancelled', 'auth'];
    const quiet: boolean[] = [];
    const reported: Reason[] = [];
    const connect: Connector['connect'] = async (_node, _signal, isQuiet = false) => {
      const code = codes[quiet.length] ?? 'auth';
      quiet.push(isQuiet);
      if (quiet.length === codes.length) queueMicrotask(() => over.abort());
      const text = { text: code, args: [] };
      return { ok: false, failure: { code, message: text, action: text } };
    };
    const link = new NodeConnection({ node: someNode, connector: { connect } });
    const ports = { names: { nonce: () => 'n0nce', run: () => 'r' } } as Ports;
    await confirmLogin({ link, ports, job: 'r.it.1', note: (reason) => reported.push(reason) }, over.signal);
    assert.deepEqual(quiet, [false, false, true]);
    assert.deepEqual(reported, [{ code: 'no-second-login', args: ['refused'] }]);
  });
});
