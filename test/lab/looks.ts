import type { KeyName } from './world/build.ts';
import { world7 } from './world/el7.ts';
import { world8 } from './world/el8.ts';
import { world9 } from './world/el9.ts';
import type { World } from './world/package.ts';
import type { Making } from './world/repofile.ts';

export type LookName = 'el7' | 'el8' | 'el9';

/** What configures a node's interfaces: the network service with ifcfg files, or NetworkManager with its key files. */
export type NetworkKeeper = 'network-service' | 'network-manager';

/** A system of the EL family as a node presents it, and the packages that can be installed on it. */
export interface Look {
  /** The matching OpenStack release, by code name. */
  readonly openstack: string;
  readonly network: NetworkKeeper;
  /** Whether there are ifcfg files (up to EL8, even with NetworkManager). */
  readonly ifcfg: boolean;
  /** System settings in the lab's cluster file. */
  readonly system: string;
  /** Steps that this system does not support. */
  readonly without: readonly string[];
  /** The owners of the package signing keys. */
  readonly keyOwners: Readonly<Record<KeyName, string>>;
  readonly world: (making: Making) => World;
}

const sig = 'CentOS Cloud SIG';

export const looks: Readonly<Record<LookName, Look>> = {
  el7: {
    openstack: 'stein',
    network: 'network-service',
    ifcfg: true,
    system: 'firewalld: disabled, network-manager: disabled',
    without: [],
    keyOwners: { distribution: 'CentOS-7 Key (CentOS 7 Official Signing Key)', sig },
    world: world7,
  },
  el8: {
    openstack: 'yoga',
    network: 'network-manager',
    ifcfg: true,
    system: 'firewalld: enabled, network-manager: disabled',
    without: [],
    keyOwners: { distribution: 'CentOS (CentOS Official Signing Key)', sig },
    world: world8,
  },
  el9: {
    openstack: 'epoxy',
    network: 'network-manager',
    ifcfg: false,
    system: 'firewalld: enabled, network-manager: enabled',
    without: ['network-service'],
    keyOwners: { distribution: 'CentOS (CentOS Official Signing Key)', sig },
    world: world9,
  },
};

export const lookNames = Object.keys(looks) as readonly LookName[];
