import type { El } from '../../base/facts.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { clusterFor, systemsOfNodes } from '../../cluster/for-node.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { findRelease } from '../../data/releases.ts';
import { changesOf } from '../../steps/changes.ts';
import type { StepInfo, StepIntent } from '../../steps/common/definition.ts';
import { codes, type Page } from './page.ts';

/** Possible generations of the nodes: those of their systems, else those that the release was built for. */
function generations(cluster: Cluster): readonly El[] {
  const { release } = cluster.openstack;
  const built = release === undefined ? [] : (findRelease(release)?.el ?? []);
  return [...new Set([...systemsOfNodes(cluster)].flatMap((os) => os?.el ?? built))].sort((a, b) => a - b);
}

/** The packages that a step installs on one generation. */
export interface Resolved {
  readonly el: El;
  readonly packages: readonly string[];
}

/** The packages that a step installs on the possible systems of a node; empty if there are none or nothing is known. */
function packagesOn({ packages = [] }: StepIntent, cluster: Cluster): readonly Resolved[] {
  return generations(cluster).flatMap((el) => {
    const names = packages.flatMap((row) => row[el] ?? []);
    return names.length === 0 ? [] : [{ el, packages: names }];
  });
}

function intentOn(step: StepInfo, cluster: Cluster, node: ClusterNode): StepIntent {
  return step.intent({ cluster: clusterFor(cluster, node), node });
}

/** The packages that a step installs on the first node. */
export function resolvedPackages(step: StepInfo, cluster: Cluster): readonly Resolved[] {
  const [node] = cluster.nodes;
  return node ? packagesOn(intentOn(step, cluster, node), cluster) : [];
}

/** What a step changes on some nodes, as sentences. */
interface Effect {
  readonly nodes: readonly string[];
  readonly texts: readonly Message[];
}

/** What a step changes, once for all nodes where that is the same. */
function effects(step: StepInfo, cluster: Cluster): readonly Effect[] {
  const names = step.nodes ? new Set(step.nodes(cluster)) : undefined;
  const found = new Map<string, { readonly nodes: string[]; readonly texts: readonly Message[] }>();
  const keys = new Map<string, string>();
  for (const node of cluster.nodes) {
    if (names && !names.has(node.name)) continue;
    // Thousands of nodes have few different roles and settings.
    const kind = JSON.stringify([node.roles, node.own]);
    const known = keys.get(kind);
    if (known !== undefined) {
      found.get(known)?.nodes.push(node.name);
      continue;
    }
    const { packages, ...rest } = intentOn(step, cluster, node);
    const resolved = packagesOn({ packages: packages ?? [] }, cluster);
    const texts = [
      ...changesOf(rest),
      ...resolved.map(({ el, packages: all }) => msg('On EL{0}: {1}', el, codes(all))),
    ];
    const key = JSON.stringify(texts);
    keys.set(kind, key);
    const entry = found.get(key) ?? { nodes: [], texts };
    entry.nodes.push(node.name);
    found.set(key, entry);
  }
  return [...found.values()].filter(({ texts }) => texts.length > 0);
}

/** A line per change; with its nodes, where other nodes get others. */
function effectTexts(all: readonly Effect[]): readonly Message[] {
  const [only] = all;
  if (all.length < 2) return only?.texts ?? [];
  return all.flatMap(({ nodes, texts }) => {
    const [shown, more] = [nodes.slice(0, 3), nodes.length - 3];
    const where = more > 0 ? msg('{0} and {1} more', codes(shown), more) : codes(shown);
    return texts.map((text) => joined([where, ' – ', text]));
  });
}

/** The explanation of a catalogue step: what it does, why, how to undo it, and its effect on the nodes. */
export function explainStep(step: StepInfo, cluster: Cluster | undefined): Page {
  const release = cluster && step.isMissing?.(cluster) ? cluster.openstack.release : undefined;
  return [
    joined(['**', step.title, '**']),
    step.what,
    ...(release === undefined ? [] : [msg('RDO has no packages of it for {0}.', release)]),
    cluster ? effectTexts(effects(step, cluster)) : [],
    msg('*Why:* {0}', step.why),
    step.reverts ? step.undo : msg('*Undo:* {0}', step.undo),
  ];
}
