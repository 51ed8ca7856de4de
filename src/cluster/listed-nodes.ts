import { type Message, msg } from '../base/l10n.ts';
import { visible } from '../base/visible.ts';
import { isIpv4, isIpv6 } from './address.ts';
import { expandRange, rangeLimit } from './range.ts';
import { hostNameProblem, isPort, userNameProblem } from './ssh-names.ts';

/** A node of a list that the user typed or pasted; `address`, `host` or both are set. */
export interface ListedNode {
  readonly address?: string;
  /** A name that SSH connects to: a DNS name, or a Host of the ssh config. */
  readonly host?: string;
  /** The name next to the address, as in /etc/hosts. */
  readonly name?: string;
  readonly user?: string;
  readonly port?: number;
}

type Flawed = { readonly ok: false; readonly message: Message };
export type Listed = { readonly ok: true; readonly nodes: readonly ListedNode[] } | Flawed;

/** Longest list that is read, in characters, and its largest number of nodes. */
const maxLength = 100_000;
const mostNodes = 1_000;

const loopback = /^(?:localhost|ip6-|broadcasthost)/;
const placeForm = /^(?:ssh:\/\/)?(?:([^\s@]+)@)?(?:\[([0-9A-Fa-f:.]+)\]|([^\s:@[\]]+))(?::(\d{1,5}))?$/;

function flawed(message: Message): Flawed {
  return { ok: false, message };
}

/** `192.168.113.171-174` in the range syntax of cluster files. */
function asRange(word: string): string {
  const [, before, first, last] = /^((?:\d{1,3}\.){3})(\d{1,3})-(\d{1,3})$/.exec(word) ?? [];
  return before === undefined ? word : `${before}[${first}:${last}]`;
}

function readPlace(word: string): Listed {
  if (isIpv6(word)) return { ok: true, nodes: [{ address: word }] };
  const unclear = flawed(msg('{0} is neither an address nor a host name.', visible(word.slice(0, 60))));
  const [, user, bracketed, name, port] = placeForm.exec(word) ?? [];
  const text = bracketed ?? name;
  if (text === undefined || (port !== undefined && !isPort(Number(port)))) return unclear;
  if (user !== undefined && userNameProblem(user)) return unclear;
  const login = { ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
  if (isIpv4(text) || isIpv6(text)) return { ok: true, nodes: [{ address: text, ...login }] };
  // A slip in a number must not be looked up as a name.
  if (bracketed !== undefined || /^[\d.]+$/.test(text))
    return flawed(msg('{0} is not an IP address.', visible(text)));
  return hostNameProblem(text) ? unclear : { ok: true, nodes: [{ host: text, ...login }] };
}

function readWord(word: string): Listed {
  const range = asRange(word);
  if (!/\[\d+:\d+\]/.test(range)) return readPlace(word);
  const expanded = expandRange(range);
  if (!expanded.ok && expanded.reason === 'too-large')
    return flawed(msg('The range in {0} has more than {1} nodes.', visible(word), rangeLimit));
  if (!expanded.ok && expanded.reason === 'backwards')
    return flawed(msg('The range in {0} ends before it starts.', visible(word)));
  if (!expanded.ok) return flawed(msg('{0} is not a range. Example: compute[01:12].', visible(word)));
  const read = expanded.values.map(readPlace);
  return (
    read.find((each) => !each.ok) ?? { ok: true, nodes: read.flatMap((each) => (each.ok ? each.nodes : [])) }
  );
}

/** Whether it is a bare name, which can belong to the address next to it. */
function isName({ address, user, port }: ListedNode): boolean {
  return address === undefined && user === undefined && port === undefined;
}

/** The short one of the names of an address, as `openstack1` of `openstack1.example.com openstack1`. */
function nameOf(names: readonly string[]): string | undefined {
  return names.find((name) => names.some((other) => other.startsWith(`${name}.`))) ?? names[0];
}

function named(address: ListedNode, names: readonly ListedNode[]): readonly ListedNode[] {
  const all = names.flatMap(({ host }) => host ?? []);
  if (all.some((name) => loopback.test(name))) return [];
  const name = nameOf(all);
  return [{ ...address, ...(name !== undefined && { name }) }];
}

/** Joins names with the addresses next to them: after an address as in /etc/hosts, or before it if the list begins with a name. */
function paired(nodes: readonly ListedNode[]): readonly ListedNode[] {
  const isAfter = nodes[0]?.address !== undefined;
  const found: ListedNode[] = [];
  let names: ListedNode[] = [];
  let address: ListedNode | undefined;
  const close = (): void => {
    for (const each of address ? named(address, names) : names) found.push(each);
    [address, names] = [undefined, []];
  };
  for (const node of nodes) {
    if (isName(node)) {
      // Without an address after it, a name in front is a host.
      if (!isAfter) close();
      names.push(node);
      if (isAfter && !address) close();
      continue;
    }
    if (isAfter || names.length === 0) close();
    if (node.address === undefined) found.push(node);
    else address = node;
    if (!isAfter) close();
  }
  close();
  return found;
}

function duplicate(nodes: readonly ListedNode[]): string | undefined {
  const keys = nodes.flatMap(({ address, host, name }) => [
    address ?? host ?? '',
    ...(name === undefined ? [] : [name]),
  ]);
  return keys.find((key, index) => keys.indexOf(key) !== index);
}

/**
 * Reads a list of nodes: addresses, `user@host:port`, ranges (`192.168.113.[171:174]`, `192.168.113.171-174`), names, and
 * lines of /etc/hosts; separated by spaces, commas or line breaks.
 */
export function readNodeList(text: string): Listed {
  if (text.length > maxLength) return flawed(msg('The list is longer than {0} characters.', maxLength));
  const nodes: ListedNode[] = [];
  for (const line of text.split(/\r?\n/)) {
    const words = (line.split('#')[0] ?? '').split(/[\s,;]+/).filter((word) => word !== '');
    const read = words.map(readWord);
    const bad = read.find((each) => !each.ok);
    if (bad) return bad;
    for (const each of paired(read.flatMap((word) => (word.ok ? word.nodes : [])))) nodes.push(each);
    if (nodes.length > mostNodes) return flawed(msg('The list has more than {0} nodes.', mostNodes));
  }
  if (nodes.length === 0) return flawed(msg('Enter the address of at least one node.'));
  const twice = duplicate(nodes);
  return twice === undefined ? { ok: true, nodes } : flawed(msg('{0} is in the list twice.', twice));
}
