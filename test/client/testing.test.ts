import assert from 'node:assert/strict';
import { createCancellation } from '../../src/app/cancellation.ts';
import { createOutlineStore } from '../../src/client/stores/outline-store.ts';
import { createRunStore } from '../../src/client/stores/run-store.ts';
import type { Outline } from '../../src/cluster/outline.ts';
import type { Selection } from '../../src/plan/selection.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { bundleClient, type ClientBundle } from '../support/client-bundle.ts';
import { sourceAfter, timed, uri } from '../view/world.ts';

type Exports = Pick<typeof import('../../src/client/testing/testing.ts'), 'createTesting'>;

/** A test item or its collection, as far as the client uses them. */
class Items {
  readonly #byId = new Map<string, Item>();
  get size(): number {
    return this.#byId.size;
  }
  get(id: string): Item | undefined {
    return this.#byId.get(id);
  }
  add(item: Item): void {
    this.#byId.set(item.id, item);
  }
  delete(id: string): void {
    this.#byId.delete(id);
  }
  [Symbol.iterator]() {
    return this.#byId[Symbol.iterator]();
  }
}

class Item {
  readonly children = new Items();
  canResolveChildren = false;
  range: unknown;
  readonly id: string;
  label: string;
  constructor(id: string, label: string) {
    this.id = id;
    this.label = label;
  }
}

interface Request {
  readonly include?: readonly Item[];
  readonly exclude?: readonly Item[];
}

const never = { onCancellationRequested: () => ({ dispose: () => undefined }) };

describe('The Testing view', function () {
  this.timeout(120_000);
  let bundle: ClientBundle<Exports>;
  before(async () => {
    const keys = [
      'tests',
      'workspace',
      'Uri',
      'Range',
      'Location',
      'TestMessage',
      'TestRunProfileKind',
      'Disposable',
    ];
    bundle = await bundleClient(['testing/testing'], keys);
  });
  after(() => bundle.dispose());

  /** The view of some clusters; `check` plays the events of a run. */
  function open(
    outlines: readonly Outline[],
    {
      isTrusted = true,
      check,
    }: { isTrusted?: boolean; check?: (selection: Selection) => readonly RunEvent[] } = {},
  ) {
    const calls: string[] = [];
    const items = new Items();
    let handler: ((request: Request, token: unknown) => Promise<void>) | undefined;
    let grant: () => void = () => undefined;
    let resolve: (item: Item | undefined) => void = () => undefined;
    const noted = (name: string) => (item: Item, message?: { text: string }) =>
      void calls.push([name, item.id, message?.text].filter(Boolean).join(' '));
    const controller = {
      items,
      set resolveHandler(value: typeof resolve) {
        resolve = value;
      },
      createTestItem: (id: string, label: string) => new Item(id, label),
      createRunProfile: (_: string, __: number, run: typeof handler) => {
        handler = run;
        return { dispose: () => undefined };
      },
      createTestRun: () => ({
        ...{ enqueued: () => undefined, started: noted('started'), appendOutput: () => undefined },
        ...{
          passed: noted('passed'),
          failed: noted('failed'),
          errored: noted('errored'),
          skipped: noted('skipped'),
        },
        end: () => void calls.push('end'),
      }),
      dispose: () => undefined,
    };
    bundle.use({
      tests: { createTestController: () => controller },
      TestRunProfileKind: { Run: 1 },
      Uri: { parse: (text: string) => ({ path: text, fsPath: text }) },
      Range: class {},
      Location: class {},
      TestMessage: class {
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      },
      Disposable: Object.assign(class {}, { from: () => ({ dispose: () => undefined }) }),
      workspace: {
        isTrusted,
        textDocuments: [],
        getWorkspaceFolder: () => undefined,
        asRelativePath: () => 'lab.cluster.yaml',
        onDidGrantWorkspaceTrust: (listener: () => void) => {
          grant = listener;
          return { dispose: () => undefined };
        },
        onDidOpenTextDocument: () => ({ dispose: () => undefined }),
      },
    });
    const store = createOutlineStore();
    for (const outline of outlines) store.set(outline.uri, outline);
    const runs = createRunStore();
    const selections: Selection[] = [];
    bundle.exports.createTesting({
      outlines: store,
      runs,
      runner: {
        check: async (of, selection) => {
          selections.push(selection);
          if (!check) return false;
          runs.begin(of, createCancellation());
          for (const event of timed(check(selection), 'check'))
            runs.apply(of, event.type === 'run-started' ? { ...event, run: `r${selections.length}` } : event);
          runs.end(of);
          return true;
        },
      },
      cancel: async () => undefined,
      refresh: async () => undefined,
      report: (cause) => assert.fail(String(cause)),
    });
    const run = async (request: Request): Promise<readonly string[]> => {
      calls.length = 0;
      await handler?.(request, never);
      return [...calls];
    };
    return {
      ...{ items, run, selections, store },
      resolve: (item?: Item) => resolve(item),
      grant: () => grant(),
      isRunnable: () => handler !== undefined,
    };
  }

  const { outline } = sourceAfter({});

  it('has each cluster with its nodes, and each node with the steps that can be checked', () => {
    const { items, store } = open([outline]);
    const root = items.get(uri);
    assert.deepEqual(
      [...(root?.children ?? [])].map(([id, node]) => [id, [...node.children].map(([step]) => step)]),
      [
        ['a', ['locale', 'upgrade']],
        ['c1', ['locale', 'upgrade', 'house']],
        ['c2', ['locale', 'upgrade', 'house']],
      ],
    );
    const fewer = outline.nodes.filter(({ id }) => id !== 'c2');
    store.set(uri, { ...outline, nodes: fewer });
    assert.equal(root?.children.size, 2);
    store.remove(uri);
    assert.equal(items.size, 0);
  });

  it('creates the tests of two hundred nodes only when they are opened or run', async () => {
    const [first] = outline.nodes;
    assert.ok(first);
    const nodes = Array.from({ length: 200 }, (_, index) => ({
      ...first,
      id: `n${index}`,
      nodes: [`n${index}`],
    }));
    const steps = outline.steps.map((step) => ({ ...step, nodes: nodes.map(({ id }) => id) }));
    const { items, resolve, run } = open([{ ...outline, nodes, steps }]);
    const root = items.get(uri);
    assert.equal(root?.children.size, 0);
    resolve(root);
    assert.equal(root?.children.size, 200);
    const node = root?.children.get('n7');
    assert.equal(node?.children.size, 0);
    resolve(node);
    assert.equal(node?.children.size, 3);
    const other = root?.children.get('n8');
    assert.ok(other);
    await run({ include: [other] });
    assert.equal(other.children.size, 3);
    assert.equal(root?.children.get('n9')?.children.size, 0);
  });

  it('checks exactly the chosen tests by the runner, and reports why one failed', async () => {
    const { items, run, selections } = open([outline], {
      check: () => [
        { type: 'step-state', node: 'a', step: 'locale', state: 'done', reasons: [] },
        { type: 'step-state', node: 'a', step: 'upgrade', state: 'needed', reasons: [] },
        {
          type: 'node-failed',
          node: 'c1',
          failure: {
            code: 'refused',
            message: { plain: 'Connection refused.' },
            action: { plain: 'Start sshd.' },
          },
        },
        { type: 'run-finished', outcome: 'failed' },
      ],
    });
    const root = items.get(uri);
    const [a, house] = [root?.children.get('a'), root?.children.get('c1')?.children.get('house')];
    assert.ok(a && house);
    assert.deepEqual(await run({ include: [a, house] }), [
      ...['started locale', 'started upgrade', 'passed locale', 'failed upgrade The step is needed.'],
      ...['started house', 'errored house Connection refused. Start sshd.', 'end'],
    ]);
    assert.deepEqual(selections, [
      { nodes: ['a'], steps: ['locale', 'upgrade'] },
      { nodes: ['c1'], steps: ['house'] },
    ]);
  });

  it('skips tests when the runner refuses, and the rest after a cancelled run', async () => {
    const refused = open([outline]);
    const skipped = await refused.run({ exclude: [] });
    assert.equal(skipped.filter((call) => call.startsWith('skipped')).length, 8);
    assert.equal(refused.selections.length, 1);
    const cancelled = open([outline], { check: () => [{ type: 'run-finished', outcome: 'cancelled' }] });
    const rest = await cancelled.run({});
    assert.equal(rest.filter((call) => call.startsWith('skipped')).length, 8);
    assert.equal(cancelled.selections.length, 1);
  });

  it('cannot be run before the workspace is trusted', () => {
    const { isRunnable, grant } = open([outline], { isTrusted: false });
    assert.equal(isRunnable(), false);
    grant();
    assert.equal(isRunnable(), true);
  });
});
