import type { Cluster } from '../cluster/model.ts';
import { components } from '../data/components.ts';
import { coreComponents } from '../data/core-components.ts';
import { chrony } from './chrony.ts';
import { componentSteps } from './components.ts';
import type { StepDefinition } from './definition.ts';
import { locale, shellProfile } from './environment.ts';
import { etcd } from './etcd.ts';
import { firewalld } from './firewalld.ts';
import { hostname } from './hostname.ts';
import { hostsFile } from './hosts-file.ts';
import { mariadb } from './mariadb.ts';
import { memcached } from './memcached.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkManager, networkService } from './network-manager.ts';
import { openstackClientStep, openstackSelinuxStep } from './packages.ts';
import { packstack } from './packstack.ts';
import { rabbitmq } from './rabbitmq.ts';
import { repositories } from './repositories.ts';
import { selinux } from './selinux.ts';
import { sshKeys } from './ssh-keys.ts';
import { sshd } from './sshd.ts';
import { timezone } from './timezone.ts';
import { upgrade } from './upgrade.ts';

/** A step that the language knows and this version has no script for; the plan says so. */
export interface UnavailableStep {
  readonly id: string;
  readonly script?: undefined;
  readonly impliedBy: (cluster: Cluster) => boolean;
}

export type CatalogueStep = StepDefinition | UnavailableStep;

function unavailable(id: string, impliedBy: (cluster: Cluster) => boolean = () => false): UnavailableStep {
  return { id, impliedBy };
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
  sshKeys,
  hostname,
  hostsFile,
  repositories,
  networkInterfaces,
  firewalld,
  networkManager,
  networkService,
  selinux,
  timezone,
  upgrade,
  openstackClientStep,
  openstackSelinuxStep,
  locale,
  shellProfile,
  chrony,
  mariadb,
  rabbitmq,
  memcached,
  etcd,
  ...componentSteps,
  ...otherComponents,
  packstack,
  sshd,
];

/** The catalogue's step of that id. */
export function findStep(id: string): CatalogueStep | undefined {
  return catalogue.find((step) => step.id === id);
}
