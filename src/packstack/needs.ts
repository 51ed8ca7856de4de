import { type Message, msg } from '../base/l10n.ts';
import type { Severity } from '../base/problem.ts';

/** Effective values by key: those of the file over the defaults. */
export type Values = (key: string) => string | undefined;

/** A requirement of one answer for another. */
export interface Need {
  /** The key at which the problem is shown. */
  readonly key: string;
  readonly severity: Severity;
  readonly message: Message;
  /** The answer that fixes it. */
  readonly remedy?: { readonly key: string; readonly value: string };
}

/** An answer that requires another: key, value, and the key that must not be empty. */
const filled: readonly (readonly [key: string, value: string, needed: string])[] = [
  ['CONFIG_CINDER_BACKEND', 'nfs', 'CONFIG_CINDER_NFS_MOUNTS'],
  ['CONFIG_CINDER_BACKEND', 'solidfire', 'CONFIG_CINDER_SOLIDFIRE_HOSTNAME'],
  ['CONFIG_CINDER_BACKEND', 'netapp', 'CONFIG_CINDER_NETAPP_HOSTNAME'],
  ['CONFIG_KEYSTONE_IDENTITY_BACKEND', 'ldap', 'CONFIG_KEYSTONE_LDAP_URL'],
  ['CONFIG_VMWARE_BACKEND', 'y', 'CONFIG_VCENTER_HOST'],
];

/** Requirements between the answers of a file. Source: PS (plug-ins), EXP. */
export function needsOf(value: Values): readonly Need[] {
  const needs: Need[] = [];
  if (value('CONFIG_NEUTRON_INSTALL') === 'n')
    needs.push({
      key: 'CONFIG_NEUTRON_INSTALL',
      severity: 'error',
      message: msg('Packstack requires Neutron: nova-network was removed in Ocata.'),
      remedy: { key: 'CONFIG_NEUTRON_INSTALL', value: 'y' },
    });
  if (value('CONFIG_AODH_INSTALL') === 'y' && value('CONFIG_CEILOMETER_INSTALL') === 'n')
    needs.push({
      key: 'CONFIG_CEILOMETER_INSTALL',
      severity: 'warning',
      message: msg('Aodh requires Ceilometer. Install both or neither.'),
      remedy: { key: 'CONFIG_CEILOMETER_INSTALL', value: 'y' },
    });
  if (value('CONFIG_GLANCE_BACKEND') === 'swift' && value('CONFIG_SWIFT_INSTALL') === 'n')
    needs.push({
      key: 'CONFIG_GLANCE_BACKEND',
      severity: 'warning',
      message: msg('Glance stores its images in Swift, but Swift is not installed.'),
      remedy: { key: 'CONFIG_SWIFT_INSTALL', value: 'y' },
    });
  const [agent, drivers] = [value('CONFIG_NEUTRON_L2_AGENT'), value('CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS')];
  if (agent !== undefined && drivers !== undefined && !drivers.split(',').includes(agent))
    needs.push({
      key: 'CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS',
      severity: 'warning',
      message: msg('Agent {0} requires mechanism driver {0}, not {1}.', agent, drivers),
      remedy: { key: 'CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS', value: agent },
    });
  const [storage, controller] = [value('CONFIG_STORAGE_HOST'), value('CONFIG_CONTROLLER_HOST')];
  if (storage !== undefined && storage !== controller && value('CONFIG_UNSUPPORTED') !== 'y')
    needs.push({
      key: 'CONFIG_STORAGE_HOST',
      severity: 'warning',
      message: msg(
        'A separate storage host requires CONFIG_UNSUPPORTED=y. Otherwise {0} is not used.',
        storage,
      ),
    });
  for (const [key, wanted, needed] of filled) {
    if (value(key) !== wanted || (value(needed) ?? 'computed') !== '') continue;
    needs.push({
      key,
      severity: 'error',
      message: msg('{0}={1} requires {2}, which is empty.', key, wanted, needed),
    });
  }
  return needs;
}
