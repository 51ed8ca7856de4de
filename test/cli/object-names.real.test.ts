import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Job } from '../../src/demo/job.ts';
import { jobTable } from '../../src/demo/job-table.ts';
import { type NodeServer, serveNode } from '../../src/demo/node-server.ts';
import { type Program, said } from '../../src/demo/piece.ts';
import { readScript, type Script } from '../../src/demo/script.ts';
import { createKeyPair } from '../../src/demo/ssh2.ts';
import type { Started } from '../../src/demo/started.ts';
import { clearAway } from '../support/clear-away.ts';
import { hostileWords } from '../support/hostile-words.ts';
import { builtCommand, type Ended, printed, run, start } from './built.ts';

const words = hostileWords.filter((word) => /^\w+$/.test(word));

/** The output of the node: each word in every field that a payload can fill. */
function* hostile({ kind, nonce, steps }: Script, isOver: () => boolean): Program {
  const marker = (...fields: readonly string[]) => said(`@@stackprep:${nonce}\t${fields.join('\t')}\n`);
  yield marker('begin', '1');
  if (kind === 'probe') for (const word of words) yield marker('fact', word, word);
  yield marker('fact', 'el', '__proto__');
  for (const { id } of steps) {
    yield marker('step', id);
    if (kind !== 'probe') yield marker('phase', 'check');
    for (const word of words) {
      yield marker('because', word, word);
      yield marker(word, word, word);
      yield said(`${word} ${word}\n`);
    }
    yield marker('state', id, 'needed');
    if (kind === 'probe') continue;
    yield marker('phase', 'apply');
    for (const word of words) yield marker('notice', word, word);
    yield said('all said\n');
    while (!isOver()) yield said('', 20);
    yield marker('result', id, 'failed', '__proto__', 'constructor');
  }
  yield marker('end');
  return 0;
}

describe('The built program with a node whose reasons are named like properties of Object', () => {
  let folder: string;
  let server: NodeServer;
  let isOver = true;
  let options: readonly string[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stackprep-words-'));
    const [hostKey, key] = [createKeyPair(), createKeyPair()];
    const launch = (text: string): Started | undefined => {
      const script = readScript(text);
      const job = new Job(1, 'realistic', 1);
      const program = script && hostile(script, () => isOver);
      return program && { job, program, aftermath: () => [], ended: () => undefined };
    };
    const processes = { start: launch, jobs: jobTable(launch) };
    server = await serveNode({ hostKey, login: { user: 'root', key }, processes });
    const identity = join(folder, 'id');
    writeFileSync(identity, key.private, { mode: 0o600 });
    writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${server.port} ${hostKey.public}\n`);
    writeFileSync(
      join(folder, 'lab.cluster.yaml'),
      `cluster: lab
ssh: { user: root, identity: ${JSON.stringify(identity)} }
nodes:
  constructor: { address: 10.0.0.1, roles: [controller], host: 127.0.0.1, port: ${server.port} }
steps: [locale]
`,
    );
    const known = ['--known-hosts', join(folder, 'known_hosts')];
    options = [join(folder, 'lab.cluster.yaml'), ...known, '--state-dir', join(folder, 'state')];
  });
  after(async () => {
    await server.stop();
    await clearAway(folder);
  });

  /** The program exited normally, and the output shows each word. */
  function assertShown({ code, out, err }: Ended): void {
    assert.ok(code === 0 || code === 1, `exit code ${code}: ${err}`);
    assert.doesNotMatch(`${out}${err}`, /TypeError|RangeError|native code|\[object|^ {4}at /m);
    for (const word of words) assert.ok(out.includes(`"${word} ${word}"`), `${word} in ${out}`);
  }

  it('checks it, runs on it, is killed and resumes, and displays the logs each time', async () => {
    assertShown(await run('check', ...options));
    const logs = ['logs', 'latest', '--state-dir', join(folder, 'state')];
    const checked = await run(...logs);
    assert.equal(checked.code, 0, checked.err);

    isOver = false;
    const going = start([...builtCommand(), 'run', ...options, '--yes', '--verbose']);
    await printed(going, /all said/);
    // The journal may be written later than the output.
    const runs = join(folder, 'state/runs');
    const journal = join(runs, readdirSync(runs).sort().at(-1) ?? '', 'journal.jsonl');
    while (!readFileSync(journal, 'utf8').includes('all said')) await delay(20);
    going.child.kill('SIGKILL');
    await going.ended;
    assertShown(await run(...logs));

    isOver = true;
    const resumed = await run('run', ...options, '--yes', '--resume');
    assert.equal(resumed.code, 1, resumed.err);
    assertShown(resumed);
    assertShown(await run(...logs));
  });
});
