import type { NodeFacts } from '../base/facts.ts';
import { type ChangeKind, isReversed } from '../base/run-kind.ts';
import type { Reason, StepState } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from './selection.ts';
import { plannedStep } from './step.ts';

/** What a probe found on one node. */
export interface NodeReport {
  readonly facts: NodeFacts;
  readonly steps: ReadonlyMap<string, { readonly state: StepState; readonly reasons: readonly Reason[] }>;
}

/** What is known of the nodes, by name; nodes that could not be probed are missing. */
export type Facts = ReadonlyMap<string, NodeReport>;

/** One step on one node. */
export interface Job {
  readonly step: string;
  /** False if this version has no script for the step. */
  readonly isRunnable: boolean;
  readonly state: StepState;
  readonly reasons: readonly Reason[];
  /** The commands of a custom step. */
  readonly custom?: string;
}

export interface NodePlan {
  readonly node: ClusterNode;
  readonly facts?: NodeFacts;
  readonly jobs: readonly Job[];
}

/** What a run would do on each node; printing it is the dry run. */
export interface Plan {
  readonly cluster: string;
  readonly nodes: readonly NodePlan[];
}

/** The names of the secrets that the selected steps need, with the nodes and steps that need them. */
export function neededSecrets(
  cluster: Cluster,
  selection: Selection,
): ReadonlyMap<string, { readonly nodes: readonly string[]; readonly steps: readonly string[] }> {
  const needs = new Map<string, { nodes: Set<string>; steps: Set<string> }>();
  for (const node of selectNodes(cluster, selection)) {
    for (const item of selectSteps(cluster, node, selection)) {
      for (const name of plannedStep(cluster, node, item)?.secrets ?? []) {
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

/** Builds the plan: every selected step of every selected node, with its known state. */
export function buildPlan(
  cluster: Cluster,
  facts: Facts,
  selection: Selection = {},
  kind: ChangeKind = 'run',
): Plan {
  const nodes = selectNodes(cluster, selection).map((node): NodePlan => {
    const report = facts.get(node.name);
    const items = selectSteps(cluster, node, selection);
    const jobs = (isReversed(kind) ? items.toReversed() : items).map((item): Job => {
      const found = report?.steps.get(item.id);
      return {
        step: item.id,
        isRunnable: plannedStep(cluster, node, item) !== undefined,
        state: found?.state ?? 'unknown',
        reasons: found?.reasons ?? [],
        ...(item.custom ? { custom: item.custom.run } : {}),
      };
    });
    return { node, ...(report ? { facts: report.facts } : {}), jobs };
  });
  return { cluster: cluster.name, nodes };
}
