import type { El, NodeFacts, NodeInterface } from '../base/facts.ts';
import { own } from '../base/own.ts';

const generations: Readonly<Record<string, El>> = { '7': 7, '8': 8, '9': 9, '10': 10 };

/** `eth0 eth1` and `eth0=10.0.0.1/24 eth0=fe80::1/64`: the interfaces and their addresses. */
function interfacesOf(names: string, addresses: string): readonly NodeInterface[] {
  const found = new Map<string, string[]>();
  for (const name of names.split(' ')) if (name !== '') found.set(name, []);
  for (const pair of addresses.split(' ')) {
    const [holder = '', address = ''] = pair.split('=');
    found.get(holder)?.push(address.replace(/\/\d+$/, ''));
  }
  return [...found].map(([name, held]) => ({ name, addresses: held }));
}

/** Builds the facts from the `fact` markers of a probe; missing ones are empty. */
export function factsOf(values: ReadonlyMap<string, string>): NodeFacts {
  const text = (key: string): string => values.get(key) ?? '';
  const el = own(generations, text('el'));
  const manager = text('manager');
  const interfaces = interfacesOf(text('interfaces'), text('addresses'));
  const memory = text('memory');
  return {
    hostname: text('hostname'),
    osId: text('osId'),
    osVersion: text('osVersion'),
    osName: text('osName'),
    ...(el === undefined ? {} : { el }),
    arch: text('arch'),
    kernel: text('kernel'),
    manager: manager === 'dnf' || manager === 'yum' ? manager : 'none',
    user: text('user'),
    bootId: text('bootId'),
    ...(interfaces.length > 0 ? { interfaces } : {}),
    ...(/^\d+$/.test(memory) ? { memory: Number(memory) * 1024 } : {}),
  };
}
