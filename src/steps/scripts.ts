// Generated from the folders of the steps by npm run generate.
import type { StepScripter } from './common/definition.ts';
import { script as chrony } from './chrony/script.ts';
import { scripts as components } from './components/script.ts';
import { script as disks } from './disks/script.ts';
import { script as etcd } from './etcd/script.ts';
import { script as firewalld } from './firewalld/script.ts';
import { script as hostname } from './hostname/script.ts';
import { script as hostsFile } from './hosts-file/script.ts';
import { script as kernel } from './kernel/script.ts';
import { script as locale } from './locale/script.ts';
import { script as mariadb } from './mariadb/script.ts';
import { script as memcached } from './memcached/script.ts';
import { script as networkInterfaces } from './network-interfaces/script.ts';
import { script as networkManager } from './network-manager/script.ts';
import { script as networkService } from './network-service/script.ts';
import { scripts as openstackPackages } from './openstack-packages/script.ts';
import { script as packstack } from './packstack/script.ts';
import { script as proxy } from './proxy/script.ts';
import { script as rabbitmq } from './rabbitmq/script.ts';
import { script as repositories } from './repositories/script.ts';
import { script as selinux } from './selinux/script.ts';
import { script as shellProfile } from './shell-profile/script.ts';
import { script as sshKeys } from './ssh-keys/script.ts';
import { script as sshd } from './sshd/script.ts';
import { script as timezone } from './timezone/script.ts';
import { script as upgrade } from './upgrade/script.ts';
import { script as users } from './users/script.ts';

/** Makes the script of a step, by its id. */
export const stepScripts: ReadonlyMap<string, StepScripter> = new Map<string, StepScripter>([
  ['chrony', chrony],
  ...Object.entries(components),
  ['disks', disks],
  ['etcd', etcd],
  ['firewalld', firewalld],
  ['hostname', hostname],
  ['hosts-file', hostsFile],
  ['kernel', kernel],
  ['locale', locale],
  ['mariadb', mariadb],
  ['memcached', memcached],
  ['network-interfaces', networkInterfaces],
  ['network-manager', networkManager],
  ['network-service', networkService],
  ...Object.entries(openstackPackages),
  ['packstack', packstack],
  ['proxy', proxy],
  ['rabbitmq', rabbitmq],
  ['repositories', repositories],
  ['selinux', selinux],
  ['shell-profile', shellProfile],
  ['ssh-keys', sshKeys],
  ['sshd', sshd],
  ['timezone', timezone],
  ['upgrade', upgrade],
  ['users', users],
]);
