import { own } from '../base/own.ts';
import { addressValue, contains, parseCidr } from './cidr.ts';
import type { Bond, Lower, Network } from './model.ts';
import type { FileShape } from './schema.ts';

type FileNetworks = NonNullable<FileShape['networks']>;
type FileNetwork = FileNetworks[string];
/** What a group or a node says of networks and bonds. */
export type NetworkLayer = Pick<NonNullable<FileShape['groups']>[string], 'networks' | 'bonds'>;

/** A value that may be a list, as one. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** The address ranges of a network as written, in the order of the file. */
export function cidrsOf(network: Pick<FileNetwork, 'cidr'> | undefined): readonly string[] {
  return listOf(network?.cidr);
}

/** The range of a network that contains an address; undefined if none does. */
export function cidrOf({ cidrs = [] }: Network, address: string): string | undefined {
  const value = addressValue(address);
  return cidrs.find((cidr) => {
    const range = parseCidr(cidr);
    return value !== undefined && range !== undefined && contains(range, value);
  });
}

/** Whether the interface of a network has no address but joins a bridge of Neutron. */
export function isProvider(name: string, network: Network): boolean {
  return name === 'provider' || name.startsWith('provider-') || network.physical !== undefined;
}

function lowerOf({ parent, interface: device, mac, driver }: FileNetwork): Lower | undefined {
  const name = parent ?? device;
  if (name !== undefined) return { name };
  if (mac !== undefined) return { mac: mac.toLowerCase() };
  return driver === undefined ? undefined : { driver };
}

/** The interface with the address; undefined if only the node knows its name. */
function deviceOf(network: FileNetwork, lower: Lower | undefined): string | undefined {
  const { vlan, parent, bridge, interface: device } = network;
  if (bridge !== undefined) return bridge;
  if (vlan === undefined) return device ?? parent;
  if (parent !== undefined && device !== undefined) return device;
  return lower && 'name' in lower ? `${lower.name}.${vlan}` : undefined;
}

/** A network as written, with defaults filled in. */
export function networkOf(network: FileNetwork): Network {
  const lower = lowerOf(network);
  const device = deviceOf(network, lower);
  const { vlan, bridge, mtu, routes, table, 'physical-network': physical } = network;
  const [cidrs, gateways, dns] = [network.cidr, network.gateway, network.dns].map(listOf);
  return {
    ...(cidrs?.length ? { cidrs } : {}),
    ...(device === undefined ? {} : { interface: device }),
    ...(lower ? { lower } : {}),
    ...(vlan === undefined ? {} : { vlan }),
    ...(bridge === undefined ? {} : { bridge }),
    ...(mtu === undefined ? {} : { mtu }),
    ...(gateways?.length ? { gateways } : {}),
    ...(dns?.length ? { dns } : {}),
    ...(routes ? { routes } : {}),
    ...(table === undefined ? {} : { table }),
    ...(physical === undefined ? {} : { physical }),
  };
}

/** The networks of the file. */
export function networksOf(file: FileShape): Cluster['networks'] {
  return Object.fromEntries(
    Object.entries(file.networks ?? {}).map(([name, network]) => [name, networkOf(network)]),
  );
}

type Cluster = { readonly networks: Readonly<Record<string, Network>> };

const links = ['interface', 'mac', 'driver', 'parent'] as const;

/** A network with what a layer changes: another interface replaces every way to name the former one. */
function changed(network: FileNetwork, layer: NonNullable<NetworkLayer['networks']>[string]): FileNetwork {
  const isOther = links.some((key) => layer[key] !== undefined);
  const kept = isOther
    ? Object.fromEntries(Object.entries(network).filter(([key]) => !links.some((link) => link === key)))
    : network;
  const { address: _, ...rest } = layer;
  return { ...kept, ...rest };
}

/** The networks and bonds of a node with these layers, the strongest first; undefined if no layer changes any. */
export function nodeNetworks(
  file: FileShape,
  layers: readonly NetworkLayer[],
):
  | { readonly networks: Readonly<Record<string, Network>>; readonly bonds: Readonly<Record<string, Bond>> }
  | undefined {
  const ofLayers = layers
    .filter(({ networks, bonds }) => networks !== undefined || bonds !== undefined)
    .toReversed();
  const isChanged = ofLayers.some(
    ({ networks = {}, bonds }) =>
      bonds !== undefined ||
      Object.values(networks).some((each) => Object.keys(each).some((key) => key !== 'address')),
  );
  if (!isChanged) return undefined;
  const entries = Object.entries(file.networks ?? {}).map(([name, network]) => {
    const all = ofLayers.flatMap(({ networks }) => own(networks, name) ?? []);
    return [name, networkOf(all.reduce(changed, network))] as const;
  });
  const bonds = Object.assign({}, file.bonds, ...ofLayers.map((layer) => layer.bonds ?? {}));
  return { networks: Object.fromEntries(entries), bonds };
}
