import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { agentSocket, listAgentKeys } from '../../src/remote/keys/agent.ts';
import { clearAway } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';

const has = ['ssh-agent', 'ssh-add', 'ssh-keygen'].every(hasProgram) && process.platform !== 'win32';

(has ? describe : describe.skip)('An agent on a pipe with the name that Windows gives it', () => {
  let folder = '';
  const started = process.cwd();
  before(() => {
    // A short path: that of a socket is limited.
    folder = mkdtempSync('/tmp/stackprep-pipe-');
    process.chdir(folder);
  });
  after(async () => {
    process.chdir(started);
    await clearAway(folder);
  });

  it('lists and signs as a real ssh-agent that listens there (here a socket of that name)', async () => {
    const pipe = agentSocket({}, 'win32');
    assert.ok(pipe);
    mkdirSync('keys');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', 'keys/id']);
    const agent = spawn('ssh-agent', ['-D', '-a', pipe], { stdio: 'ignore' });
    try {
      const deadline = Date.now() + 20_000;
      while (!existsSync(join(folder, pipe))) {
        assert.ok(Date.now() < deadline, 'ssh-agent does not listen');
        await delay(20);
      }
      execFileSync('ssh-add', ['-q', 'keys/id'], { env: { ...process.env, SSH_AUTH_SOCK: pipe } });
      const limits = { agentListMs: 20_000, agentSignMs: 20_000 };
      const found = await listAgentKeys(pipe, limits, new AbortController().signal);
      assert.ok(found.ok, found.ok ? '' : found.cause);
      assert.equal(found.keys.length, 1);
      const [one] = found.keys;
      assert.ok(one);
      const data = Buffer.from('to be signed');
      assert.equal(one.key.verify(data, await one.sign(data, undefined)), true);
    } finally {
      agent.kill();
    }
  });
});
