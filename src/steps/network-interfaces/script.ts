import type { Link } from '../../cluster/links.ts';
import type { Lower } from '../../cluster/model.ts';
import { keyfileSh } from '../../shell/keyfile.sh.ts';
import { linksSh } from '../../shell/links.sh.ts';
import { networkSh } from '../../shell/network.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import type { Devices, NodeFile } from './files.ts';
import { ifcfgFiles } from './ifcfg.ts';
import { interfacesOf } from './interfaces.ts';
import { keyfileOf } from './keyfile.ts';
import { networkInterfacesSh } from './network-interfaces.sh.ts';

function stream(files: readonly NodeFile[]): string {
  return files
    .map(({ path, text }) => `file ${path}\n${text.replace(/^/gm, '|').replace(/\|$/, '')}`)
    .join('');
}

/** Names for the interfaces of links: `@N@` for those that only the node can name, with the lines that say how. */
function namer(links: readonly Link[]): { readonly devices: Devices; readonly lines: string } {
  const all = links.flatMap(({ at, vlan }) => (vlan ? [at, vlan.parent] : [at]));
  const unknown = [...new Set(all.flatMap((at) => ('name' in at ? [] : JSON.stringify(at))))];
  const devices = (at: Lower): string =>
    'name' in at ? at.name : `@${unknown.indexOf(JSON.stringify(at)) + 1}@`;
  const found = all.filter(
    (at, index) => !('name' in at) && all.findIndex((each) => devices(each) === devices(at)) === index,
  );
  const lines = found.map(
    (at) => `${devices(at)} ${'mac' in at ? `mac ${at.mac}` : 'driver' in at ? `driver ${at.driver}` : ''}\n`,
  );
  return { devices, lines: lines.join('') };
}

/** What holds once a link is configured, one line each. */
function stateOf(link: Link, address: string, devices: Devices): readonly string[] {
  const name = devices(link.at);
  const isBare = link.addresses.length === 0 && !link.master;
  return [
    ...(link.kind === 'ethernet' ? [`${name} hardware`] : []),
    ...(link.kind === 'ethernet' && isBare ? [`${name} free ${address}`] : []),
    `${name} up`,
    ...link.addresses.map((each) => `${name} address ${each}`),
    ...(link.mtu === undefined ? [] : [`${name} mtu ${link.mtu}`]),
  ];
}

export const script = scriptFrom(
  networkInterfacesSh,
  ({ cluster, node }) => {
    const { management, prefix, provider, others, links } = interfacesOf(cluster, node);
    const { devices, lines } = namer(links);
    const isUsed = new Set(links.flatMap(({ vlan }) => (vlan ? [devices(vlan.parent)] : [])));
    const address = node.address ?? '';
    const states = links.flatMap((link) =>
      stateOf(link, address, devices).filter(
        (line) => !line.includes(' free ') || !isUsed.has(devices(link.at)),
      ),
    );
    return {
      network_interfaces_address: address,
      network_interfaces_management: management,
      network_interfaces_prefix: prefix,
      network_interfaces_provider: provider,
      network_interfaces_others: others.join(' '),
      network_interfaces_ifcfg: stream(links.flatMap((link) => ifcfgFiles(link, devices))),
      network_interfaces_keyfiles: stream(links.map((link) => keyfileOf(link, devices))),
      network_interfaces_devices: lines,
      network_interfaces_wanted: states.join('\n'),
      network_interfaces_links: ordered(links)
        .map(({ at }) => devices(at))
        .join(' '),
      network_interfaces_manager: cluster.system['network-manager'] ?? '',
    };
  },
  [networkSh, keyfileSh, linksSh],
);

/** Masters before their ports. */
function ordered(links: readonly Link[]): readonly Link[] {
  const isMaster = ({ kind }: Link): boolean => kind === 'bridge' || kind === 'bond';
  return [...links.filter(isMaster), ...links.filter((link) => !isMaster(link))];
}
