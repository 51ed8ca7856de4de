import type { NodeFacts } from '../base/facts.ts';
import type { Reason, StepState } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { type Payload, payload, runnableStep, type SecretValues } from './payload.ts';

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

export interface ProbeRequest {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly selection: Selection;
  readonly secrets?: SecretValues;
}

/** The payload of a node's probe: facts and all checks in one round trip; what needs a secret that is missing is unknown. */
export function probePayload({ cluster, node, selection, secrets }: ProbeRequest): Payload {
  const steps = selectSteps(cluster, node, selection).map((item) => runnableStep(cluster, node, item));
  return payload(
    'probe',
    steps.filter((step) => step !== undefined),
    secrets,
  );
}

/** The names of the secrets that a selection's steps need, with the nodes and steps that need them. */
export function neededSecrets(
  cluster: Cluster,
  selection: Selection,
): ReadonlyMap<string, { readonly nodes: readonly string[]; readonly steps: readonly string[] }> {
  const needs = new Map<string, { nodes: Set<string>; steps: Set<string> }>();
  for (const node of selectNodes(cluster, selection)) {
    for (const item of selectSteps(cluster, node, selection)) {
      for (const name of runnableStep(cluster, node, item)?.secrets ?? []) {
        const need = needs.get(name) ?? { nodes: new Set(), steps: new Set() };
        need.nodes.add(node.name);
        need.steps.add(item.id);
        needs.set(name, need);
      }
    }
  }
  return new Map(
    [...needs].map(([name, { nodes, steps }]) => [name, { nodes: [...nodes], steps: [...steps] }]),
  );
}

/** The plan over what is known: every selected step of every selected node, with its state and its job. */
export function buildPlan(
  cluster: Cluster,
  facts: Facts,
  selection: Selection = {},
  kind: 'run' | 'undo' = 'run',
): Plan {
  const nodes = selectNodes(cluster, selection).map((node): NodePlan => {
    const report = facts.get(node.name);
    const items = selectSteps(cluster, node, selection);
    const jobs = (kind === 'undo' ? items.toReversed() : items).map((item): Job => {
      const found = report?.steps.get(item.id);
      const step = runnableStep(cluster, node, item);
      return {
        step: item.id,
        ...(step ? { payload: payload(kind, [step]) } : {}),
        state: found?.state ?? 'unknown',
        reasons: found?.reasons ?? [],
      };
    });
    return { node, ...(report ? { facts: report.facts } : {}), jobs };
  });
  return { cluster: cluster.name, nodes };
}
