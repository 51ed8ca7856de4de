import { own } from '../base/own.ts';
import type { NodeStatus, RunState, StepStatus } from './state.ts';

/** Changes each value of a record; names from a file may be those of inherited properties. */
function mapped<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** Marks everything as read from storage: no event of this window has confirmed it. */
export function asOld({ run, nodes }: RunState): RunState {
  const oldStep = (step: StepStatus): StepStatus => ({ ...step, isOld: true });
  const oldNode = (node: NodeStatus): NodeStatus => ({
    ...node,
    isOld: true,
    steps: mapped(node.steps, oldStep),
  });
  return { ...(run ? { run: { ...run, isOld: true } } : {}), nodes: mapped(nodes, oldNode) };
}

/** Removes what was in progress when the process of the run ended. */
export function withoutProgress(state: RunState): RunState {
  const still = ({ phase: _, yum: __, pace: ___, ...rest }: StepStatus): StepStatus => rest;
  const idle = (node: NodeStatus): NodeStatus => ({
    ...node,
    connection: node.connection === 'failed' ? 'failed' : 'idle',
    steps: mapped(node.steps, still),
  });
  return { ...state, nodes: mapped(state.nodes, idle) };
}

/** The state of a run on top of that of an earlier one: what the run did not touch stays as the earlier run left it. */
export function onTopOf(newer: RunState, older: RunState): RunState {
  const nodes = new Map(Object.entries(older.nodes));
  for (const [name, node] of Object.entries(newer.nodes)) {
    const before = own(older.nodes, name);
    nodes.set(name, {
      ...(before?.facts ? { facts: before.facts } : {}),
      ...(before?.factsAt === undefined ? {} : { factsAt: before.factsAt }),
      ...node,
      steps: Object.fromEntries([...Object.entries(before?.steps ?? {}), ...Object.entries(node.steps)]),
    });
  }
  const run = newer.run ?? older.run;
  return { ...(run ? { run } : {}), nodes: Object.fromEntries(nodes) };
}
