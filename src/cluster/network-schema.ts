import { msg } from '../base/l10n.ts';
import {
  choice,
  integer,
  list,
  looseText,
  matching,
  named,
  object,
  optional,
  record,
  required,
  text,
  textOr,
  usually,
  withLone,
} from '../schema/schema.ts';

const interfaceKey = optional(
  named('interface'),
  msg('Network interface on the nodes. With vlan and without parent, the interface below the VLAN.'),
  'nic',
  'device',
  'dev',
);
const mac = optional(
  matching('^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$', msg('a MAC address such as 52:54:00:12:34:56')),
  msg('MAC address of the interface, where its name is not known.'),
  'hwaddr',
  'mac-address',
);
const driver = optional(
  matching('^[a-z0-9_-]{1,40}$', msg('the name of a driver, such as mlx5_core')),
  msg('Driver of the interface, where its name is not known: the first interface with it counts.'),
);
const address = named('address');

/** What a group and a node can change of a network. */
const ofNodes = {
  interface: interfaceKey,
  mac,
  driver,
  vlan: optional(integer(1, 4094), msg('VLAN of the network on its parent.'), 'vlan-id'),
  parent: optional(named('interface'), msg('Interface or bond that carries the VLAN.'), 'physdev'),
  bridge: optional(
    named('interface'),
    msg('Bridge that the interface (or VLAN) joins; the bridge has the address.'),
  ),
  mtu: optional(
    usually(integer(576, 65_535), '1500', '9000'),
    msg('MTU of the network; what is below it gets at least the same.'),
  ),
  gateway: optional(
    textOr(list(address), address),
    msg('Router of the network: the default route of the nodes. Several for several ranges.'),
    'router',
  ),
  routes: optional(
    list(
      object({
        to: required(named('network-range'), msg('Address range that the route leads to.'), 'destination'),
        via: required(address, msg('Router in this network.'), 'gateway'),
        metric: optional(integer(1, 9999), msg('Metric of the route.')),
      }),
    ),
    msg('Further routes through this network.'),
    'route',
  ),
  table: optional(
    integer(1, 4_294_967_295),
    msg(
      'Routing table for this network’s gateway and routes, used for traffic from its range (policy routing).',
    ),
  ),
};

/** A network of the cluster. */
export const network = withLone(
  object({
    cidr: optional(
      textOr(list(named('network-range')), named('network-range')),
      msg('Address range of the network; several for IPv4 and IPv6 together or for routed leaves.'),
      'subnet',
      'range',
      'network',
    ),
    ...ofNodes,
    dns: optional(textOr(list(address), address), msg('DNS servers of the nodes.'), 'nameservers'),
    'physical-network': optional(
      matching('^[A-Za-z0-9_.-]{1,64}$', msg('letters, digits, and _ . -')),
      msg('Name of the network in Neutron. A network with this key is a provider network.'),
      'physnet',
    ),
  }),
  'cidr',
);

/** A network as a group or a node changes it. */
export const nodeNetwork = withLone(
  object({
    address: optional(
      textOr(list(text), address),
      msg('Address in this network, without a prefix; in a range of nodes, a range. Several: a list.'),
      'ip',
    ),
    ...ofNodes,
  }),
  'address',
);

const bond = object({
  members: required(
    list(named('interface')),
    msg('Interfaces of the bond.'),
    'slaves',
    'ports',
    'interfaces',
  ),
  mode: optional(
    choice(
      'balance-rr',
      'active-backup',
      'balance-xor',
      'broadcast',
      '802.3ad',
      'balance-tlb',
      'balance-alb',
    ),
    msg('How the members share the traffic; active-backup if absent. 802.3ad needs LACP on the switch.'),
  ),
  options: optional(
    record(looseText),
    msg('Further options by their names in the kernel, such as lacp_rate; miimon is 100 if absent.'),
  ),
});

/** Bonds of a file, a group or a node. */
export const bonds = optional(
  record(bond),
  msg('Bonds by the name of their interface. Networks use them as interface or parent.'),
  'bond',
);
