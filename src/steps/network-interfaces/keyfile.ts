import type { Link } from '../../cluster/links.ts';
import { type Devices, type NodeFile, vlanParent } from './files.ts';
import { bondOptions } from './ifcfg.ts';

const folder = '/etc/NetworkManager/system-connections';

type Section = readonly [name: string, lines: readonly string[]];

function isIpv6(text: string): boolean {
  return text.includes(':');
}

function connection({ at, kind, master }: Link, devices: Devices): readonly string[] {
  const name = devices(at);
  return [
    `id=stackprep-${name}`,
    `type=${kind}`,
    `interface-name=${name}`,
    // Before a connection that something else made for the interface.
    'autoconnect-priority=100',
    ...(kind === 'bond' || kind === 'bridge' ? ['autoconnect-slaves=1'] : []),
    ...(master ? [`master=${master.name}`, `slave-type=${master.kind}`] : []),
  ];
}

/** The addresses, routes and rules of one family. */
function family(link: Link, six: boolean): readonly string[] {
  const of = (text: string): boolean => isIpv6(text) === six;
  const { policy } = link;
  const addresses = link.addresses.filter(of);
  if (addresses.length === 0) return [`method=${six ? 'link-local' : 'disabled'}`];
  const gateways = link.gateways.filter(of);
  const gateway = policy ? undefined : gateways[0];
  const dns = link.dns.filter(of);
  const everywhere = six ? '::/0' : '0.0.0.0/0';
  const routes = [
    ...(policy ? policy.from.filter(of).map((cidr) => [cidr]) : []),
    ...(policy ? gateways.map((via) => [everywhere, via]) : []),
    ...link.routes
      .filter(({ to }) => of(to))
      .map(({ to, via, metric }) => [to, via, ...(metric === undefined ? [] : [String(metric)])]),
  ];
  return [
    'method=manual',
    ...addresses.map((address, index) => `address${index + 1}=${address}`),
    ...(gateway === undefined ? [] : [`gateway=${gateway}`]),
    ...(dns.length === 0 ? [] : [`dns=${dns.map((server) => `${server};`).join('')}`]),
    ...(gateway === undefined ? ['never-default=true'] : []),
    ...routes.flatMap((route, index) => [
      `route${index + 1}=${route.join(',')}`,
      ...(policy ? [`route${index + 1}_options=table=${policy.table}`] : []),
    ]),
    ...(policy
      ? policy.from
          .filter(of)
          .map(
            (cidr, index) =>
              `routing-rule${index + 1}=priority ${32_000 + index} from ${cidr} table ${policy.table}`,
          )
      : []),
  ];
}

function sectionsOf(link: Link, devices: Devices): readonly Section[] {
  const { at, kind, master, vlan, bond, mtu } = link;
  const ethernet = [
    ...('mac' in at ? [`mac-address=${at.mac.toUpperCase()}`] : []),
    ...(mtu === undefined ? [] : [`mtu=${mtu}`]),
  ];
  // The master has the addresses of its ports.
  const ip: readonly Section[] = master
    ? []
    : [
        ['ipv4', family(link, false)],
        ['ipv6', family(link, true)],
      ];
  return [
    ['connection', connection(link, devices)],
    ['ethernet', ethernet],
    ...(vlan ? [['vlan', [`id=${vlan.id}`, `parent=${vlanParent(vlan, devices)}`]] as const] : []),
    ...(bond ? [['bond', bondOptions(bond).map((pair) => pair.join('='))] as const] : []),
    ...(kind === 'bridge' ? [['bridge', ['stp=false']] as const] : []),
    ...ip,
  ];
}

/** The keyfile of a link for NetworkManager (nm-settings-keyfile(5)). */
export function keyfileOf(link: Link, devices: Devices): NodeFile {
  const sections = sectionsOf(link, devices).filter(([, lines]) => lines.length > 0);
  const text = sections.map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`).join('\n');
  return { path: `${folder}/stackprep-${devices(link.at)}.nmconnection`, text };
}
