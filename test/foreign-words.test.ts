import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journal } from '../src/app/logs/journal.ts';
import { decodeEvent } from '../src/app/logs/journal-file.ts';
import { storedRuns } from '../src/app/logs/stored-runs.ts';
import { createWriteGuard } from '../src/app/logs/write-guard.ts';
import { operate } from '../src/app/operate.ts';
import { readUnfinishedRun } from '../src/app/unfinished-run.ts';
import { english, translator } from '../src/base/l10n.ts';
import type { RunKind } from '../src/base/states.ts';
import { main } from '../src/cli/cli.ts';
import { type Outline, outlineOf } from '../src/cluster/outline.ts';
import { createDocumentReader } from '../src/language/document/document.ts';
import { readAnswersDocument } from '../src/language/packstack-answers.ts';
import { readLine } from '../src/plan/markers.ts';
import { readCluster } from '../src/rules/decode.ts';
import { liveProblems } from '../src/rules/live.ts';
import type { TimedEvent } from '../src/run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../src/run/state.ts';
import { lensesOf } from '../src/view/lens.ts';
import { logLines } from '../src/view/log-lines.ts';
import { planPage } from '../src/view/plan-page.ts';
import { reasonText } from '../src/view/reasons.ts';
import { summaryOf } from '../src/view/summary.ts';
import { treeOf } from '../src/view/tree.ts';
import { createLogReader } from '../src/yum/explain/log-reader.ts';
import { fakeIo } from './cli/fake-io.ts';
import { type Folder, temporaryFolder } from './cli/folder.ts';
import { askAnswers, askEverything } from './language/every-feature.ts';
import { clusterOf } from './support/clusters.ts';
import { hostileWords } from './support/hostile-words.ts';
import { collect, scriptedNode, scriptedPorts } from './support/scripted.ts';

const text =
  'cluster: lab\nnodes:\n  a: { address: 10.0.0.1, roles: [controller] }\nsteps: [locale, upgrade]\n';
const cluster = clusterOf(text);
const { reading } = readCluster(text);
const known = outlineOf(readCluster(text));
assert.ok(reading && known);
const live = { cluster, reading };
const outline: Outline = { uri: 'file:///a.cluster.yaml', version: 1, ...known };
const never = new AbortController().signal;

/** Everything that a front end shows of a state. */
function show(state: RunState, events: readonly TimedEvent[]): string {
  const source = { outline, state };
  const request = { cluster, selection: {}, state };
  const seen = new Map(
    Object.entries(state.nodes).flatMap(([name, { facts, factsAt }]) =>
      facts && factsAt !== undefined ? [[name, { facts, at: factsAt }] as const] : [],
    ),
  );
  const shown = [
    lensesOf(source, { trusted: true }),
    treeOf([source], { groupBy: 'node', time: String, file: String }),
    treeOf([source], { groupBy: 'step', time: String, file: String }),
    summaryOf(request),
    planPage({ ...request, time: String }, english),
    events.flatMap((event) => logLines(event, 'run').map((line) => line.text)),
    liveProblems(live, seen),
  ];
  return JSON.stringify(shown);
}

/** The lines of a node that sends a word in every field that a node can fill. */
function nodeWith(word: string) {
  return scriptedNode((kind, step) => ({
    lines: [
      ...[
        'hostname',
        'osId',
        'osVersion',
        'osName',
        'el',
        'kernel',
        'manager',
        'interfaces',
        'memory',
        word,
      ].map((key) => `@ fact ${key} ${word}`),
      ...[`@ step ${word}`, 'said among it', `@ state ${word} needed`, `@ step ${step}`, `said ${word}`],
      ...[`@ phase ${word}`, '@ phase check', `@ because ${word}`, `@ because ${word} ${word}`],
      ...[`@ state ${step} ${word}`, `@ state ${step} needed`],
      ...(kind === 'probe'
        ? []
        : [
            '@ phase apply',
            `${word} ${word} ${word}`,
            `@ notice ${word} ${word}`,
            `@ result ${step} ${word}`,
          ]),
      ...(kind === 'probe' ? [] : [`@ result ${step} failed ${word} ${word}`]),
      ...[`@ ${word} ${word}`, '@ end'],
    ],
  }));
}

describe('Words that are members of every object', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function journalled(word: string, kind: RunKind, from: number): Promise<readonly TimedEvent[]> {
    const node = nodeWith(word);
    const writeGuard = createWriteGuard();
    const ports = {
      ...scriptedPorts({ a: { ok: true, transport: node.transport } }),
      writeGuard,
      names: { nonce: () => 'n1', run: () => `run-${from}` },
    };
    const events = operate({ kind, cluster, selection: {} }, ports, never);
    return await collect(journal(events, { stateFolder: folder.path, writeGuard }));
  }

  async function call(...argv: readonly string[]): Promise<string> {
    const { io, stdout, stderr } = fakeIo({ cwd: folder.path });
    const code = await main([...argv, '--state-dir', folder.path], io);
    assert.equal(code, 0, stderr.text());
    return stdout.text();
  }

  it('are handled as reasons, facts, states and steps of a node, up to the log and its readers', async () => {
    for (const [index, word] of hostileWords.filter((each) => !/\s/.test(each)).entries()) {
      for (const kind of ['check', 'run'] as const) {
        const events = await journalled(word, kind, index);
        const finished = events.findLast(({ type }) => type === 'node-finished');
        assert.ok(finished, `${word}: the node came to its end`);
        const shown = show(events.reduce(reduceRun, emptyRunState), events);
        const reason = english(reasonText({ code: word, args: [word] }));
        assert.ok(reason.includes(word), `the reason ${word} is shown as it came`);
        assert.ok(shown.includes(JSON.stringify(reason).slice(1, -1)), `${reason} in ${shown}`);
      }
      const logs = await call('logs', 'latest');
      assert.match(logs, /locale/);
      const [run] = await storedRuns(folder.path);
      assert.ok(run);
      const left = await readUnfinishedRun(folder.path, run);
      assert.deepEqual([...left.finished.keys()], ['a'], 'run --resume reads the same journal');
    }
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      names.filter((name) => /escaped|passwd/.test(name)),
      [],
      'no file is named after a word of a node',
    );
  });

  it('never become a step of the run or a file', async () => {
    const events = await journalled('../../escaped', 'check', 1);
    const steps = events.flatMap((event) => ('step' in event ? [event.step] : []));
    assert.deepEqual([...new Set(steps)], ['locale']);
  });

  it('may be in any field of a journal: an invalid event is skipped and counted', async () => {
    const events = await journalled('fine', 'run', 1);
    const path = join(folder.path, 'runs/run-1/journal.jsonl');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const [first = ''] = lines;
    const types = events.map(({ type }) => type);
    let changed: string[] = [];
    for (const word of [...hostileWords.slice(0, 16), '', 7, null, true, [], {}, [[]], { text: 'x' }])
      for (const line of lines.slice(1)) changed = [...changed, ...withEach(line, word)];
    for (const line of changed) {
      const event = decodeEvent(line);
      if (event) show(reduceRun(emptyRunState, event), [event]);
      assert.ok(event === undefined || types.includes(event.type), line);
    }
    writeFileSync(path, [first, ...changed, ...lines.slice(1)].join('\n'));
    assert.match(await call('logs', 'latest'), /locale/);
    const [run] = await storedRuns(folder.path);
    assert.ok(run);
    await readUnfinishedRun(folder.path, run);
  });

  it('are not translations', () => {
    const korean = translator({ toString: '문자열' });
    for (const word of hostileWords) assert.equal(translator({})({ text: word, args: [] }), word);
    assert.equal(korean({ text: 'toString', args: [] }), '문자열');
    assert.equal(korean({ text: 'constructor', args: [] }), 'constructor');
  });

  it('are not markers', () => {
    for (const word of hostileWords)
      assert.deepEqual(readLine(`@@stackprep:n\t${word}\ta\tb`, 'n'), {
        log: `@@stackprep:n\t${word}\ta\tb`,
      });
  });

  it('are parsed in a log of yum like any other word', () => {
    for (const word of hostileWords) {
      const log = [
        ...[
          'Dependencies Resolved',
          '',
          '='.repeat(60),
          ' Package  Arch  Version  Repository  Size',
          '='.repeat(60),
        ],
        ...[`${word}:`, ` ${word}  x86_64  1.0-1  ${word}  1 k`, '', 'Transaction Summary', '='.repeat(60)],
        ...[
          `${word}  1 Package`,
          `${word}: 1 k`,
          'Running transaction',
          `  ${word} : ${word}-1.0-1.x86_64   1/2 `,
        ],
        ...[`${word}:`, `  ${word}.x86_64 0:1.0-1`, '', `No package ${word} available.`, `${word}: ${word}`],
        ...[
          `Error: Package: ${word} (${word})`,
          `   Requires: ${word}`,
          `${word} (${word})`,
          `[${word}/2] ${word}`,
        ],
      ];
      const reader = createLogReader();
      reader.push(`${log.join('\n')}\n`);
      const { summary, explanation } = reader.end(1);
      assert.ok(
        summary.outcome === 'failed' || summary.outcome === 'incomplete',
        `${word}: ${summary.outcome}`,
      );
      assert.ok(explanation, word);
      assert.equal(english(explanation.cause).includes('[native code]'), false);
    }
  });

  it('are keys and values of an answer file like any other', () => {
    for (const word of hostileWords) {
      const name = word.toUpperCase();
      const keys = [
        word,
        `CONFIG_${name}`,
        `CONFIG_${name}_INSTALL`,
        `CONFIG_${name}_HOST`,
        'CONFIG_CEILOMETER_COORDINATION_BACKEND',
      ];
      const lines = [...keys, 'CONFIG_NOVA_INSTALL', 'CONFIG_SSL_CERT_DIR'].map((key) => `${key}=${word}`);
      const answers = `[general]\n${lines.join('\n')}\n`;
      const document = readAnswersDocument({ uri: 'file:///a.answers', version: 1, text: answers });
      for (let at = 0; at <= answers.length; at += 97) askAnswers(document, at);
    }
  });

  it('are names in a cluster file like any other', () => {
    const read = createDocumentReader();
    for (const [index, word] of hostileWords.entries()) {
      const name = JSON.stringify(word);
      const file = `cluster: ${name}
openstack: { release: ${name}, installer: packstack, components: [${name}] }
ssh: { identity: ${name} }
system: { os: ${name}, selinux: ${name}, timezone: ${name}, locale: ${name} }
sshd: { ${name}: ${name}, PermitRootLogin: ${name} }
nodes:
  ${name}: { address: ${name}, roles: [${name}], become: ${name} }
  other: { address: 10.0.0.2, roles: [controller], ${name}: ${name} }
networks:
  ${name}: { cidr: 10.0.0.0/24, interface: ${name} }
  two: { cidr: 10.0.0.0/24, interface: eth0 }
repositories: { rdo: ${name}, extra: [{ id: ${name}, baseurl: ${name} }] }
services:
  mariadb: { on: ${name}, bind-address: ${name} }
  rabbitmq: { on: ${name}, password: { secret: ${name} } }
packstack: { ${name}: ${name}, CONFIG_NOVA_INSTALL: ${name} }
steps:
  - ${name}
  - { name: ${name}, on: ${name}, run: ${name} }
${name}: ${name}
`;
      const document = read({ uri: 'file:///a.cluster.yaml', version: index, text: file });
      assert.ok(document.decoded.problems.length > 0, word);
      for (let at = 0; at <= file.length; at += 401) askEverything(document, at);
    }
  });
});

/** The JSON with each of its strings and numbers replaced in turn by the word. */
function withEach(line: string, word: unknown): readonly string[] {
  const found: string[] = [];
  const whole: unknown = JSON.parse(line);
  const walk = (value: unknown, put: (other: unknown) => unknown): void => {
    found.push(JSON.stringify(put(word)));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const rest = (other: unknown): unknown => {
        const entries: [string, unknown][] = Object.entries(value).map(([name, each]) => [
          name,
          name === key ? other : each,
        ]);
        return put(Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries));
      };
      walk(inner, rest);
    }
  };
  walk(whole, (other) => other);
  return found;
}
