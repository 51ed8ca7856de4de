import { chrony } from './chrony.ts';
import type { StepDefinition } from './definition.ts';
import { hostsFile } from './hosts-file.ts';
import { packstack } from './packstack.ts';
import { rabbitmq } from './rabbitmq.ts';
import { repositories } from './repositories.ts';
import { sshKeys } from './ssh-keys.ts';

/** Steps whose files still hold their scripts. */
export const legacySteps: readonly StepDefinition[] = [
  sshKeys,
  hostsFile,
  repositories,
  chrony,
  rabbitmq,
  packstack,
];
