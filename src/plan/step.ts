import { clusterFor } from '../cluster/for-node.ts';
import type { Cluster, ClusterNode, StepItem } from '../cluster/model.ts';
import { findStep } from '../steps/catalogue.ts';
import type { StepIntent } from '../steps/common/definition.ts';

/** What is known of a step on one node, without its script. */
export interface PlannedStep {
  readonly id: string;
  readonly isCustom: boolean;
  readonly reverts: boolean;
  readonly drifts: boolean;
  /** Whether a custom step has a `check`. */
  readonly hasCheck: boolean;
  readonly intent: StepIntent;
  /** Names of the secrets that it reads on the node. */
  readonly secrets: readonly string[];
}

/** The step on a node; undefined if there is nothing to run. */
export function plannedStep(
  cluster: Cluster,
  node: ClusterNode,
  { id, custom, isUnavailable }: StepItem,
): PlannedStep | undefined {
  if (custom) {
    const hasCheck = custom.check !== undefined;
    return { id, isCustom: true, reverts: false, drifts: true, hasCheck, intent: {}, secrets: [] };
  }
  const step = findStep(id);
  if (!step || isUnavailable) return undefined;
  const context = { cluster: clusterFor(cluster, node), node };
  const { reverts, drifts } = step;
  return {
    ...{ id, isCustom: false, reverts, drifts, hasCheck: true },
    intent: step.intent(context),
    secrets: step.secrets?.(context) ?? [],
  };
}
