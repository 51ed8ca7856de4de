import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { NodeFacts } from '../facts.ts';
import type { Reason, StepState } from '../run/events.ts';
import { type Payload, payload, runnableStep } from './payload.ts';

/** What a probe found on one node. */
export interface NodeReport {
  readonly facts: NodeFacts;
  readonly steps: ReadonlyMap<string, { readonly state: StepState; readonly reasons: readonly Reason[] }>;
}

/** What is known of the nodes, by name; a node that could not be probed is not in it. */
export type Facts = ReadonlyMap<string, NodeReport>;

/** Which nodes and steps are meant; absent means all. */
export interface Selection {
  readonly nodes?: readonly string[];
  readonly steps?: readonly string[];
}

/** One step on one node, ready to be sent. */
export interface Job {
  readonly step: string;
  /** Absent for a step that this version has no script for. */
  readonly payload?: Payload;
  readonly state: StepState;
  readonly reasons: readonly Reason[];
}

export interface NodePlan {
  readonly node: ClusterNode;
  readonly facts?: NodeFacts;
  readonly jobs: readonly Job[];
}

/** What a run would do, node by node; printing it is the dry run. */
export interface Plan {
  readonly cluster: string;
  readonly nodes: readonly NodePlan[];
}

function selects(wanted: readonly string[] | undefined, name: string): boolean {
  return wanted === undefined || wanted.includes(name);
}

/** The nodes that a selection means. */
export function selectNodes(cluster: Cluster, selection: Selection): readonly ClusterNode[] {
  return cluster.nodes.filter((node) => selects(selection.nodes, node.name));
}

/** The steps of a node that a selection means, in the order of work. */
export function selectSteps(cluster: Cluster, node: ClusterNode, selection: Selection) {
  return cluster.steps.filter((item) => item.nodes.includes(node.name) && selects(selection.steps, item.id));
}

/** The payload of a node's probe: facts and all checks in one round trip. */
export function probePayload(cluster: Cluster, node: ClusterNode, selection: Selection): Payload {
  const steps = selectSteps(cluster, node, selection).map((item) => runnableStep(cluster, node, item));
  return payload(
    'probe',
    steps.filter((step) => step !== undefined),
  );
}

/** The plan over what is known: every selected step of every selected node, with its state and its job. */
export function buildPlan(cluster: Cluster, facts: Facts, selection: Selection = {}): Plan {
  const nodes = selectNodes(cluster, selection).map((node): NodePlan => {
    const report = facts.get(node.name);
    const jobs = selectSteps(cluster, node, selection).map((item): Job => {
      const found = report?.steps.get(item.id);
      const step = runnableStep(cluster, node, item);
      return {
        step: item.id,
        ...(step ? { payload: payload('run', [step]) } : {}),
        state: found?.state ?? 'unknown',
        reasons: found?.reasons ?? [],
      };
    });
    return { node, ...(report ? { facts: report.facts } : {}), jobs };
  });
  return { cluster: cluster.name, nodes };
}
