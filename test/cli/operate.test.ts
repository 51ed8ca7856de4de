import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { main } from '../../src/cli/cli.ts';
import { fakeIo, fakeKeyboard } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

/** Finds a loopback port on which no server listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(typeof address === 'object' && address);
  return address.port;
}

describe('The command line', () => {
  let folder: Folder;
  before(async () => {
    folder = await temporaryFolder();
    const [one, two] = [await closedPort(), await closedPort()];
    const nodes = `nodes:
  a: { address: 10.9.9.1, roles: [controller], host: 127.0.0.1, port: ${one} }
  b: { address: 10.9.9.2, host: 127.0.0.1, port: ${two}, become: sudo }
`;
    await folder.write(
      'down.cluster.yaml',
      `cluster: lab\nopenstack: { release: zed }\n${nodes}steps: [locale, shell-profile]\n`,
    );
    await folder.write(
      'lacking.cluster.yaml',
      `cluster: lab\nopenstack: { release: zed }\n${nodes}steps: [locale, shell-profile, panko]\n`,
    );
    await folder.write('faulty.cluster.yaml', `cluster: lab\n${nodes}steps: [locael]\n`);
  });
  after(() => folder.remove());

  async function call(argv: readonly string[], keyboard?: ReturnType<typeof fakeKeyboard>) {
    const env = { XDG_STATE_HOME: join(folder.path, 'state') };
    const { io, stdout, stderr } = fakeIo({
      cwd: folder.path,
      env,
      ...(keyboard ? { keyboard: keyboard.keyboard } : {}),
    });
    const code = await main(argv, io);
    return { code, out: stdout.text(), err: stderr.text() };
  }

  for (const command of ['plan', 'check', 'run']) {
    it(`with ${command} exits with 3 if no node is reachable, and says why and what to do`, async () => {
      const { code, out } = await call([
        command,
        'lacking.cluster.yaml',
        ...(command === 'run' ? ['--yes'] : []),
      ]);
      assert.equal(code, 3);
      assert.match(out, /a \(127\.0\.0\.1:\d+\) refuses SSH connections\./);
      assert.match(out, /Check that sshd is running/);
      assert.match(out, /Skipped, since there are no packages for the release: panko\./);
    });

    it(`with ${command} prints the problems of a file and connects to no node`, async () => {
      const { code, out, err } = await call([command, 'faulty.cluster.yaml']);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(err, /faulty\.cluster\.yaml:5:9 error .*locael.* \[step-unknown\]/);
      assert.match(err, /nothing was run/);
    });
  }

  it('with --batch starts no further node after a batch that failed, exits with 1 and says why', async () => {
    const { code, out } = await call(['run', 'down.cluster.yaml', '--yes', '--batch', '1']);
    assert.equal(code, 1);
    assert.match(out, /2 batches, one after the other\. Nodes in each: 1, 1\./);
    assert.match(out, /Not started\n +\S b\n +Not started, because the only node of batch 1 failed\./);
    assert.match(out, /not started/);
    const { out: json } = await call(['run', 'down.cluster.yaml', '--yes', '--batch', '1', '--json']);
    const events = json
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const last = events.find(({ type, node }) => type === 'node-finished' && node === 'b');
    assert.deepEqual(
      [last.outcome, last.reason.code, last.message],
      ['not-started', 'batch-failed', 'Not started, because the only node of batch 1 failed.'],
    );
    assert.deepEqual(events.find(({ type }) => type === 'batches-planned').batches, [['a'], ['b']]);
  });

  it('shows the batches before it asks, and those of the command line instead of the file', async () => {
    await folder.write(
      'batches.cluster.yaml',
      `cluster: lab
nodes:
  n[1:4]: { address: '10.0.0.[1:4]' }
rollout: { batch: [1, 50%], max-failed: 20% }
steps: [locale]
`,
    );
    const file = fakeKeyboard(['n']);
    assert.equal((await call(['run', 'batches.cluster.yaml'], file)).code, 130);
    assert.match(
      file.text().replace(/\s+/g, ' '),
      /3 batches, one after the other\. Nodes in each: 1, 2, 1\. .* more than 20%/,
    );
    const line = fakeKeyboard(['n']);
    await call(['run', 'batches.cluster.yaml', '--batch', '3', '--max-failed', '0'], line);
    assert.match(
      line.text().replace(/\s+/g, ' '),
      /2 batches, one after the other\. Nodes in each: 3, 1\. .* more than 0 /,
    );
  });

  it('with --json prints every event as one JSON object per line, with its texts', async () => {
    const { code, out } = await call(['check', 'down.cluster.yaml', '--json', '--node', 'a']);
    assert.equal(code, 3);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map((event) => event.type),
      ['run-started', 'node-connecting', 'node-failed', 'node-finished', 'run-finished'],
    );
    assert.match(events[2].message, /^a \(127\.0\.0\.1:\d+\) refuses SSH connections\.$/);
    assert.match(events[2].action, /^Check that sshd is running/);
    assert.deepEqual(events[0].nodes, ['a']);
  });

  it('with --json prints the problems of a file as JSON lines', async () => {
    const { out } = await call(['run', 'faulty.cluster.yaml', '--json']);
    const { message, ...problem } = JSON.parse(out);
    assert.match(message, /locael/);
    assert.equal(problem.type, 'problem');
    assert.equal(problem.line, 5);
  });

  it('stores the journal, the cluster file and the result in the state folder', async () => {
    await call(['check', 'down.cluster.yaml', '--state-dir', 'mine']);
    const [run = ''] = await readdir(join(folder.path, 'mine/runs'));
    const stored = await readdir(join(folder.path, 'mine/runs', run));
    assert.deepEqual(stored.sort(), ['cluster.yaml', 'journal.jsonl', 'result.json']);
  });

  it('changes nothing without --yes if there is no terminal', async () => {
    const { code, out, err } = await call(['run', 'down.cluster.yaml']);
    assert.deepEqual({ code, out }, { code: 2, out: '' });
    assert.match(err, /--yes/);
  });

  it('asks on a terminal, names hosts and steps, and accepts only a yes', async () => {
    for (const answer of ['', 'n', undefined]) {
      const person = fakeKeyboard([answer]);
      const { code, out } = await call(['run', 'down.cluster.yaml', '--step', 'locale'], person);
      assert.deepEqual({ code, out }, { code: 130, out: '' });
      assert.match(person.text(), /2 nodes of lab/);
      assert.match(person.text(), /a \(root@127\.0\.0\.1:\d+\), b \(root@127/);
      assert.match(person.text(), /locale/);
      assert.doesNotMatch(person.text(), /shell-profile/);
    }
    assert.equal((await call(['run', 'down.cluster.yaml'], fakeKeyboard(['y']))).code, 3);
  });

  it('refuses unknown nodes, steps and files', async () => {
    for (const rest of [
      ['--node', 'z'],
      ['--step', 'zz'],
      ['--known-hosts', 'nowhere'],
    ]) {
      const { code, err } = await call(['check', 'down.cluster.yaml', ...rest]);
      assert.equal(code, 2);
      assert.match(err, /^stackprep: [^\n]*\n$/);
    }
    await folder.write('file', '');
    const { code, err } = await call(['check', 'down.cluster.yaml', '--state-dir', 'file']);
    assert.equal(code, 2);
    assert.match(err, /--state-dir/);
  });

  it('with script prints the exact script of a step on a node, and how it is sent', async () => {
    const { code, out, err } = await call(['script', 'down.cluster.yaml', '--node', 'b', '--step', 'locale']);
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /^# Step `locale` on b \(root@127\.0\.0\.1:\d+\)\n# /);
    assert.match(out, /^# .* as the input of: sudo sh -s$/m);
    // In words, then the step with its values, then the library, then the calls.
    const parts = [
      /^#\n# Below is/m,
      /^locale_wanted=en_US\.UTF-8$/m,
      /^locale_check\(\) /m,
      /^sp_emit\(\) /m,
      /^sp_run 0 locale /m,
    ];
    const places = parts.map((part) => out.search(part));
    assert.ok(!places.includes(-1), String(places));
    assert.deepEqual(
      places,
      places.toSorted((left, right) => left - right),
    );
    assert.ok(
      out.split('\n').every((line) => !line.startsWith('# ') || line.length < 140 || line.includes('{')),
    );
  });

  it('with script prints all scripts of a node, and names the steps that have none', async () => {
    const { code, out, err } = await call(['script', 'lacking.cluster.yaml', '--node', 'a']);
    assert.equal(code, 0);
    assert.equal(out.match(/^# stackprep /gm)?.length, 2);
    assert.match(err, /Skipped, since there are no packages for the release: panko\./);
  });

  it('cancels on the first Ctrl-C and exits at once on the second', async () => {
    for (const times of [1, 2]) {
      const server = createServer();
      const reached = once(server, 'connection');
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      assert.ok(typeof address === 'object' && address);
      const node = `{ address: 10.9.9.1, host: 127.0.0.1, port: ${address.port} }`;
      await folder.write('silent.cluster.yaml', `cluster: lab\nnodes: { a: ${node} }\nsteps: [locale]\n`);
      const env = { XDG_STATE_HOME: join(folder.path, 'state') };
      const { io, stdout, left, interrupt } = fakeIo({ cwd: folder.path, env });
      const ended = main(['check', 'silent.cluster.yaml'], io);
      const [socket] = (await reached) as [Socket];
      for (let time = 0; time < times; time += 1) interrupt();
      assert.equal(await ended, 130);
      assert.match(stdout.text(), /Cancelling on the nodes/);
      assert.match(stdout.text(), /Cancelled\. 1 node/);
      assert.deepEqual(left, times === 1 ? [] : [130]);
      socket.destroy();
      server.close();
    }
  });

  it('with script requires exactly one node', async () => {
    assert.equal((await call(['script', 'down.cluster.yaml'])).code, 2);
    assert.equal((await call(['script', 'down.cluster.yaml', '--node', 'a', '--node', 'b'])).code, 2);
    assert.equal((await call(['script', 'lacking.cluster.yaml', '--node', 'a', '--step', 'panko'])).code, 1);
  });
});
