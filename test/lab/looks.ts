import type { KeyName } from './world/build.ts';
import { world7 } from './world/el7.ts';
import type { World } from './world/package.ts';
import type { Making } from './world/repofile.ts';

export type LookName = 'el7';

/** How a node looks from inside: which system of the EL family it says it is, and what can be installed on it. */
export interface Look {
  /** The release of OpenStack that fits, by code name. */
  readonly openstack: string;
  readonly keyOwners: Readonly<Record<KeyName, string>>;
  readonly world: (making: Making) => World;
}

export const looks: Readonly<Record<LookName, Look>> = {
  el7: {
    openstack: 'stein',
    keyOwners: { distribution: 'CentOS-7 Key (CentOS 7 Official Signing Key)', sig: 'CentOS Cloud SIG' },
    world: world7,
  },
};

export const lookNames = Object.keys(looks) as readonly LookName[];
