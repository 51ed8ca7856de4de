import { own } from '../base/own.ts';
import { isLater } from './releases.ts';
import type { Source } from './sources.ts';

/** The Packstack version of each release that has one; sources: RI, PS. */
export const packstackVersions: Readonly<Record<string, string>> = {
  ocata: '10.0.1',
  pike: '11.0.1',
  queens: '12.0.1',
  rocky: '13.0.0',
  stein: '14.0.0',
  train: '15.1.0',
  ussuri: '16.1.0',
  victoria: '17.0.0',
  wallaby: '18.0.1',
  xena: '19.0.1',
  yoga: '20.0.1',
  zed: '21.0.1',
  antelope: '22.0.0',
  bobcat: '23.0.0',
  caracal: '24.0.0',
  dalmatian: '25.0.0',
  epoxy: '26.0.0',
};

/** The key of the answer file that installs a component. */
export interface PackstackOption {
  readonly key: string;
  /** Packstack's default for the key; `always` if the component cannot be disabled. */
  readonly default: 'y' | 'n' | 'always';
  /** The last release whose Packstack has the key. */
  readonly until?: string;
  readonly source: Source;
}

function option(key: string, value: PackstackOption['default'], until?: string): PackstackOption {
  return { key, default: value, source: 'PS', ...(until === undefined ? {} : { until }) };
}

/** By component; Packstack cannot install components that are missing here. */
export const packstackOptions: Readonly<Record<string, PackstackOption>> = {
  keystone: option('CONFIG_KEYSTONE_ADMIN_PW', 'always'),
  placement: option('CONFIG_NOVA_INSTALL', 'always'),
  glance: option('CONFIG_GLANCE_INSTALL', 'y'),
  nova: option('CONFIG_NOVA_INSTALL', 'y'),
  neutron: option('CONFIG_NEUTRON_INSTALL', 'y'),
  cinder: option('CONFIG_CINDER_INSTALL', 'y'),
  swift: option('CONFIG_SWIFT_INSTALL', 'y'),
  horizon: option('CONFIG_HORIZON_INSTALL', 'y'),
  ceilometer: option('CONFIG_CEILOMETER_INSTALL', 'y'),
  gnocchi: option('CONFIG_CEILOMETER_INSTALL', 'y'),
  aodh: option('CONFIG_AODH_INSTALL', 'y'),
  heat: option('CONFIG_HEAT_INSTALL', 'n'),
  manila: option('CONFIG_MANILA_INSTALL', 'n'),
  magnum: option('CONFIG_MAGNUM_INSTALL', 'n'),
  trove: option('CONFIG_TROVE_INSTALL', 'n'),
  ironic: option('CONFIG_IRONIC_INSTALL', 'n'),
  sahara: option('CONFIG_SAHARA_INSTALL', 'n', 'bobcat'),
  panko: option('CONFIG_PANKO_INSTALL', 'n', 'wallaby'),
};

/** Whether the Packstack of a release can install a component. */
export function packstackInstalls(component: string, release: string | undefined): boolean {
  const found = own(packstackOptions, component);
  if (!found) return false;
  return found.until === undefined || release === undefined || !isLater(release, found.until);
}
