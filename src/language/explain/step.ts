import type { El } from '../../base/facts.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { clusterFor, systemsOfNodes } from '../../cluster/for-node.ts';
import type { Cluster } from '../../cluster/model.ts';
import { findRelease } from '../../data/releases.ts';
import { changesOf } from '../../steps/changes.ts';
import type { StepInfo } from '../../steps/common/definition.ts';
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

/** The packages that a step installs on the possible systems of the nodes; empty if there are none or nothing is known. */
export function resolvedPackages(step: StepInfo, cluster: Cluster): readonly Resolved[] {
  const [node] = cluster.nodes;
  if (!node) return [];
  const { packages = [] } = step.intent({ cluster: clusterFor(cluster, node), node });
  return generations(cluster).flatMap((el) => {
    const names = packages.flatMap((row) => row[el] ?? []);
    return names.length === 0 ? [] : [{ el, packages: names }];
  });
}

/** The changes of a step other than packages, which are listed by generation. */
function changes(step: StepInfo, cluster: Cluster): readonly Message[] {
  const [node] = cluster.nodes;
  if (!node) return [];
  const { packages: _, ...intent } = step.intent({ cluster: clusterFor(cluster, node), node });
  return changesOf(intent);
}

/** The explanation of a catalogue step: what it does, why, how to undo it, and its effect on the nodes. */
export function explainStep(step: StepInfo, cluster: Cluster | undefined): Page {
  const release = cluster && step.isMissing?.(cluster) ? cluster.openstack.release : undefined;
  const resolved = cluster ? resolvedPackages(step, cluster) : [];
  return [
    joined(['**', step.title, '**']),
    step.what,
    ...(release === undefined ? [] : [msg('RDO has no packages of it for {0}.', release)]),
    cluster ? changes(step, cluster) : [],
    msg('*Why:* {0}', step.why),
    step.reverts ? step.undo : msg('*Undo:* {0}', step.undo),
    resolved.map(({ el, packages }) => msg('On EL{0}: {1}', el, codes(packages))),
  ];
}
