import { chrony } from './chrony/info.ts';
import type { StepInfo } from './common/definition.ts';
import { componentSteps } from './components/info.ts';
import { disks } from './disks/info.ts';
import { etcd } from './etcd/info.ts';
import { firewalld } from './firewalld/info.ts';
import { hostname } from './hostname/info.ts';
import { hostsFile } from './hosts-file/info.ts';
import { kernel } from './kernel/info.ts';
import { locale } from './locale/info.ts';
import { mariadb } from './mariadb/info.ts';
import { memcached } from './memcached/info.ts';
import { networkInterfaces } from './network-interfaces/info.ts';
import { networkManager } from './network-manager/info.ts';
import { networkService } from './network-service/info.ts';
import { openstackClientStep, openstackSelinuxStep } from './openstack-packages/info.ts';
import { packstack } from './packstack/info.ts';
import { proxy } from './proxy/info.ts';
import { rabbitmq } from './rabbitmq/info.ts';
import { repositories } from './repositories/info.ts';
import { selinux } from './selinux/info.ts';
import { shellProfile } from './shell-profile/info.ts';
import { sshKeys } from './ssh-keys/info.ts';
import { sshd } from './sshd/info.ts';
import { timezone } from './timezone/info.ts';
import { upgrade } from './upgrade/info.ts';
import { users } from './users/info.ts';

/** All steps, in the order of work that follows from the settings. */
export const catalogue: readonly StepInfo[] = [
  sshKeys,
  users,
  hostname,
  hostsFile,
  proxy,
  repositories,
  networkInterfaces,
  firewalld,
  networkManager,
  networkService,
  selinux,
  timezone,
  kernel,
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
  disks,
  packstack,
  sshd,
];

/** Finds a step by id. */
export function findStep(id: string): StepInfo | undefined {
  return catalogue.find((step) => step.id === id);
}
