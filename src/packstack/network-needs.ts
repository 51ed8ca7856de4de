import { msg } from '../base/l10n.ts';
import { compareVersions } from './keys.ts';
import type { Need, Values } from './need.ts';

/** Versions up to this one name a driver `ovnopenvswitch` for OVN with Ironic, which Neutron does not have. */
const lastWithIronicFault = '14.0.0';

interface Pair {
  readonly text: string;
  readonly first: string;
  readonly second?: string;
}

/** Pairs such as `extnet:br-ex`, separated by commas. */
function pairsOf(text: string | undefined): readonly Pair[] {
  return (text ?? '').split(',').flatMap((part) => {
    const pair = part.trim();
    if (pair === '') return [];
    const [first = '', second] = pair.split(':').map((each) => each.trim());
    return [{ text: pair, first, ...(second === undefined ? {} : { second }) }];
  });
}

function itemsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((part) => part.trim() || []);
}

/** The bridges of the compute hosts must have a mapping and an interface, and a mapping two parts (PS neutron_350.py, `create_l2_agent_manifests`). */
function bridgeNeeds(value: Values, prefix: string): readonly Need[] {
  const [mappingKey, interfaceKey, computeKey] = ['BRIDGE_MAPPINGS', 'BRIDGE_IFACES', 'BRIDGES_COMPUTE'].map(
    (end) => `${prefix}_${end}`,
  );
  if (mappingKey === undefined || interfaceKey === undefined || computeKey === undefined) return [];
  const mappings = pairsOf(value(mappingKey));
  const interfaces = pairsOf(value(interfaceKey));
  const needs: Need[] = [mappingKey, interfaceKey].flatMap((key) => {
    const odd = pairsOf(value(key)).find(({ first, second }) => first === '' || (second ?? '') === '');
    if (!odd) return [];
    const form = key === mappingKey ? 'extnet:br-ex' : 'br-ex:eth1';
    return [
      {
        key,
        severity: 'error',
        message: msg('{0} must be pairs such as {1}. {2} is none.', key, form, odd.text),
      },
    ];
  });
  if (needs.length > 0) return needs;
  for (const bridge of itemsOf(value(computeKey))) {
    const isMapped = mappings.some(({ second }) => second === bridge);
    if (isMapped && interfaces.some(({ first }) => first === bridge)) continue;
    needs.push({
      key: computeKey,
      severity: 'error',
      message: msg(
        'Packstack stops with “Couldn’t find element {0}”: {1} has no pair for this bridge.',
        bridge,
        isMapped ? interfaceKey : mappingKey,
      ),
    });
  }
  return needs;
}

const tenantKey = 'CONFIG_NEUTRON_ML2_TENANT_NETWORK_TYPES';
const typeKey = 'CONFIG_NEUTRON_ML2_TYPE_DRIVERS';
const rangeKey = 'CONFIG_NEUTRON_ML2_VLAN_RANGES';

/** Types of tenant networks that the agent cannot create, so that there are none (PS neutron_350.py; [run] 26.0.0). */
function tenantNeeds(value: Values, agent: string): readonly Need[] {
  const types = itemsOf(value(tenantKey));
  if (agent === 'ovn') {
    const other = types.find((type) => type !== 'geneve');
    if (other === undefined || types.length === 0) return [];
    return [
      {
        key: tenantKey,
        severity: 'information',
        message: msg('With the agent ovn, Packstack uses geneve instead of {0}.', other),
        remedy: { key: tenantKey, value: 'geneve' },
      },
    ];
  }
  if (types.length === 0) return [];
  if (agent === 'openvswitch' && types.every((type) => type === 'geneve'))
    return [
      {
        key: tenantKey,
        severity: 'warning',
        message: msg(
          'The agent {0} makes no geneve networks, so projects could not create networks. Use vxlan, here and in {1}.',
          agent,
          typeKey,
        ),
      },
    ];
  return typeNeed(value, types) ?? rangeNeeds(value, agent, types[0] ?? '');
}

/** A type without a driver ends neutron-server (Neutron plugins/ml2/managers.py, `_check_tenant_network_types`). */
function typeNeed(value: Values, types: readonly string[]): readonly Need[] | undefined {
  const drivers = itemsOf(value(typeKey));
  const other = types.find((type) => !drivers.includes(type));
  if (other === undefined || drivers.length === 0) return undefined;
  return [
    {
      key: tenantKey,
      severity: 'warning',
      message: msg('neutron-server does not start: {0} has no driver for the type {1}.', typeKey, other),
      remedy: { key: typeKey, value: [...drivers, other].join(',') },
    },
  ];
}

const tunnelKeys: ReadonlyMap<string, string> = new Map([
  ['vxlan', 'CONFIG_NEUTRON_ML2_VNI_RANGES'],
  ['gre', 'CONFIG_NEUTRON_ML2_TUNNEL_ID_RANGES'],
]);

/** Numbers that projects' networks of the first type take (Neutron plugins/ml2/drivers, `type_vlan.py`, `type_tunnel.py`). */
function rangeNeeds(value: Values, agent: string, type: string): readonly Need[] {
  const without = (keys: string): readonly Need[] => [
    {
      key: tenantKey,
      severity: 'warning',
      message: msg(
        'Networks of the type {1} need values in {0}. Without them, projects cannot create networks.',
        keys,
        type,
      ),
    },
  ];
  const tunnelKey = tunnelKeys.get(type);
  if (tunnelKey !== undefined) return value(tunnelKey) === '' ? without(tunnelKey) : [];
  if (type !== 'vlan') return [];
  const mappingKey =
    agent === 'linuxbridge' ? 'CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS' : 'CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS';
  const missing = [rangeKey, mappingKey].filter((key) => value(key) === '');
  if (missing.length > 0) return without(missing.join(', '));
  const ranges = itemsOf(value(rangeKey));
  if (ranges.length > 0 && !ranges.some((range) => range.includes(':')))
    return [
      {
        key: rangeKey,
        severity: 'warning',
        message: msg(
          '{0} has no numbers of VLANs, as in {1}. Without them, projects cannot create networks.',
          rangeKey,
          `${ranges[0]}:1000:1999`,
        ),
      },
    ];
  const mapped = new Set(pairsOf(value(mappingKey)).map(({ first }) => first));
  const lost = ranges.map((range) => range.split(':')[0]?.trim() ?? '').find((name) => !mapped.has(name));
  if (lost === undefined || value(mappingKey) === undefined) return [];
  return [
    {
      key: rangeKey,
      severity: 'warning',
      message: msg('{0} has no pair for {1}, so its networks could not be used.', mappingKey, lost),
    },
  ];
}

/** The bridge of the external network must be a name that Open vSwitch can create. */
function externalBridgeNeeds(value: Values): readonly Need[] {
  const key = 'CONFIG_NEUTRON_L3_EXT_BRIDGE';
  const bridge = value(key);
  if (bridge === undefined || bridge === '' || /^[A-Za-z0-9][\w.-]{0,14}$/.test(bridge)) return [];
  return [
    {
      key,
      severity: 'warning',
      message: msg(
        '{0} is the name of a bridge such as br-ex, `provider` or empty. {1} is not.',
        key,
        bridge,
      ),
      remedy: { key, value: 'br-ex' },
    },
  ];
}

/** Requirements between the answers about Neutron. Source: PS neutron_350.py. */
export function networkNeeds(value: Values, version?: string): readonly Need[] {
  if (value('CONFIG_NEUTRON_INSTALL') === 'n') return [];
  const [agent, drivers] = [value('CONFIG_NEUTRON_L2_AGENT'), value('CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS')];
  const needs: Need[] = [...externalBridgeNeeds(value)];
  if (agent === undefined) return needs;
  if (drivers !== undefined && !itemsOf(drivers).includes(agent))
    needs.push({
      key: 'CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS',
      severity: 'warning',
      message: msg('Agent {0} requires mechanism driver {0}, not {1}.', agent, drivers),
      remedy: { key: 'CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS', value: agent },
    });
  if (
    agent === 'ovn' &&
    value('CONFIG_IRONIC_INSTALL') === 'y' &&
    version !== undefined &&
    compareVersions(version, lastWithIronicFault) <= 0
  )
    needs.push({
      key: 'CONFIG_NEUTRON_L2_AGENT',
      severity: 'warning',
      message: msg(
        'With Ironic, Packstack {0} names a mechanism driver that does not exist. Use the agent openvswitch.',
        version,
      ),
    });
  const prefix = agent === 'ovn' ? 'CONFIG_NEUTRON_OVN' : 'CONFIG_NEUTRON_OVS';
  const hasBridges = agent === 'ovn' || agent === 'openvswitch';
  return [...needs, ...(hasBridges ? bridgeNeeds(value, prefix) : []), ...tenantNeeds(value, agent)];
}
