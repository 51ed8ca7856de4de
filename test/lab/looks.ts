import type { KeyName } from './world/build.ts';
import { world7 } from './world/el7.ts';
import { world8 } from './world/el8.ts';
import { world9 } from './world/el9.ts';
import type { World } from './world/package.ts';
import type { Making } from './world/repofile.ts';

export type LookName = 'el7' | 'el8' | 'el9';

/** Who brings a node's interfaces up: the network service reads ifcfg files, NetworkManager its key files. */
export type NetworkKeeper = 'network-service' | 'network-manager';

/** How a node looks from inside: which system of the EL family it says it is, and what can be installed on it. */
export interface Look {
  /** The release of OpenStack that fits, by code name. */
  readonly openstack: string;
  readonly network: NetworkKeeper;
  /** Whether there are ifcfg files (until EL8, also where NetworkManager works). */
  readonly ifcfg: boolean;
  /** What the lab's cluster file says of the system. */
  readonly system: string;
  /** Steps that this system cannot have. */
  readonly without: readonly string[];
  /** Who the packages' keys say they are from. */
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
