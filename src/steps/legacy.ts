import { chrony } from './chrony.ts';
import { componentSteps } from './components.ts';
import type { StepDefinition } from './definition.ts';
import { locale, shellProfile } from './environment.ts';
import { etcd } from './etcd.ts';
import { firewalld } from './firewalld.ts';
import { hostname } from './hostname.ts';
import { hostsFile } from './hosts-file.ts';
import { mariadb } from './mariadb.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkManager, networkService } from './network-manager.ts';
import { openstackClientStep, openstackSelinuxStep } from './packages.ts';
import { packstack } from './packstack.ts';
import { rabbitmq } from './rabbitmq.ts';
import { repositories } from './repositories.ts';
import { selinux } from './selinux.ts';
import { sshKeys } from './ssh-keys.ts';
import { sshd } from './sshd.ts';
import { upgrade } from './upgrade.ts';

/** Steps whose files still hold their scripts. */
export const legacySteps: readonly StepDefinition[] = [
  sshKeys,
  hostname,
  hostsFile,
  repositories,
  networkInterfaces,
  firewalld,
  networkManager,
  networkService,
  selinux,
  upgrade,
  openstackClientStep,
  openstackSelinuxStep,
  locale,
  shellProfile,
  chrony,
  mariadb,
  rabbitmq,
  etcd,
  ...componentSteps,
  packstack,
  sshd,
];
