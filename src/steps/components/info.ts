import { type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { nodesOn } from '../../cluster/on.ts';
import { findComponent } from '../../data/components.ts';
import { type ComponentPart, coreComponents } from '../../data/core-components.ts';
import type { PackageNames } from '../../data/packages.ts';
import { isLater } from '../../data/releases.ts';
import type { StepInfo } from '../common/definition.ts';

/** The nodes of a part of a component. */
function nodesOf(cluster: Cluster, part: ComponentPart): readonly string[] {
  return part.on.map((role) => nodesOn(cluster.nodes, role)).find((names) => names.length > 0) ?? [];
}

function everywhere(name: string): PackageNames {
  return { 7: name, 8: name, 9: name };
}

/** The parts of a component on the node. */
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
      'The packages provide the programs, units and default configuration files. Continue with the installation guide of the component.',
    ),
    undo: msg('Remove the packages with yum or dnf; nothing else was changed.'),
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

/** The core components in the order of the installation guide: packages and units, no configuration. */
export const componentSteps: readonly StepInfo[] = [
  componentStep(
    'keystone',
    msg('Keystone: packages'),
    msg(
      'Installs Keystone and its web server on the controllers. Stackprep neither configures nor starts it: create the database, Fernet keys and endpoints yourself.',
    ),
  ),
  componentStep(
    'glance',
    msg('Glance: packages'),
    msg(
      'Installs Glance on the controllers. Stackprep neither configures nor starts it: create its database, Keystone account and store yourself.',
    ),
  ),
  componentStep(
    'placement',
    msg('Placement: packages'),
    msg(
      'Installs Placement on the controllers. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'nova',
    msg('Nova: packages'),
    msg(
      'Installs Nova: API, conductor, scheduler and noVNC proxy on the controllers, nova-compute on the compute nodes. Stackprep neither configures nor starts it: create the three databases, accounts and cells yourself.',
    ),
  ),
  componentStep(
    'neutron',
    msg('Neutron: packages'),
    msg(
      'Installs Neutron: server and agents with ML2 and Open vSwitch on the controllers, the Open vSwitch agent on the compute nodes. Stackprep neither configures nor starts it: create the database, accounts and bridges yourself.',
    ),
  ),
  componentStep(
    'horizon',
    msg('Horizon: packages'),
    msg(
      'Installs the dashboard on the controllers. Stackprep neither configures it nor restarts the web server: write local_settings yourself.',
    ),
  ),
  componentStep(
    'cinder',
    msg('Cinder: packages'),
    msg(
      'Installs Cinder: API and scheduler on the controllers, the volume service on the storage nodes. Stackprep neither configures nor starts it: create the database, accounts and the volume group cinder-volumes yourself.',
    ),
  ),
];
