import type { Cluster } from '../cluster/model.ts';
import { components } from '../data/components.ts';
import { coreComponents } from '../data/core-components.ts';
import { chrony } from './chrony.ts';
import { componentSteps } from './components.ts';
import { infoOf, type StepInfo } from './definition.ts';
import { locale, shellProfile } from './environment.ts';
import { etcd } from './etcd.ts';
import { firewalld } from './firewalld.ts';
import { hostname } from './hostname.ts';
import { hostsFile } from './hosts-file.ts';
import { mariadb } from './mariadb.ts';
import { memcached } from './memcached/info.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkManager, networkService } from './network-manager.ts';
import { openstackClientStep, openstackSelinuxStep } from './packages.ts';
import { packstack } from './packstack.ts';
import { rabbitmq } from './rabbitmq.ts';
import { repositories } from './repositories.ts';
import { selinux } from './selinux.ts';
import { sshKeys } from './ssh-keys.ts';
import { sshd } from './sshd.ts';
import { timezone } from './timezone/info.ts';
import { upgrade } from './upgrade.ts';

/** A step that the language knows and this version has no script for; the plan says so. */
export interface UnavailableStep {
  readonly id: string;
  readonly isAvailable: false;
  readonly impliedBy: (cluster: Cluster) => boolean;
}

export type CatalogueStep = StepInfo | UnavailableStep;

function unavailable(id: string, impliedBy: (cluster: Cluster) => boolean = () => false): UnavailableStep {
  return { id, isAvailable: false, impliedBy };
}

/** The components whose packages no step installs. */
const otherComponents = components
  .filter(({ name, packages }) => packages.length > 0 && !Object.hasOwn(coreComponents, name))
  .map(({ name }) =>
    unavailable(
      name,
      ({ openstack }) => openstack.installer === 'manual' && openstack.components.includes(name),
    ),
  );

/** Every step, in the order of work that follows from the settings. */
export const catalogue: readonly CatalogueStep[] = [
  infoOf(sshKeys),
  infoOf(hostname),
  infoOf(hostsFile),
  infoOf(repositories),
  infoOf(networkInterfaces),
  infoOf(firewalld),
  infoOf(networkManager),
  infoOf(networkService),
  infoOf(selinux),
  timezone,
  infoOf(upgrade),
  infoOf(openstackClientStep),
  infoOf(openstackSelinuxStep),
  infoOf(locale),
  infoOf(shellProfile),
  infoOf(chrony),
  infoOf(mariadb),
  infoOf(rabbitmq),
  memcached,
  infoOf(etcd),
  ...componentSteps.map(infoOf),
  ...otherComponents,
  infoOf(packstack),
  infoOf(sshd),
];

/** The catalogue's step of that id. */
export function findStep(id: string): CatalogueStep | undefined {
  return catalogue.find((step) => step.id === id);
}
