import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/app/entry.ts';
import { clearAway } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';

describe('The engine without a limit of parallel nodes', () => {
  it('works on 16 nodes at once, and starts the next one when one of them has finished', async () => {
    const sockets: Socket[] = [];
    const stop = new AbortController();
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
      // All 16 are connected and wait for a greeting: end one of them.
      if (sockets.length === 16) sockets[0]?.destroy();
      if (sockets.length === 17) stop.abort();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    const cluster = clusterOf(`cluster: lab
ssh: { port: ${address.port} }
nodes:
  n[01:20]: { address: '10.0.0.[1:20]', host: 127.0.0.1 }
steps: [locale]
`);
    const folder = await mkdtemp(join(tmpdir(), 'stackprep-'));
    const refuse = () => Promise.reject(new Error('a question was asked'));
    const prompts = { secret: refuse, hostKey: refuse };
    const engine = createEngine({ stateFolder: folder, home: folder, env: {}, prompts });
    try {
      let working = 0;
      let most = 0;
      for await (const { type } of engine.operate({ kind: 'check', cluster, selection: {} }, stop.signal)) {
        if (type === 'node-connecting') working += 1;
        if (type === 'node-finished') working -= 1;
        if (!stop.signal.aborted) most = Math.max(most, working);
      }
      assert.equal(most, 16);
      assert.ok(stop.signal.aborted);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
      await engine.dispose();
      await clearAway(folder);
    }
  });
});
