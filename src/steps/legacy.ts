import { chrony } from './chrony.ts';
import type { StepDefinition } from './definition.ts';
import { firewalld } from './firewalld.ts';
import { hostsFile } from './hosts-file.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkManager, networkService } from './network-manager.ts';
import { packstack } from './packstack.ts';
import { rabbitmq } from './rabbitmq.ts';
import { repositories } from './repositories.ts';
import { sshKeys } from './ssh-keys.ts';
import { sshd } from './sshd.ts';

/** Steps whose files still hold their scripts. */
export const legacySteps: readonly StepDefinition[] = [
  sshKeys,
  hostsFile,
  repositories,
  networkInterfaces,
  firewalld,
  networkManager,
  networkService,
  chrony,
  rabbitmq,
  packstack,
  sshd,
];
