import {
  type CancellationToken,
  Location,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunRequest,
} from 'vscode';
import { assertNever } from '../../base/assert-never.ts';
import { msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';
import type { Outline } from '../../cluster/outline.ts';
import type { Selection } from '../../plan/selection.ts';
import type { RunState } from '../../run/state.ts';
import {
  type Check,
  type CheckResult,
  checkResult,
  checkSelections,
  checksIn,
  missedResult,
} from '../../view/checks.ts';
import { t } from '../editor/texts.ts';
import type { Cancel } from '../run/cancel.ts';
import type { Runner } from '../run/runner.ts';
import type { RunStore } from '../stores/run-store.ts';
import type { TestItems } from './items.ts';

/** Longest text of a result; a node can report any number of reasons. */
const maxMessage = 2000;

export interface TestRunNeeds {
  readonly runs: RunStore;
  readonly runner: Pick<Runner, 'check'>;
  readonly cancel: Cancel;
  readonly outline: (uri: string) => Outline | undefined;
  readonly all: () => readonly Outline[];
  readonly items: TestItems;
}

/** The checks of a request by cluster file: those of the chosen items, or all, without the excluded ones. */
function chosen({ include, exclude = [] }: TestRunRequest, { items, outline, all }: TestRunNeeds) {
  const placesOf = (some: readonly TestItem[]) => some.flatMap((item) => items.placeOf(item) ?? []);
  const wanted = include ? placesOf(include) : all().map(({ uri }) => ({ uri }));
  const excluded = placesOf(exclude);
  const uris = [...new Set(wanted.map(({ uri }) => uri))];
  const checks = uris.map((uri): readonly [string, readonly Check[]] => {
    const source = outline(uri);
    return [uri, source ? checksIn(source, wanted, excluded) : []];
  });
  return new Map(checks);
}

function report(run: TestRun, item: TestItem, { node, step }: Check, result: CheckResult): void {
  switch (result.kind) {
    case 'passed':
      run.passed(item);
      return;
    case 'skipped':
      run.skipped(item);
      return;
    case 'failed':
    case 'errored': {
      const text = oneLine(t(result.message), maxMessage);
      const message = new TestMessage(text);
      const at = item.uri && item.range ? new Location(item.uri, item.range) : undefined;
      if (at) message.location = at;
      run.appendOutput(`${oneLine(`${node} ${step}`)}: ${text}\r\n`, at, item);
      run[result.kind](item, message);
      return;
    }
    default:
      assertNever(result);
  }
}

/** The tests of one cluster that have no result yet. */
type Open = Map<string, { readonly check: Check; readonly item: TestItem }>;

const keyOf = ({ node, step }: Check): string => JSON.stringify([node, step]);

/** Reports the results that are known; at the end of the run also those that it ended without. */
function settle(run: TestRun, open: Open, { state, keys, isOver }: Settling): void {
  for (const key of keys) {
    const one = open.get(key);
    if (!one) continue;
    const result = checkResult(state, one.check) ?? (isOver ? missedResult(state, one.check) : undefined);
    if (!result) continue;
    report(run, one.item, one.check, result);
    open.delete(key);
  }
}

interface Settling {
  readonly state: RunState;
  readonly keys: readonly string[];
  readonly isOver: boolean;
}

/** Checks some steps on some nodes, and reports each result as soon as it is known; false if the rest is not to be checked. */
async function checkPart(
  { runs, runner }: TestRunNeeds,
  run: TestRun,
  open: Open,
  { uri, selection }: { readonly uri: string; readonly selection: Required<Selection> },
): Promise<boolean> {
  const { nodes, steps } = selection;
  const keys = nodes.flatMap((node) => steps.map((step) => keyOf({ node, step })));
  for (const key of keys) {
    const one = open.get(key);
    if (one) run.started(one.item);
  }
  const before = runs.get(uri).run?.id;
  const isNew = (): boolean => runs.get(uri).run?.id !== before;
  const unsubscribe = runs.onDidChange((uris) => {
    if (uris.has(uri) && isNew()) settle(run, open, { state: runs.get(uri), keys, isOver: false });
  });
  try {
    const hasRun = await runner.check(uri, selection);
    if (hasRun && isNew()) settle(run, open, { state: runs.get(uri), keys, isOver: true });
    return hasRun && runs.get(uri).run?.outcome !== 'cancelled';
  } finally {
    unsubscribe();
  }
}

/** Checks exactly the given steps and nodes of a cluster, in as few runs as possible. */
async function checkCluster(
  needs: TestRunNeeds,
  run: TestRun,
  uri: string,
  checks: readonly Check[],
): Promise<void> {
  const open: Open = new Map();
  for (const check of checks) {
    const item = needs.items.of(uri, check);
    if (!item) continue;
    open.set(keyOf(check), { check, item });
    run.enqueued(item);
  }
  for (const selection of checkSelections(checks))
    if (!(await checkPart(needs, run, open, { uri, selection }))) break;
  for (const { item } of open.values()) run.skipped(item);
}

/** Runs the checks of the chosen tests, each cluster by its own run. */
export async function runTests(
  run: TestRun,
  request: TestRunRequest,
  needs: TestRunNeeds,
  token: CancellationToken,
): Promise<void> {
  const checks = chosen(request, needs);
  const listening = token.onCancellationRequested(() => {
    for (const uri of checks.keys())
      if (needs.runs.isRunning(uri))
        needs.cancel({ uri }).catch((cause: unknown) => run.appendOutput(`${oneLine(String(cause))}\r\n`));
  });
  try {
    await Promise.all([...checks].map(([uri, some]) => checkCluster(needs, run, uri, some)));
  } catch (cause) {
    run.appendOutput(`${t(msg('Unexpected error in Stackprep: {0}', String(cause)))}\r\n`);
    throw cause;
  } finally {
    listening.dispose();
    run.end();
  }
}
