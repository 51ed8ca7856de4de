import { currentName } from '../packstack/old-names.ts';
import type { RuleContext } from './context.ts';

/** Answers that put interfaces of the nodes into bridges, as `bridge:interface` pairs. Source: PS. */
const bridgeKeys: ReadonlySet<string> = new Set([
  'CONFIG_NEUTRON_OVN_BRIDGE_IFACES',
  'CONFIG_NEUTRON_OVS_BRIDGE_IFACES',
  'CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS',
]);

/** The bridges of Packstack that would take the interface of the management network. */
export function bridgesOnManagement({
  cluster,
}: RuleContext): readonly { readonly key: string; readonly device: string }[] {
  const device = cluster.networks.management?.interface;
  if (device === undefined) return [];
  return Object.entries(cluster.packstack).flatMap(([key, value]) => {
    if (!bridgeKeys.has(currentName(key)) || typeof value !== 'string') return [];
    const devices = value.split(',').map((pair) => pair.trim().split(':').slice(1).join(':'));
    return devices.includes(device) ? [{ key, device }] : [];
  });
}
