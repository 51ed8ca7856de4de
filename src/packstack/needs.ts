import { msg } from '../base/l10n.ts';
import { hostNeeds } from './host-needs.ts';
import type { Need, Values } from './need.ts';
import { networkNeeds } from './network-needs.ts';

/** Requirements between the components that are installed. Source: PS (plug-ins), EXP. */
function componentNeeds(value: Values): readonly Need[] {
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
  if (value('CONFIG_NOVA_INSTALL') === 'y' && (value('CONFIG_GLANCE_INSTALL') ?? 'y') !== 'y')
    needs.push({
      key: 'CONFIG_GLANCE_INSTALL',
      severity: 'error',
      message: msg('Packstack stops: Nova requires Glance. Set {0} to y.', 'CONFIG_GLANCE_INSTALL'),
      remedy: { key: 'CONFIG_GLANCE_INSTALL', value: 'y' },
    });
  if (value('CONFIG_SWIFT_INSTALL') === 'y' && /^[-+]?0+$/.test(value('CONFIG_SWIFT_STORAGE_ZONES') ?? ''))
    needs.push({
      key: 'CONFIG_SWIFT_STORAGE_ZONES',
      severity: 'error',
      message: msg('{0} must be at least 1: Packstack divides by it.', 'CONFIG_SWIFT_STORAGE_ZONES'),
    });
  return [...needs, ...storageNeeds(value)];
}

/** Storage systems whose name Packstack puts in quotes before it asks whether it is empty, so that it accepts an empty one (PS processors.py). */
const storageSystems = [
  ['netapp', 'CONFIG_CINDER_NETAPP_HOSTNAME'],
  ['solidfire', 'CONFIG_CINDER_SOLIDFIRE_HOSTNAME'],
] as const;

function storageNeeds(value: Values): readonly Need[] {
  const backends = value('CONFIG_CINDER_INSTALL') === 'n' ? '' : (value('CONFIG_CINDER_BACKEND') ?? '');
  return storageSystems.flatMap(([backend, key]): readonly Need[] =>
    backends.split(',').some((each) => each.trim() === backend) && value(key) === ''
      ? [
          {
            key: 'CONFIG_CINDER_BACKEND',
            severity: 'warning',
            message: msg('{0}={1} requires {2}, which is empty.', 'CONFIG_CINDER_BACKEND', backend, key),
          },
        ]
      : [],
  );
}

/** Clusters of VMware, one for all compute hosts or one for each (PS nova_300.py). */
function vmwareNeeds(value: Values): readonly Need[] {
  if (value('CONFIG_VMWARE_BACKEND') !== 'y' || value('CONFIG_NOVA_INSTALL') === 'n') return [];
  const key = 'CONFIG_VCENTER_CLUSTER_NAMES';
  const [clusters, hosts] = [value(key), value('CONFIG_COMPUTE_HOSTS')].map(
    (text) => text?.split(',').filter((part) => part.trim() !== '').length,
  );
  if (clusters === 0)
    return [{ key, severity: 'error', message: msg('Packstack stops: {0} must name a cluster.', key) }];
  if (clusters === undefined || hosts === undefined || clusters === 1 || clusters === hosts) return [];
  return [
    {
      key,
      severity: 'error',
      message: msg(
        'Packstack stops: {0} has {1} clusters for {2} compute hosts. Name one, or one for each.',
        key,
        clusters,
        hosts,
      ),
    },
  ];
}

/** All requirements between the answers of a file. */
export function needsOf(value: Values, version?: string): readonly Need[] {
  return [
    ...componentNeeds(value),
    ...vmwareNeeds(value),
    ...networkNeeds(value, version),
    ...hostNeeds(value),
  ];
}
