import { type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { nodesOn } from '../../cluster/on.ts';
import { findComponent } from '../../data/components.ts';
import { type ComponentPart, coreComponents } from '../../data/core-components.ts';
import type { PackageNames } from '../../data/packages.ts';
import { isLater } from '../../data/releases.ts';
import type { StepInfo } from '../common/definition.ts';

/** The nodes that a part of a component goes to. */
function nodesOf(cluster: Cluster, part: ComponentPart): readonly string[] {
  return part.on.map((role) => nodesOn(cluster.nodes, role)).find((names) => names.length > 0) ?? [];
}

function everywhere(name: string): PackageNames {
  return { 7: name, 8: name, 9: name };
}

/** The parts of a component that go to the node. */
export function partsOf(id: string, cluster: Cluster, node: ClusterNode): readonly ComponentPart[] {
  return (own(coreComponents, id) ?? []).filter((part) => nodesOf(cluster, part).includes(node.name));
}

export function componentPackages(parts: readonly ComponentPart[]): readonly PackageNames[] {
  const names = [...new Set(parts.flatMap((part) => part.packages))].map(everywhere);
  return [...names, ...parts.flatMap(({ onEl }) => onEl ?? [])];
}

function componentStep(id: string, title: Message, what: Message): StepInfo {
  const since = findComponent(id)?.since;
  return {
    id,
    isAvailable: true,
    title,
    what,
    why: msg(
      'The packages bring the programs, the units and the configuration files with their defaults; from there on the component’s own installation guide leads.',
    ),
    undo: msg('Remove the packages with yum or dnf; there is nothing else to undo.'),
    reverts: false,
    drifts: true,
    nodes: (cluster) => {
      const all = (own(coreComponents, id) ?? []).flatMap((part) => nodesOf(cluster, part));
      return cluster.nodes.map(({ name }) => name).filter((name) => all.includes(name));
    },
    impliedBy: ({ openstack: { installer, components, release } }) =>
      installer === 'manual' &&
      components.includes(id) &&
      !(since !== undefined && release !== undefined && isLater(since, release)),
    intent: ({ cluster, node }) => ({ packages: componentPackages(partsOf(id, cluster, node)) }),
  };
}

/** The core components, in the order in which the guide installs them: packages and units, no configuration. */
export const componentSteps: readonly StepInfo[] = [
  componentStep(
    'keystone',
    msg('Keystone: packages'),
    msg(
      'Installs Keystone with the web server that it runs in, on the controllers. Stackprep does not configure it and does not start it: database, Fernet keys and endpoints are yours to make.',
    ),
  ),
  componentStep(
    'glance',
    msg('Glance: packages'),
    msg(
      'Installs Glance on the controllers. Stackprep does not configure it and does not start it: its database, its account in Keystone and its store are yours to make.',
    ),
  ),
  componentStep(
    'placement',
    msg('Placement: packages'),
    msg(
      'Installs Placement on the controllers. Stackprep does not configure it and does not start it: its database and its account in Keystone are yours to make.',
    ),
  ),
  componentStep(
    'nova',
    msg('Nova: packages'),
    msg(
      'Installs Nova: API, conductor, scheduler and noVNC proxy on the controllers, nova-compute on the compute nodes. Stackprep does not configure it and does not start it: three databases, accounts and cells are yours to make.',
    ),
  ),
  componentStep(
    'neutron',
    msg('Neutron: packages'),
    msg(
      'Installs Neutron: server and agents with ML2 and Open vSwitch on the controllers, the Open vSwitch agent on the compute nodes. Stackprep does not configure it and does not start it: database, accounts and bridges are yours to make.',
    ),
  ),
  componentStep(
    'horizon',
    msg('Horizon: packages'),
    msg(
      'Installs the dashboard on the controllers. Stackprep does not configure it and does not restart the web server: local_settings is yours to write.',
    ),
  ),
  componentStep(
    'cinder',
    msg('Cinder: packages'),
    msg(
      'Installs Cinder: API and scheduler on the controllers, the volume service on the storage nodes. Stackprep does not configure it and does not start it: database, accounts and the volume group cinder-volumes are yours to make.',
    ),
  ),
];
