import type { Link } from '../../cluster/links.ts';
import { type Devices, type NodeFile, vlanParent } from './files.ts';

const folder = '/etc/sysconfig/network-scripts';
const types = { ethernet: 'Ethernet', bond: 'Bond', vlan: 'Vlan', bridge: 'Bridge' } as const;

function isIpv6(text: string): boolean {
  return text.includes(':');
}

/** The options of a bond as the kernel has them. */
export function bondOptions({
  mode = 'active-backup',
  options = {},
}: NonNullable<Link['bond']>): readonly (readonly [string, string])[] {
  const { miimon = '100', ...rest } = options;
  return [['mode', mode], ['miimon', miimon], ...Object.entries(rest)];
}

function ipv4Lines({ addresses, gateways, policy }: Link): readonly string[] {
  const lines = addresses
    .filter((each) => !isIpv6(each))
    .flatMap((each, index) => {
      const [address = '', prefix = ''] = each.split('/');
      const number = index === 0 ? '' : String(index);
      return [`IPADDR${number}=${address}`, `PREFIX${number}=${prefix}`];
    });
  const gateway = policy ? undefined : gateways.find((each) => !isIpv6(each));
  if (lines.length === 0) return [];
  return [...lines, ...(gateway === undefined ? ['DEFROUTE=no'] : [`GATEWAY=${gateway}`, 'DEFROUTE=yes'])];
}

function ipv6Lines({ addresses, gateways, policy }: Link): readonly string[] {
  const [first, ...more] = addresses.filter(isIpv6);
  if (first === undefined) return [];
  const gateway = policy ? undefined : gateways.find(isIpv6);
  return [
    'IPV6INIT=yes',
    'IPV6_AUTOCONF=no',
    `IPV6ADDR=${first}`,
    ...(more.length > 0 ? [`IPV6ADDR_SECONDARIES="${more.join(' ')}"`] : []),
    ...(gateway === undefined ? [] : [`IPV6_DEFAULTGW=${gateway}`]),
  ];
}

function linesOf(link: Link, devices: Devices): readonly string[] {
  const { at, kind, master, vlan, bond, dns, mtu } = link;
  return [
    `DEVICE=${devices(at)}`,
    `TYPE=${types[kind]}`,
    'ONBOOT=yes',
    'BOOTPROTO=none',
    ...('mac' in at ? [`HWADDR=${at.mac}`] : []),
    ...(vlan ? ['VLAN=yes', `PHYSDEV=${vlanParent(vlan, devices)}`, `VLAN_ID=${vlan.id}`] : []),
    ...(bond
      ? [
          'BONDING_MASTER=yes',
          `BONDING_OPTS="${bondOptions(bond)
            .map((pair) => pair.join('='))
            .join(' ')}"`,
        ]
      : []),
    ...(kind === 'bridge' ? ['STP=off', 'DELAY=0'] : []),
    ...(master?.kind === 'bond' ? [`MASTER=${master.name}`, 'SLAVE=yes'] : []),
    ...(master?.kind === 'bridge' ? [`BRIDGE=${master.name}`] : []),
    ...ipv4Lines(link),
    ...ipv6Lines(link),
    ...dns.map((server, index) => `DNS${index + 1}=${server}`),
    ...(mtu === undefined ? [] : [`MTU=${mtu}`]),
  ];
}

/** The routes of a link for one family, as `ip route add` takes them. */
function routeLines(
  { at, gateways, routes, policy }: Link,
  six: boolean,
  devices: Devices,
): readonly string[] {
  const end = `dev ${devices(at)}${policy ? ` table ${policy.table}` : ''}`;
  return [
    ...(policy ? policy.from.filter((cidr) => isIpv6(cidr) === six).map((cidr) => `${cidr} ${end}`) : []),
    ...(policy
      ? gateways.filter((each) => isIpv6(each) === six).map((each) => `default via ${each} ${end}`)
      : []),
    ...routes
      .filter(({ to }) => isIpv6(to) === six)
      .map(
        ({ to, via, metric }) => `${to} via ${via} ${end}${metric === undefined ? '' : ` metric ${metric}`}`,
      ),
  ];
}

function ruleLines({ policy }: Link, six: boolean): readonly string[] {
  if (!policy) return [];
  return policy.from
    .filter((cidr) => isIpv6(cidr) === six)
    .map((cidr) => `from ${cidr} table ${policy.table}`);
}

/** The ifcfg files of a link with its routes and rules, for the network service (initscripts, sysconfig.txt). */
export function ifcfgFiles(link: Link, devices: Devices): readonly NodeFile[] {
  const name = devices(link.at);
  const files = [
    ['ifcfg', linesOf(link, devices)],
    ['route', routeLines(link, false, devices)],
    ['route6', routeLines(link, true, devices)],
    ['rule', ruleLines(link, false)],
    ['rule6', ruleLines(link, true)],
  ] as const;
  return files.flatMap(([kind, lines]) =>
    lines.length === 0 ? [] : [{ path: `${folder}/${kind}-${name}`, text: `${lines.join('\n')}\n` }],
  );
}
