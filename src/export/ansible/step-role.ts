import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode, StepItem } from '../../cluster/model.ts';
import { type RunnableStep, runnableStep } from '../../plan/payload.ts';
import { type PortableScript, portableScript } from '../../plan/portable.ts';
import { findStep } from '../../steps/catalogue.ts';
import type { QuorumService } from '../../steps/common/definition.ts';

/** What the export writes for a step. */
export interface StepRole {
  readonly id: string;
  /** The name of the role, of its group and of its variables. */
  readonly role: string;
  readonly nodes: readonly string[];
  /** The script for all nodes; values are in `shared` and `own`. */
  readonly script: string;
  /** The names of its parameters. */
  readonly parameters: readonly string[];
  /** The values that all nodes have. */
  readonly shared: Readonly<Record<string, string>>;
  /** The other values, by node. */
  readonly own: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly secrets: readonly string[];
  /** The nodes on which Stackprep rolls it back unless a second login succeeds. */
  readonly guarded: readonly string[];
  /** Whether it changes packages, or what a custom step runs: it may take longer than a connection lasts. */
  readonly isLong: boolean;
  /** Whether it updates all packages, so that the node may need a reboot. */
  readonly isUpgrade: boolean;
  readonly isSerial: boolean;
  readonly restarts: readonly QuorumService[];
}

interface OnNode {
  readonly node: ClusterNode;
  readonly step: RunnableStep;
  readonly portable: PortableScript;
}

function isLong(all: readonly OnNode[]): boolean {
  return all.some(({ step: { isCustom, intent } }) =>
    Boolean(isCustom || intent.upgrade || intent.release || (intent.packages?.length ?? 0) > 0),
  );
}

/** The values of each node, divided into those that all have in common and the others. */
function divided(all: readonly OnNode[]): Pick<StepRole, 'parameters' | 'shared' | 'own'> {
  const parameters = [...new Set(all.flatMap(({ portable }) => Object.keys(portable.values)))];
  const first = all[0]?.portable.values ?? {};
  const isShared = (name: string) =>
    all.every(({ portable }) => own(portable.values, name) === own(first, name));
  const pick = (values: Readonly<Record<string, string>>, which: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => which(name)));
  const others = all.map(
    ({ node, portable }) => [node.name, pick(portable.values, (name) => !isShared(name))] as const,
  );
  return {
    parameters,
    shared: pick(first, isShared),
    own: new Map(others.filter(([, values]) => Object.keys(values).length > 0)),
  };
}

/** The role of a step on its nodes; undefined if this version cannot run it, or if no node has it. */
export function stepRole(cluster: Cluster, item: StepItem, role: string): StepRole | undefined {
  const all = cluster.nodes.flatMap((node): readonly OnNode[] => {
    const step = item.nodes.includes(node.name) ? runnableStep(cluster, node, item) : undefined;
    return step ? [{ node, step, portable: portableScript(step, item.custom?.run) }] : [];
  });
  const [first] = all;
  if (!first) return undefined;
  if (all.some(({ portable }) => portable.text !== first.portable.text))
    throw new Error(`The script of ${item.id} differs between nodes by more than its values`);
  const info = findStep(item.id);
  const known = item.custom === undefined ? info : undefined;
  return {
    ...{ id: item.id, role, nodes: all.map(({ node }) => node.name) },
    ...{ script: first.portable.text, ...divided(all) },
    secrets: [...new Set(all.flatMap(({ portable }) => portable.secrets))],
    guarded: all.filter(({ portable }) => portable.isGuarded).map(({ node }) => node.name),
    isUpgrade: all.some(({ step }) => step.intent.upgrade === true),
    ...{ isLong: isLong(all), isSerial: known?.serial ?? false, restarts: known?.restarts ?? [] },
  };
}
