import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { StepState } from '../base/states.ts';
import type { Outline, OutlineItem } from '../cluster/outline.ts';
import type { Selection } from '../plan/selection.ts';
import type { RunState, StepStatus } from '../run/state.ts';
import { failureText } from './failures.ts';
import { indexOf } from './outline-index.ts';
import { reasonText } from './reasons.ts';

/** The check of one step on one node. */
export interface Check {
  readonly node: string;
  readonly step: string;
}

/** The result of a check as a test: `errored` if the state could not be determined, `skipped` if it was not checked. */
export type CheckResult =
  | { readonly kind: 'passed' | 'skipped' }
  | { readonly kind: 'failed' | 'errored'; readonly message: Message };

/** The steps of a node that can be checked, in the order of work. */
export function checksOf(outline: Outline, node: string): readonly OutlineItem[] {
  return (indexOf(outline).stepsOf.get(node) ?? []).filter(({ runnable }) => runnable);
}

/** A part of a file whose checks are meant: a cluster, a node of it, or a step on a node. */
export interface CheckPlace {
  readonly uri: string;
  readonly node?: string;
  readonly step?: string;
}

function includes({ uri, node, step }: CheckPlace, outline: Outline, check: Check): boolean {
  return (
    uri === outline.uri &&
    (node === undefined || node === check.node) &&
    (step === undefined || step === check.step)
  );
}

/** The checks of a file in some places, without those in others; in the order of its nodes and steps. */
export function checksIn(
  outline: Outline,
  wanted: readonly CheckPlace[],
  excluded: readonly CheckPlace[],
): readonly Check[] {
  const names = new Set(wanted.map(({ node }) => node));
  const nodes = outline.nodes.filter(({ id }) => names.has(undefined) || names.has(id));
  const all = nodes.flatMap(({ id }) =>
    checksOf(outline, id).map((step): Check => ({ node: id, step: step.id })),
  );
  const isIn = (places: readonly CheckPlace[], check: Check) =>
    places.some((place) => includes(place, outline, check));
  return all.filter((check) => isIn(wanted, check) && !isIn(excluded, check));
}

/** Selections that together are exactly the checks: one for the nodes that share a set of steps. */
export function checkSelections(checks: readonly Check[]): readonly Required<Selection>[] {
  const stepsOf = new Map<string, Set<string>>();
  for (const { node, step } of checks) {
    const steps = stepsOf.get(node) ?? new Set();
    stepsOf.set(node, steps.add(step));
  }
  const groups = new Map<string, { nodes: string[]; steps: string[] }>();
  for (const [node, set] of stepsOf) {
    const steps = [...set];
    const key = JSON.stringify(steps.toSorted());
    const group = groups.get(key) ?? { nodes: [], steps };
    groups.set(key, group);
    group.nodes.push(node);
  }
  return [...groups.values()];
}

function reasonsOf({ reasons }: StepStatus, otherwise: Message): Message {
  return reasons.length === 0 ? otherwise : joined(reasons.map(reasonText), ' ');
}

function resultOf(state: StepState, status: StepStatus): CheckResult {
  switch (state) {
    case 'done':
      return { kind: 'passed' };
    case 'needed':
      return { kind: 'failed', message: reasonsOf(status, msg('The step is needed.')) };
    case 'drifted':
      return {
        kind: 'failed',
        message: reasonsOf(status, msg('The node has drifted from the cluster file.')),
      };
    case 'unknown':
      return { kind: 'errored', message: reasonsOf(status, msg('The state of the step is unknown.')) };
    default:
      return assertNever(state);
  }
}

/** The result of a check in the current run; undefined while it is not known. */
export function checkResult(state: RunState, { node, step }: Check): CheckResult | undefined {
  const { run } = state;
  const status = own(own(state.nodes, node)?.steps, step);
  if (!run || status?.state === undefined || (status.checkedAt ?? 0) < run.startedAt) return undefined;
  return resultOf(status.state, status);
}

/** The result of a check that the run has ended without. */
export function missedResult({ run, nodes }: RunState, { node }: Check): CheckResult {
  const failure = run?.refusal ?? own(nodes, node)?.failure;
  if (!failure || failure.code === 'cancelled') return { kind: 'skipped' };
  return { kind: 'errored', message: failureText(failure) };
}
