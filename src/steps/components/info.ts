import { type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { nodesOn } from '../../cluster/on.ts';
import { type ComponentPart, componentParts } from '../../data/component-parts.ts';
import { findComponent } from '../../data/components.ts';
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

/** The first and last release that have something. */
interface ReleaseRange {
  readonly since?: string;
  readonly until?: string;
}

/** Whether a release has something; without a release, whatever the newest releases have. */
function isIn(release: string | undefined, { since, until }: ReleaseRange): boolean {
  if (release === undefined) return until === undefined;
  return (
    !(since !== undefined && isLater(since, release)) && !(until !== undefined && isLater(release, until))
  );
}

/** The parts of a component on the node in the release of the cluster. */
export function partsOf(id: string, cluster: Cluster, node: ClusterNode): readonly ComponentPart[] {
  const { release } = cluster.openstack;
  return (own(componentParts, id) ?? []).filter(
    (part) => isIn(release, part) && nodesOf(cluster, part).includes(node.name),
  );
}

export function componentPackages(parts: readonly ComponentPart[]): readonly PackageNames[] {
  const names = [...new Set(parts.flatMap((part) => part.packages))].map(everywhere);
  return [...names, ...parts.flatMap(({ onEl }) => onEl ?? [])];
}

/** Whether the release has no packages of a component. */
function isMissing(id: string, { openstack: { release } }: Cluster): boolean {
  const { since, last } = findComponent(id) ?? {};
  if (release === undefined) return false;
  return !isIn(release, {
    ...(since === undefined ? {} : { since }),
    ...(last === undefined ? {} : { until: last }),
  });
}

function componentStep(id: string, title: Message, what: Message): StepInfo {
  return {
    id,
    title,
    what,
    why: msg(
      'The packages provide the programs, units and default configuration files. Continue with the installation guide of the component.',
    ),
    undo: msg('Remove the packages with yum or dnf; nothing else was changed.'),
    reverts: false,
    drifts: true,
    isMissing: (cluster) => isMissing(id, cluster),
    nodes: (cluster) => {
      const all = (own(componentParts, id) ?? []).flatMap((part) => nodesOf(cluster, part));
      return cluster.nodes.map(({ name }) => name).filter((name) => all.includes(name));
    },
    impliedBy: (cluster) =>
      cluster.openstack.installer === 'manual' &&
      cluster.openstack.components.includes(id) &&
      !isMissing(id, cluster),
    intent: ({ cluster, node }) => ({ packages: componentPackages(partsOf(id, cluster, node)) }),
  };
}

/** The components in the order of the installation guide: packages and units, no configuration. */
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
      'Installs Neutron: server and ML2 on the controllers, the agents and Open vSwitch on the network nodes or else the controllers, the Open vSwitch agent on the compute nodes. Stackprep neither configures nor starts it: create the database, accounts and bridges yourself.',
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
  componentStep(
    'swift',
    msg('Swift: packages'),
    msg(
      'Installs Swift: the proxy on the controllers, the account, container and object servers with rsync on the storage nodes. Stackprep neither configures nor starts it: create the rings yourself.',
    ),
  ),
  componentStep(
    'heat',
    msg('Heat: packages'),
    msg(
      'Installs Heat on the controllers: both APIs and the engine. Stackprep neither configures nor starts it: create its database, accounts and domain yourself.',
    ),
  ),
  componentStep(
    'mistral',
    msg('Mistral: packages'),
    msg(
      'Installs Mistral on the controllers: API, engine and executor, and the event engine and notifier where the release has them. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'ceilometer',
    msg('Ceilometer: packages'),
    msg(
      'Installs Ceilometer: the notification and central agents on the controllers, the compute agent on the compute nodes. Stackprep neither configures nor starts it: create its Keystone account and pipeline yourself.',
    ),
  ),
  componentStep(
    'gnocchi',
    msg('Gnocchi: packages'),
    msg(
      'Installs Gnocchi on the controllers: API and metricd. Stackprep neither configures nor starts it: create its database, Keystone account and store yourself.',
    ),
  ),
  componentStep(
    'aodh',
    msg('Aodh: packages'),
    msg(
      'Installs Aodh on the controllers. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'panko',
    msg('Panko: packages'),
    msg(
      'Installs Panko and its web server on the controllers. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'trove',
    msg('Trove: packages'),
    msg(
      'Installs Trove on the controllers: API, task manager and conductor; the guest agent belongs in the images. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'sahara',
    msg('Sahara: packages'),
    msg(
      'Installs Sahara on the controllers: API and engine. Stackprep neither configures nor starts it: create its database and Keystone account yourself.',
    ),
  ),
  componentStep(
    'ironic',
    msg('Ironic: packages'),
    msg(
      'Installs Ironic on the controllers: API and conductor. Stackprep neither configures nor starts it: create its database, Keystone account and TFTP server yourself.',
    ),
  ),
  componentStep(
    'zaqar',
    msg('Zaqar: packages'),
    msg(
      'Installs Zaqar on the controllers. Stackprep neither configures nor starts it: create its message store and Keystone account yourself.',
    ),
  ),
  componentStep(
    'manila',
    msg('Manila: packages'),
    msg(
      'Installs Manila: API and scheduler on the controllers, the share service on the storage nodes. Stackprep neither configures nor starts it: create its database, Keystone account and back end yourself.',
    ),
  ),
  componentStep(
    'designate',
    msg('Designate: packages'),
    msg(
      'Installs Designate and the name server BIND on the controllers. Stackprep neither configures nor starts it: create its database, Keystone account, pools and rndc key yourself.',
    ),
  ),
  componentStep(
    'barbican',
    msg('Barbican: packages'),
    msg(
      'Installs Barbican on the controllers: API, worker and Keystone listener, and the retry service where the release has it. Stackprep neither configures nor starts it: create its database, Keystone account and secret store yourself.',
    ),
  ),
  componentStep(
    'magnum',
    msg('Magnum: packages'),
    msg(
      'Installs Magnum on the controllers: API and conductor. Stackprep neither configures nor starts it: create its database, account and domain yourself.',
    ),
  ),
  componentStep(
    'octavia',
    msg('Octavia: packages'),
    msg(
      'Installs Octavia on the controllers: API, health manager, housekeeping and worker, and the driver agent where the release has it. Stackprep neither configures nor starts it: create its database, account, certificates and image yourself.',
    ),
  ),
];
