import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { type Payload, payload, runnableStep, type SecretValues } from './payload.ts';
import type { Job, NodePlan } from './plan.ts';
import { type Selection, selectSteps } from './selection.ts';

/** A job with its payload; none if this version has no script for the step. */
export interface ReadyJob extends Job {
  readonly payload?: Payload;
}

/** A node's plan with the payloads. */
export interface ReadyPlan extends NodePlan {
  readonly jobs: readonly ReadyJob[];
}

/** Adds the payloads to a node's plan. */
export function readyPlan(cluster: Cluster, plan: NodePlan, kind: 'run' | 'undo' = 'run'): ReadyPlan {
  const items = new Map(cluster.steps.map((item) => [item.id, item]));
  const jobs = plan.jobs.map((job): ReadyJob => {
    const item = items.get(job.step);
    const step = item && runnableStep(cluster, plan.node, item);
    return step ? { ...job, payload: payload(kind, [step]) } : job;
  });
  return { ...plan, jobs };
}

export interface ProbeRequest {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly selection: Selection;
  readonly secrets?: SecretValues;
}

/** The payload of a preview: a probe that also shows what would change. */
export function previewPayload({ cluster, node, selection, secrets }: ProbeRequest): Payload {
  const steps = selectSteps(cluster, node, selection).map((item) => runnableStep(cluster, node, item));
  return payload(
    'preview',
    steps.filter((step) => step !== undefined),
    secrets,
  );
}

/** The payload of a probe: facts and all checks in one round trip; a check that lacks a secret is `unknown`. */
export function probePayload({ cluster, node, selection, secrets }: ProbeRequest): Payload {
  const steps = selectSteps(cluster, node, selection).map((item) => runnableStep(cluster, node, item));
  return payload(
    'probe',
    steps.filter((step) => step !== undefined),
    secrets,
  );
}
