import type { LabSystem } from './systems.ts';

/** The configuration files of a node's two interfaces: path to text. The first has the address, the second none. */
export function interfaceFiles(address: string, system: LabSystem): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [device, fixed] of [['eth0', address] as const, ['eth1', undefined] as const]) {
    if (system.ifcfg) files[`/etc/sysconfig/network-scripts/ifcfg-${device}`] = ifcfg(device, fixed);
    if (system.network === 'network-manager') {
      files[`/etc/NetworkManager/system-connections/${device}.nmconnection`] = keyFile(device, fixed);
    }
  }
  return files;
}

function ifcfg(device: string, address: string | undefined): string {
  const fixed = address === undefined ? [] : [`IPADDR=${address}`, 'PREFIX=24'];
  return lines([
    'TYPE=Ethernet',
    `DEVICE=${device}`,
    `NAME=${device}`,
    'BOOTPROTO=none',
    'ONBOOT=yes',
    ...fixed,
  ]);
}

function keyFile(device: string, address: string | undefined): string {
  const ipv4 = address === undefined ? ['method=disabled'] : ['method=manual', `address1=${address}/24`];
  return lines([
    ...['[connection]', `id=${device}`, 'type=ethernet', `interface-name=${device}`, 'autoconnect=true', ''],
    ...['[ipv4]', ...ipv4, '', '[ipv6]', 'method=link-local'],
  ]);
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
