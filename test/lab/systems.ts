import type { KeyName } from './distributions/build.ts';
import { centos7 } from './distributions/el7.ts';
import { stream8 } from './distributions/el8.ts';
import { stream9 } from './distributions/el9.ts';
import type { Distribution } from './distributions/package.ts';
import type { DistributionOptions } from './distributions/repofile.ts';

export type SystemName = 'el7' | 'el8' | 'el9';

/** What configures a node's interfaces: the network service with ifcfg files, or NetworkManager with its key files. */
export type NetworkManagement = 'network-service' | 'network-manager';

/** A system of the EL family as a node presents it, and the packages that can be installed on it. */
export interface LabSystem {
  /** The matching OpenStack release, by code name. */
  readonly openstack: string;
  readonly network: NetworkManagement;
  /** Whether there are ifcfg files (up to EL8, even with NetworkManager). */
  readonly ifcfg: boolean;
  /** System settings in the lab's cluster file. */
  readonly settings: string;
  /** Steps that this system does not support. */
  readonly without: readonly string[];
  /** The owners of the package signing keys. */
  readonly keyOwners: Readonly<Record<KeyName, string>>;
  readonly distribution: (options: DistributionOptions) => Distribution;
}

const sig = 'CentOS Cloud SIG';

export const systems: Readonly<Record<SystemName, LabSystem>> = {
  el7: {
    openstack: 'stein',
    network: 'network-service',
    ifcfg: true,
    settings: 'firewalld: disabled, network-manager: disabled',
    without: [],
    keyOwners: { distribution: 'CentOS-7 Key (CentOS 7 Official Signing Key)', sig },
    distribution: centos7,
  },
  el8: {
    openstack: 'yoga',
    network: 'network-manager',
    ifcfg: true,
    settings: 'firewalld: enabled, network-manager: disabled',
    without: [],
    keyOwners: { distribution: 'CentOS (CentOS Official Signing Key)', sig },
    distribution: stream8,
  },
  el9: {
    openstack: 'epoxy',
    network: 'network-manager',
    ifcfg: false,
    settings: 'firewalld: enabled, network-manager: enabled',
    without: ['network-service'],
    keyOwners: { distribution: 'CentOS (CentOS Official Signing Key)', sig },
    distribution: stream9,
  },
};

export const systemNames = Object.keys(systems) as readonly SystemName[];
