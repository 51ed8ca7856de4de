import { own } from '../base/own.ts';
import { addressValue, contains, parseCidr } from '../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { type ShellText, sh } from '../shell/command.ts';

function isIn(address: string, cidr: string | undefined): boolean {
  const [value, range] = [addressValue(address), parseCidr(cidr ?? '')];
  return value !== undefined && range !== undefined && contains(range, value);
}

/**
 * Shell that sets `sp_bind` to the address that a service of the node is to listen on: an address as it is written, or the
 * node's own in a network of the file. Only the node knows its address in any other network than that of its `address`;
 * where it has none there, `sp_bind` stays empty.
 */
export function bindAddress(cluster: Cluster, node: ClusterNode, written: string | undefined): ShellText {
  if (written === undefined || written === 'management') return sh`sp_bind=${node.address}`;
  const network = own(cluster.networks, written);
  if (!network) return sh`sp_bind=${written}`;
  if (isIn(node.address, network.cidr)) return sh`sp_bind=${node.address}`;
  const device = network.interface === undefined ? sh`` : sh`dev ${network.interface}`;
  const range = network.cidr === undefined ? sh`` : sh`to ${network.cidr}`;
  return sh`sp_bind=$(ip -o addr show ${device} scope global ${range} 2>/dev/null | awk '{ sub("/.*", "", $4); print $4; exit }')`;
}
