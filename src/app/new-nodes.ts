import { lookup } from 'node:dns/promises';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { isIpv4, isIpv6 } from '../cluster/address.ts';
import { defaultIdentities } from '../remote/base/home.ts';

export { type ConfiguredHost, readHosts } from '../remote/ssh-config/hosts.ts';

/** The address of a host name as this computer resolves it, IPv4 first; undefined if there is none. */
export async function findAddress(name: string): Promise<string | undefined> {
  if (isIpv4(name) || isIpv6(name)) return name;
  try {
    return (await lookup(name, { order: 'ipv4first' })).address;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return undefined;
    throw cause;
  }
}

/** The default key file of this computer that OpenSSH would try first, with `~`; undefined if there is none. */
export async function findIdentity(home: string): Promise<string | undefined> {
  for (const path of defaultIdentities(home)) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) return `~/.ssh/${basename(path)}`;
  }
  return undefined;
}
