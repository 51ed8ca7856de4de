import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { explainFailures } from '../../src/app/explain-failures.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { main } from '../../src/cli/cli.ts';
import type { RunEvent, TimedEvent } from '../../src/run/events.ts';
import { parse } from '../yum/logs.ts';
import { fakeIo } from './fake-io.ts';
import { type Folder, temporaryFolder } from './folder.ts';

const older = '2026-11-22T09-00-00-000Z-aaa111';
const newer = '2026-11-23T09-00-00-000Z-bbb222';
const missing = 'Loaded plugins: fastestmirror\nNo package chrny available.\nError: Nothing to do';

function started(run: string): RunEvent {
  return {
    type: 'run-started',
    run,
    kind: 'run',
    cluster: 'seed-lab',
    nodes: ['a1', 'a2'],
    steps: ['upgrade', 'locale'],
  };
}

/** The output of a step, as lines and as events of the yum parser. */
function printed(node: string, step: string, text: string): readonly RunEvent[] {
  return [
    ...text.split('\n').map((line): RunEvent => ({ type: 'log', node, step, stream: 'stdout', line })),
    ...parse(text).map((event): RunEvent => ({ type: 'yum', node, step, event })),
  ];
}

function finished(node: string, step: string, outcome: 'changed' | 'failed'): RunEvent {
  return { type: 'step-finished', node, step, outcome, reasons: [], milliseconds: 60_000 };
}

/** Writes a journal like a run. */
async function store(stateFolder: string, events: readonly RunEvent[], from: number): Promise<void> {
  async function* timed(): AsyncGenerator<TimedEvent> {
    for (const [index, event] of events.entries()) yield { ...event, at: from + index * 1000 };
  }
  for await (const _ of journal(explainFailures(timed()), { stateFolder, writeGuard: createWriteGuard() }));
}

describe('stackprep logs', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await temporaryFolder();
    const day = Date.UTC(2026, 10, 22, 9);
    const good = [
      started(older),
      ...printed('a1', 'locale', 'all right'),
      { type: 'run-finished', outcome: 'ok' },
    ] as const;
    await store(folder.path, good, day);
    const bad = [
      started(newer),
      ...printed('a1', 'upgrade', 'Nothing to do\npassword=hunter2'),
      finished('a1', 'upgrade', 'changed'),
      ...printed('a2', 'upgrade', missing),
      finished('a2', 'upgrade', 'failed'),
      { type: 'run-finished', outcome: 'failed' },
    ] as const;
    await store(folder.path, bad, day + 86_400_000);
  });
  afterEach(() => folder.remove());

  async function call(...argv: readonly string[]) {
    const { io, stdout, stderr, interrupt } = fakeIo({ cwd: folder.path });
    const ended = main(['logs', '--state-dir', folder.path, ...argv], io);
    return {
      stdout,
      interrupt,
      ended: ended.then((code) => ({ code, out: stdout.text(), err: stderr.text() })),
    };
  }
  const run = async (...argv: readonly string[]) => await (await call(...argv)).ended;

  it('lists the runs in columns, newest first', async () => {
    const { code, out } = await run();
    assert.equal(code, 0);
    const [first = '', second = '', ...more] = out.trimEnd().split('\n');
    assert.match(
      first,
      /^bbb222 {2}2026-11-2\d \d\d:\d\d {2}run {2}seed-lab {2}2 nodes {2}✗ failed {5}\d+ s$/,
    );
    assert.match(second, /^aaa111 .* ✓ succeeded {2}3 s$/);
    assert.deepEqual(more, []);
  });

  it('prints one JSON object per run with --json', async () => {
    const lines = (await run('--json')).out.trimEnd().split('\n');
    const { run: name, outcome, nodes, started: at } = JSON.parse(lines[0] ?? '');
    assert.deepEqual([name, outcome, nodes], [newer, 'failed', ['a1', 'a2']]);
    assert.equal(at, Date.UTC(2026, 10, 23, 9));
  });

  it('reports that no runs are stored yet', async () => {
    const { io, stdout } = fakeIo();
    assert.equal(await main(['logs', '--state-dir', join(folder.path, 'none')], io), 0);
    assert.match(stdout.text(), /^No runs are stored yet/);
  });

  it('prints node and step before each line, and then why steps failed', async () => {
    const { code, out } = await run('bbb');
    assert.equal(code, 0);
    assert.match(out, /^a1 │ upgrade │ Nothing to do$/m);
    assert.match(out, /^a2 │ upgrade │ Error: Nothing to do$/m);
    const [, end = ''] = out.split('\n\n');
    assert.deepEqual(end.split('\n').slice(0, 3), [
      '✗ a2 · upgrade',
      '  Error       No package chrny available.',
      '  Cause       chrny is in no enabled repository.',
    ]);
  });

  it('prints a single log unchanged', async () => {
    const { out } = await run('latest', '--node', 'a1', '--step', 'upgrade');
    assert.equal(out, 'Nothing to do\npassword=hunter2\n');
  });

  it('selects the newest run if only nodes or steps are named', async () => {
    const { out } = await run('--node', 'a[1:1]');
    assert.match(out, /^a1 │ upgrade │ Nothing to do$/m);
    assert.doesNotMatch(out, /a2/);
  });

  it('prints the events of a run with --json', async () => {
    const lines = (await run(older, '--json')).out.trimEnd().split('\n');
    assert.deepEqual(JSON.parse(lines[0] ?? '').type, 'run-started');
    assert.deepEqual(JSON.parse(lines.at(-1) ?? '').type, 'run-finished');
  });

  it('with --follow prints new lines as they are written, and ends with the run', async () => {
    const path = join(folder.path, 'runs', 'ccc333-now', 'journal.jsonl');
    const line = (event: RunEvent): string => `${JSON.stringify({ ...event, at: 1 })}\n`;
    await folder.write('runs/ccc333-now/journal.jsonl', line(started('ccc333-now')));
    const { stdout, ended } = await call('now', '--follow');
    const half = line({ type: 'log', node: 'a1', step: 'locale', stream: 'stdout', line: 'first' });
    await appendFile(path, half.slice(0, 20));
    await delay(250);
    assert.equal(stdout.text(), '');
    await appendFile(path, half.slice(20));
    while (stdout.text() === '') await delay(20);
    assert.match(stdout.text(), /^a1 │ locale {2}│ first\n$/);
    await appendFile(path, line({ type: 'run-finished', outcome: 'ok' }));
    assert.equal((await ended).code, 0);
  });

  it('with --follow stops at Ctrl-C', async () => {
    const first = JSON.stringify({ ...started('ccc333-now'), at: 1 });
    await folder.write('runs/ccc333-now/journal.jsonl', `${first}\n`);
    const { interrupt, ended } = await call('now', '--follow');
    await delay(50);
    interrupt();
    assert.equal((await ended).code, 130);
  });

  it('prints the log of a killed run without its incomplete last line', async () => {
    const path = join(folder.path, 'runs', newer, 'journal.jsonl');
    await appendFile(path, '');
    const text = await readFile(path, 'utf8');
    await folder.write(
      'runs/ddd444/journal.jsonl',
      text.slice(0, text.indexOf('run-finished') - 5).replace(newer, 'ddd444'),
    );
    const list = await run();
    assert.match(list.out, /^ddd444 .*not finished/m);
    const { code, out, err } = await run('ddd444');
    assert.equal(code, 0);
    assert.match(out, /Nothing to do/);
    assert.equal(err, '1 line of the journal could not be read.\n');
  });

  it('compare shows the different packages of two nodes in the same step, or of two files', async () => {
    const rule = '='.repeat(80);
    const text = (row: string): string =>
      [
        'Dependencies Resolved',
        rule,
        ' Package Arch Version Repository Size',
        rule,
        'Installing:',
        row,
        '',
        'Complete!',
        '',
      ].join('\n');
    await folder.write(`runs/${newer}/a1/upgrade.log`, text(' nova x86_64 1:19.3-1.el7 stein 1 k'));
    await folder.write(`runs/${newer}/a2/upgrade.log`, text(' nova x86_64 1:19.4-1.el7 stein 1 k'));
    const wanted = ['--node', 'a1', '--node', 'a2', '--step', 'upgrade'];
    const { code, out } = await run('compare', 'bbb', ...wanted);
    assert.equal(code, 0);
    assert.deepEqual(out.split('\n').slice(0, 4), [
      'Package      a1                      a2',
      'nova.x86_64  1:19.3-1.el7 (install)  1:19.4-1.el7 (install)',
      '',
      '0 identical packages, 1 different.',
    ]);
    const files = ['a1', 'a2'].map((node) => `runs/${newer}/${node}/upgrade.log`);
    const { left, same, differences } = JSON.parse((await run('compare', ...files, '--json')).out);
    assert.deepEqual([left, same, differences.length], [files[0], 0, 1]);
    assert.match((await run('compare', 'bbb', '--node', 'a1')).err, /Specify two nodes and one step/);
    assert.match((await run('compare', 'none', 'none')).err, /none does not exist/);
  });

  it('export packs a run for a bug report with masked secrets', async () => {
    const { code, out } = await run('export', 'bbb', '-o', 'report.tar.gz');
    assert.equal(code, 0);
    assert.match(out, /run: report\.tar\.gz\./);
    execFileSync('tar', ['-xzf', 'report.tar.gz'], { cwd: folder.path });
    const packed = join(folder.path, `stackprep-${newer}`);
    assert.deepEqual((await readdir(packed)).sort(), ['a1', 'a2', 'journal.jsonl']);
    const log = await readFile(join(packed, 'a1/upgrade.log'), 'utf8');
    assert.equal(log, 'Nothing to do\npassword=********\n');
    const events = await readFile(join(packed, 'journal.jsonl'), 'utf8');
    assert.doesNotMatch(events, /hunter2/);
    for (const line of events.trimEnd().split('\n')) JSON.parse(line);
    const { mode } = await stat(join(folder.path, 'report.tar.gz'));
    assert.equal(mode & 0o077, 0);
    const again = await run('export', 'bbb', '-o', 'report.tar.gz');
    assert.equal(again.code, 2);
    assert.match(again.err, /report\.tar\.gz already exists/);
  });

  it('export packs only what belongs to the nodes that were chosen', async () => {
    const { code } = await run('export', 'bbb', '--node', 'a2', '-o', 'node.tar.gz');
    assert.equal(code, 0);
    const place = join(folder.path, 'only');
    await mkdir(place);
    execFileSync('tar', ['-xzf', join(folder.path, 'node.tar.gz')], { cwd: place });
    const packed = join(place, `stackprep-${newer}`);
    assert.deepEqual((await readdir(packed)).sort(), ['a2', 'journal.jsonl']);
    const journal = await readFile(join(packed, 'journal.jsonl'), 'utf8');
    const events = journal
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly node?: string });
    assert.deepEqual([...new Set(events.flatMap(({ node }) => node ?? []))], ['a2']);
    assert.deepEqual([events[0]?.type, events.at(-1)?.type], ['run-started', 'run-finished']);
  });

  const refusals: readonly (readonly [argv: readonly string[], text: RegExp])[] = [
    [['zzz'], /There is no run zzz\. See stackprep logs/],
    [['2026'], /2026 matches several runs, such as/],
    [['bbb', 'aaa'], /takes one run\. Unexpected: aaa/],
    [['bbb', '--node', 'b9'], /has no node b9\. Its nodes are: a1, a2/],
    [['bbb', '--step', 'sshd'], /has no step sshd\. Its steps are: upgrade, locale/],
    [['bbb', '--node', 'a[2:1]'], /is not a range of nodes/],
    [['export', 'zzz'], /no run zzz/],
    [['export', 'bbb', '--node', 'b9'], /has no node b9/],
  ];
  for (const [argv, text] of refusals) {
    it(`refuses "${argv.join(' ')}" in one line`, async () => {
      const { code, out, err } = await run(...argv);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, text);
      assert.match(err, /^stackprep: [^\n]*\n$/);
    });
  }
});
