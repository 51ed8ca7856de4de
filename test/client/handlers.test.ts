import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createCancellation } from '../../src/app/cancellation.ts';
import type { HandlerNeeds } from '../../src/client/handlers.ts';
import { type CommandName, commands } from '../../src/protocol/contributions.ts';
import type { CancelRequest } from '../../src/run/cancel.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { type LensAction, lensesOf } from '../../src/view/lens.ts';
import type { Target } from '../../src/view/live.ts';
import { clearAway } from '../support/clear-away.ts';
import { clusterText, sourceAfter, uri } from '../view/world.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Bundle {
  readonly createHandlers: typeof import('../../src/client/handlers.ts').createHandlers;
  readonly createCancel: typeof import('../../src/client/run/cancel.ts').createCancel;
  readonly createRunStore: typeof import('../../src/client/stores/run-store.ts').createRunStore;
  readonly createChooser: typeof import('../../src/client/choose-target.ts').createChooser;
  readonly resultPlace: typeof import('../../src/client/run/remedies.ts').resultPlace;
}

/** The calls with their arguments. */
type Calls = (readonly [name: string, ...args: readonly unknown[]])[];

/** Answers every question with its first answer, and records what is shown. */
function fakeEditor(calls: Calls) {
  const noted =
    (name: string, answer: (...args: readonly never[]) => unknown) =>
    async (...args: readonly never[]) => {
      calls.push([name, ...args]);
      return answer(...args);
    };
  const positionAt = (offset: number) => ({ offset });
  return {
    ConfigurationTarget: {},
    TextEditorRevealType: {},
    ProgressLocation: {},
    // A class, as code asks whether an argument is one.
    Uri: Object.assign(class {}, {
      parse: (text: string) => ({ fsPath: text, path: text, toString: () => text }),
    }),
    Selection: class {
      constructor(start: { offset: number }, end: { offset: number }) {
        calls.push(['select', clusterText.slice(start.offset, end.offset)]);
      }
    },
    l10n: {},
    commands: { executeCommand: noted('executeCommand', () => undefined) },
    workspace: {
      isTrusted: true,
      textDocuments: [],
      getWorkspaceFolder: () => undefined,
      openTextDocument: noted('openTextDocument', () => ({ getText: () => clusterText })),
    },
    window: {
      showTextDocument: noted('showTextDocument', () => ({
        document: { positionAt },
        revealRange: () => undefined,
      })),
      showQuickPick: noted('showQuickPick', (items: readonly unknown[]) => items[0]),
      showInformationMessage: noted('showInformationMessage', () => undefined),
      showWarningMessage: noted('showWarningMessage', (_: never, __: never, first: never) => first),
      withProgress: async (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
        await work({ report: () => undefined }, { onCancellationRequested: () => undefined }),
      createTerminal: (options: unknown) => {
        calls.push(['createTerminal', options]);
        return { show: () => undefined };
      },
      createOutputChannel: () => {
        const nothing = () => undefined;
        return { clear: nothing, appendLine: nothing, show: nothing };
      },
    },
  };
}

/** The dependencies of the handlers; each call is recorded. */
function recorder(name: string, calls: Calls, known: Readonly<Record<string, unknown>> = {}): never {
  return new Proxy(known, {
    get: (_, key) =>
      // `then` is undefined, so that a promise that resolves to this object does not adopt it.
      Object.hasOwn(known, key) || key === 'then'
        ? known[String(key)]
        : async (...args: readonly unknown[]) => void calls.push([`${name}.${String(key)}`, ...args]),
  }) as never;
}

const nothingKept = {
  onNode: { type: 'kept', kept: { kilobytes: 0, jobs: 0, guards: 0, undo: [], ran: [], files: [] } },
  here: { hostKeys: 0, runs: 0, bytes: 0, unfinished: 0, isBusy: false },
};

const going: readonly RunEvent[] = [
  { type: 'node-connected', node: 'a' },
  { type: 'step-started', node: 'a', step: 'locale' },
  { type: 'node-connected', node: 'c1' },
  { type: 'step-started', node: 'c1', step: 'locale' },
];

describe('The command handlers', function () {
  this.timeout(120_000);
  let folder = '';
  let bundle: Bundle;
  const place: { vscode?: unknown } = {};
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackprep-handlers-'));
    const entry = ['handlers', 'choose-target', 'run/cancel', 'run/remedies', 'stores/run-store'].map(
      (name) => `export * from './src/client/${name}.ts';`,
    );
    Object.assign(globalThis, { fakeVscode: place });
    await build({
      stdin: { contents: entry.join('\n'), resolveDir: root },
      outfile: join(folder, 'handlers.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      loader: { '.node': 'empty' },
      external: ['cpu-features'],
      plugins: [
        {
          name: 'vscode',
          setup: (builder) => {
            builder.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'fake' }));
            builder.onLoad({ filter: /.*/, namespace: 'fake' }, () => ({
              // Read at each use, because every test has its own.
              contents: Object.keys(fakeEditor([]))
                .map(
                  (key) =>
                    `Object.defineProperty(exports, '${key}', { enumerable: true, get: () => fakeVscode.vscode.${key} });`,
                )
                .join('\n'),
            }));
          },
        },
      ],
    });
    place.vscode = fakeEditor([]);
    bundle = createRequire(import.meta.url)(join(folder, 'handlers.cjs'));
  });
  after(() => clearAway(folder));

  /** Calls a command on a target and returns everything that it did. */
  async function callsOf(name: CommandName, target: Target, isGoing: boolean): Promise<Calls> {
    const calls: Calls = [];
    place.vscode = fakeEditor(calls);
    const source = sourceAfter(isGoing ? { events: going, going: true } : {});
    const runs = bundle.createRunStore();
    runs.begin(uri, createCancellation());
    const noted = {
      ...runs,
      isRunning: () => isGoing,
      get: () => source.state,
      clear: (...args: readonly unknown[]) => void calls.push(['runs.clear', ...args]),
      cancel: (of: string, request: CancelRequest) => {
        calls.push(['runs.cancel', of, request]);
        return true;
      },
    };
    const needs: HandlerNeeds = {
      outlines: { get: () => source.outline, all: () => [source.outline], unreadable: () => [] } as never,
      runs: noted,
      files: recorder('files', calls),
      chooser: { given: () => target, target: async () => target },
      runner: recorder('runner', calls),
      cancel: bundle.createCancel({ runs: noted, source: () => source }),
      engine: async () =>
        recorder('engine', calls, {
          forgetNode: async (...args: readonly unknown[]) => {
            calls.push(['engine.forgetNode', ...args]);
            return nothingKept;
          },
        }),
      forget: () => undefined,
      secrets: recorder('secrets', calls, { onlyFor: () => [] }),
      demo: recorder('demo', calls, { knownHosts: () => [] }),
      showOutput: () => undefined,
      logs: recorder('logs', calls, { target: () => undefined }),
      earlier: recorder('earlier', calls, { find: () => undefined, all: () => [{ run: 'r1', file: uri }] }),
      clusterTexts: recorder('clusterTexts', calls),
      unfinished: recorder('unfinished', calls, { isOpen: () => true }),
      sidebar: recorder('sidebar', calls),
      filter: recorder('filter', calls),
      dashboards: recorder('dashboards', calls),
      plans: recorder('plans', calls),
      scripts: recorder('scripts', calls),
      extension: undefined as never,
    };
    await bundle.createHandlers(needs)[name](target);
    runs.end(uri);
    return calls;
  }

  /** The parts of a target that none of the calls has. */
  function lost(calls: Calls, { uri: file, nodes = [], step }: Target): readonly string[] {
    const recorded = JSON.stringify(calls);
    return [file, ...nodes, ...(step === undefined ? [] : [step])].filter(
      (part) => !recorded.includes(`"${part}"`),
    );
  }

  /** The targets that were passed on with less than what is meant. */
  function reduced(calls: Calls, meant: Target): readonly unknown[] {
    const targets = calls.flatMap(([, ...args]) =>
      args.filter((arg) => typeof arg === 'object' && arg !== null && 'uri' in arg && arg.uri === meant.uri),
    ) as Target[];
    return targets.filter(({ nodes, step }) => {
      const keepsNodes = meant.nodes === undefined || JSON.stringify(nodes) === JSON.stringify(meant.nodes);
      return !keepsNodes || (meant.step !== undefined && step !== meant.step);
    });
  }

  const items: Readonly<Record<string, Target>> = {
    cluster: { uri },
    node: { uri, nodes: ['a'] },
    step: { uri, step: 'locale' },
    cell: { uri, nodes: ['a'], step: 'locale' },
  };
  const names = new Map(Object.entries(commands).map(([name, id]) => [id as string, name as CommandName]));
  const offered: readonly { readonly command: string; readonly when: string }[] = manifest.contributes.menus[
    'view/item/context'
  ].filter(({ when }: { when: string }) => when.includes('view == stackprep.nodes'));

  for (const { command, when } of offered) {
    const name = names.get(command);
    // Only a node can have been rebuilt, and only a cluster has an unfinished run.
    const words = when.replace('rebuilt', 'node').replace('unfinished', 'cluster');
    const kinds = Object.keys(items).filter((kind) => words.includes(`\\b${kind}\\b`));
    for (const kind of kinds.length > 0 ? kinds : Object.keys(items)) {
      it(`use all that a ${kind} of the sidebar names: ${command} (${when.includes('busy') ? 'busy' : 'idle'})`, async () => {
        const target = items[kind];
        assert.ok(name !== undefined && target);
        const calls = await callsOf(name, target, when.includes('busy'));
        // In the file, a step on a node has one position: the step.
        const meant = name === 'openFile' && kind === 'cell' ? { uri, step: 'locale' } : target;
        assert.deepEqual(lost(calls, meant), [], JSON.stringify(calls));
      });
    }
  }

  /** What each command is about: all of a target, its place in the file, its nodes, its cluster only, or no target. */
  type Subject = 'target' | 'place' | 'nodes' | 'cluster' | 'other';
  const subjects: Readonly<Record<CommandName, Subject>> = {
    run: 'target',
    check: 'target',
    plan: 'target',
    planDifferences: 'target',
    cancel: 'target',
    cancelNode: 'target',
    cancelNodes: 'target',
    cancelStep: 'target',
    retry: 'target',
    undo: 'target',
    showLog: 'target',
    showScript: 'target',
    searchLogs: 'target',
    compareLogs: 'target',
    exportLogs: 'target',
    reveal: 'target',
    openFile: 'place',
    openTerminal: 'nodes',
    replaceHostKey: 'nodes',
    forgetNode: 'nodes',
    showConnectionLog: 'nodes',
    showProblems: 'cluster',
    showDashboard: 'cluster',
    setSecret: 'cluster',
    clear: 'cluster',
    openEarlierLog: 'cluster',
    resumeRun: 'other',
    discardRun: 'other',
    openRun: 'other',
    showDifference: 'other',
    openKey: 'other',
    openReference: 'other',
    copyScript: 'other',
    showOutput: 'other',
    forgetSecrets: 'other',
    createClusterFile: 'other',
    createFromSample: 'other',
    getStarted: 'other',
    openDocumentation: 'other',
    startDemo: 'other',
    stopDemo: 'other',
    groupByNode: 'other',
    groupByStep: 'other',
    showOnlyFailed: 'other',
    showAll: 'other',
    refresh: 'other',
    nextError: 'other',
    previousError: 'other',
    nextHit: 'other',
    previousHit: 'other',
    explainLog: 'other',
    explainTerminal: 'other',
  };
  function meantOf(subject: Subject, { nodes, step }: Target): Target {
    const ofNodes = nodes ? { uri, nodes } : { uri };
    if (subject === 'cluster') return { uri };
    if (subject === 'nodes' || step === undefined) return ofNodes;
    // In the file, a step on a node has one position: the step.
    return subject === 'place' ? { uri, step } : { ...ofNodes, step };
  }
  for (const [name, subject] of Object.entries(subjects) as [CommandName, Subject][]) {
    if (subject === 'other') continue;
    it(`use every field of their target that the command is about: ${name}`, async () => {
      for (const target of Object.values(items)) {
        const calls = await callsOf(name, target, name.startsWith('cancel'));
        const meant = meantOf(subject, target);
        assert.deepEqual(lost(calls, meant), [], `${JSON.stringify(target)}: ${JSON.stringify(calls)}`);
        assert.deepEqual(reduced(calls, meant), [], `${JSON.stringify(target)}: ${JSON.stringify(calls)}`);
      }
    });
  }

  it('use all that a code lens names, before a run and during one', async () => {
    const actions: Readonly<Partial<Record<LensAction, CommandName>>> = {
      run: 'run',
      check: 'check',
      reveal: 'reveal',
      plan: 'plan',
      log: 'showLog',
      script: 'showScript',
      cancel: 'cancel',
      problems: 'showProblems',
    };
    const seen = new Set<LensAction>();
    const sources = [
      sourceAfter({ events: [], kind: 'check' }),
      sourceAfter({ events: going, going: true }),
      { ...sourceAfter({}), errors: 1 },
    ];
    for (const source of sources) {
      const isGoing = source.scope !== undefined;
      for (const { action, target } of lensesOf(source, { trusted: true })) {
        const name = action && actions[action];
        if (!name) continue;
        seen.add(action);
        assert.deepEqual(
          lost(await callsOf(name, target, isGoing), target),
          [],
          `${action} ${JSON.stringify(target)}`,
        );
      }
    }
    assert.deepEqual([...seen].sort(), Object.keys(actions).sort());
  });

  it('cancel only the node or only the step that is named, and the run only for the whole cluster', async () => {
    const requests = async (target: Target) =>
      (await callsOf('cancel', target, true)).flatMap(([name, , request]) =>
        name === 'runs.cancel' ? [request] : [],
      );
    assert.deepEqual(await requests({ uri }), [{ when: 'after-step' }]);
    assert.deepEqual(await requests({ uri, nodes: ['c1'] }), [{ nodes: ['c1'], when: 'after-step' }]);
    assert.deepEqual(await requests({ uri, step: 'locale' }), [{ step: 'locale', when: 'after-step' }]);
    assert.deepEqual(await requests({ uri, nodes: ['c1'], step: 'locale' }), [
      { nodes: ['c1'], step: 'locale', when: 'now' },
    ]);
  });

  it('from the palette mean the cluster of the active document, else offer that of the last run first', async () => {
    const calls: Calls = [];
    const editorOf = (text?: string) => ({
      ...fakeEditor(calls),
      window: {
        ...fakeEditor(calls).window,
        activeTextEditor: text && { document: { languageId: 'plaintext', uri: text } },
      },
    });
    const all = ['file:///a', 'file:///b', 'file:///c'].map((file) => ({ uri: file, cluster: { id: file } }));
    const chooser = bundle.createChooser({
      outlines: { all: () => all, unreadable: () => [], has: () => false } as never,
      item: () => undefined,
      page: (page) => (String(page) === 'log' ? { uri: 'file:///c', nodes: ['n'] } : undefined),
      lastRun: (file) => ({ 'file:///a': 1, 'file:///b': 2 })[file],
    });
    place.vscode = editorOf('log');
    assert.deepEqual(await chooser.target(undefined), { uri: 'file:///c' });
    assert.equal(calls.length, 0);
    place.vscode = editorOf();
    assert.deepEqual(await chooser.target(undefined), { uri: 'file:///b' });
    const offered = calls.find(([name]) => name === 'showQuickPick')?.[1];
    assert.deepEqual(
      (offered as readonly { readonly label: string }[]).map(({ label }) => label),
      ['file:///b', 'file:///a', 'file:///c'],
    );
  });

  it('open the only failed step from the notification of a run, and otherwise its page', () => {
    const failed = (node: string, run?: string) => ({
      node,
      step: 'upgrade',
      reasons: [],
      ...(run ? { run } : {}),
    });
    assert.deepEqual(bundle.resultPlace({ failed: [] }, 'r2'), { run: 'r2' });
    assert.deepEqual(bundle.resultPlace({ failed: [failed('a'), failed('b')] }, 'r2'), { run: 'r2' });
    assert.deepEqual(bundle.resultPlace({ failed: [failed('a', 'r1')] }, 'r2'), {
      run: 'r1',
      node: 'a',
      step: 'upgrade',
    });
  });
});
