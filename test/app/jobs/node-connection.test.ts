import assert from 'node:assert/strict';
import { follow } from '../../../src/app/jobs/follow.ts';
import { NodeConnection } from '../../../src/app/jobs/node-connection.ts';
import type { Failure } from '../../../src/base/failure.ts';
import { english, plain } from '../../../src/base/l10n.ts';
import type { Reason } from '../../../src/base/states.ts';
import type { Connected, Output, Transport } from '../../../src/remote/base/transport.ts';
import type { Command } from '../../../src/shell/command.ts';
import { wordsOf } from '../../support/controller-words.ts';
import { jobOf, someNode } from '../../support/local-node.ts';
import { lost, memoryFiles, scriptedPorts } from '../../support/scripted.ts';

const never = new AbortController().signal;

/** A node whose connections all behave as `exec` does; counts the logins. */
function node(exec: Transport['exec']) {
  const counts = { logins: 0, commands: 0 };
  const transport: Transport = {
    exec: (command, signal, heed) => {
      counts.commands += 1;
      return exec(command, signal, heed);
    },
    dispose: async () => undefined,
  };
  const connect = async (): Promise<Connected> => {
    counts.logins += 1;
    return { ok: true, transport };
  };
  return {
    counts,
    link: new NodeConnection({
      node: someNode,
      connector: { connect },
      waitsMs: [0],
      loginsPerMinute: 1_000,
    }),
  };
}

const data = (text: string): Output => ({ type: 'data', stream: 'stdout', bytes: Buffer.from(text) });
/** The prefix of the controller's frames. */
const leadOf = (command: Command): string => String(wordsOf(command)[0]);

async function endOf(link: NodeConnection) {
  await link.connect(never);
  const job = jobOf('r.it.1', 'true\n');
  const files = memoryFiles();
  const record = { run: 'r', node: someNode.name, step: 'it', attempt: 1, job: job.job, nonce: job.nonce };
  const log = await files.openLog(record);
  assert.ok(log);
  const ports = { ...scriptedPorts({}), files };
  const items = follow({ link, ports, signal: never, record, log, job });
  for (;;) {
    const next = await items.next();
    if (next.done) return next.value;
  }
}

const silent: Transport['exec'] = async function* () {
  yield { type: 'lost', failure: lost };
};

/** A node that refuses the logins with these numbers (from 1), with these words. */
function refusingNode(refused: (login: number) => boolean, detail = '') {
  const logins: boolean[] = [];
  const waits: string[] = [];
  const transport: Transport = { exec: silent, dispose: async () => undefined };
  const failure: Failure = { code: 'auth', message: plain('refused'), action: plain(''), detail };
  const connect = async (_node: unknown, _signal: AbortSignal, isQuiet = false): Promise<Connected> => {
    logins.push(isQuiet);
    return refused(logins.length) ? { ok: false, failure } : { ok: true, transport };
  };
  const waiting = (_node: unknown, wait?: Reason) => waits.push(wait ? `${wait.code} ${wait.args}` : '');
  const connector = { connect, waiting };
  const options = { node: someNode, connector, waitsMs: [0], refusedWaitsMs: [0.01] };
  return { logins, waits, link: new NodeConnection({ ...options, loginsPerMinute: 1_000_000 }) };
}

describe('A login that worked before and is refused', () => {
  it('is repeated without prompts until the node admits the user', async () => {
    const { logins, waits, link } = refusingNode((login) => login > 1 && login < 6, 'System is booting up.');
    assert.equal(await link.connect(never), undefined);
    assert.equal(await link.reconnect(never), undefined);
    assert.deepEqual(logins, [false, false, true, true, true, true]);
    assert.deepEqual(waits.slice(0, 2), ['wait-refused System is booting up.', '']);
    assert.equal(waits.length, 8);
  });

  it('is final if none has worked before', async () => {
    const { logins, link } = refusingNode(() => true, 'System is booting up.');
    assert.equal((await link.reconnect(never))?.code, 'auth');
    assert.equal(logins.length, 1);
  });

  it('ends at once when the run is cancelled', async () => {
    const stop = new AbortController();
    const { link } = refusingNode((login) => {
      if (login === 4) stop.abort();
      return login > 1;
    });
    await link.connect(never);
    assert.equal((await link.reconnect(stop.signal))?.code, 'auth');
  });
});

describe('The limit on logins in a minute', () => {
  it('holds a login back until the oldest one is a minute old, or the run is cancelled', async () => {
    const stop = new AbortController();
    let logins = 0;
    const transport: Transport = { exec: silent, dispose: async () => undefined };
    const connect = async (): Promise<Connected> => {
      logins += 1;
      return { ok: true, transport };
    };
    const waits: (string | undefined)[] = [];
    const waiting = (_node: unknown, wait?: Reason) => waits.push(wait?.code);
    const link = new NodeConnection({ node: someNode, connector: { connect, waiting }, loginsPerMinute: 3 });
    for (let round = 0; round < 3; round += 1) await link.secondLogin(never, true);
    const fourth = link.secondLogin(stop.signal, true);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(logins, 3);
    stop.abort();
    await fourth;
    assert.equal(logins, 4);
    assert.deepEqual(waits, ['wait-logins', undefined]);
  });
});

describe('A connection that transfers nothing', () => {
  it('is repeated a limited number of times, and the failure says how often', async () => {
    const { counts, link } = node(silent);
    let failure = await link.connect(never);
    while (!failure) failure = await link.reconnect(never);
    assert.equal(counts.logins, 12);
    assert.equal(failure.code, 'lost');
    assert.match(
      english(failure.message),
      /^a: the connection was lost after each of 12 logins; giving up\.$/,
    );
  });

  it('is counted from zero again after one that transferred data', async () => {
    const { counts, link } = node(silent);
    await link.connect(never);
    for (let round = 0; round < 40; round += 1) {
      if (round % 10 === 9) link.progress();
      assert.equal(await link.reconnect(never), undefined);
    }
    assert.equal(counts.logins, 41);
  });

  it('leaves it unknown whether a job started that was sent but not acknowledged', async () => {
    const { counts, link } = node(async function* (_command, _signal, heed) {
      heed?.onStarted?.();
      yield { type: 'lost', failure: lost };
    });
    const end = await endOf(link);
    assert.ok(end.type === 'unreached');
    assert.equal(end.started, 'unknown');
    assert.match(english(end.failure.message), /did not answer on several connections/);
    assert.equal(counts.logins, 3);
  });

  it('means that a job that was never sent did not start', async () => {
    const { counts, link } = node(async function* () {
      yield { type: 'lost', failure: lost };
    });
    const end = await endOf(link);
    assert.ok(end.type === 'unreached');
    assert.equal(end.started, 'no');
    assert.equal(counts.logins, 12);
  });

  it('means that a running job may still be running on the node', async () => {
    const { counts, link } = node(async function* (command) {
      yield data(`@@${leadOf(command)}\tstate\trunning\t0\nno frame at all\n`);
      yield { type: 'lost', failure: lost };
    });
    const end = await endOf(link);
    assert.ok(end.type === 'unreached');
    assert.equal(end.started, 'yes');
    assert.equal(counts.logins, 12);
  });
});
