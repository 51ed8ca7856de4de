import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Problem, ProblemCode, Span } from '../base/problem.ts';
import { remembered } from '../base/remembered.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { isIpv4, isIpv6 } from './address.ts';
import { expandAddresses } from './address-range.ts';
import { type AddressRange, addressValue, parseCidr } from './cidr.ts';
import type { ClusterNode, SshSettings } from './model.ts';
import { cidrsOf } from './networks.ts';
import { type Expanded, expandRange, rangeLimit } from './range.ts';
import type { FileShape } from './schema.ts';
import { firstOf, layersOf, settingsMerger } from './settings.ts';

type FileNode = FileShape['nodes'][string];

/** A valid host name. */
export const hostName =
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

function rangeProblem(text: string, reason: Exclude<Expanded, { ok: true }>['reason']): Message {
  if (reason === 'backwards') return msg('The range in {0} ends before it starts.', text);
  if (reason === 'too-large') return msg('The range in {0} has more than {1} nodes.', text, rangeLimit);
  return msg('{0} is not a range. Example: compute[01:12].', text);
}

/** The ssh settings of a node: its own keys override those of its groups, and those the cluster's. */
function sshOf(file: FileShape, node: FileNode, host: string): SshSettings {
  const layers = [...layersOf(file, node), file.ssh ?? {}];
  const identity = firstOf(layers, 'identity');
  const jump = firstOf(layers, 'jump');
  const open = (['port', 'user'] as const).filter((key) => firstOf(layers, key) === undefined);
  return {
    host,
    port: firstOf(layers, 'port') ?? 22,
    user: firstOf(layers, 'user') ?? 'root',
    become: firstOf(layers, 'become') ?? 'none',
    ...(identity === undefined ? {} : { identity }),
    ...(jump === undefined ? {} : { jump }),
    ...(open.length === 0 ? {} : { open }),
  };
}

const noRoles: readonly string[] = [];
const none: Expanded = { ok: true, values: [], isRange: false };

interface KnownSettings {
  readonly host: string;
  readonly defaults: string;
  readonly ssh: SshSettings;
}

/** The settings of nodes that an edit of the file did not touch: their objects stay the same. */
const knownSettings = new WeakMap<FileNode, KnownSettings>();

/** Finds the settings of a node; those of an earlier version of the file count if the defaults are the same. */
function settingsOf(file: FileShape): (node: FileNode, host: string) => SshSettings {
  const defaults = JSON.stringify([file.ssh ?? {}, file.groups ?? {}]);
  return (node, host) => {
    const before = knownSettings.get(node);
    if (before?.host === host && before.defaults === defaults) return before.ssh;
    const ssh = sshOf(file, node, host);
    knownSettings.set(node, { host, defaults, ssh });
    return ssh;
  };
}

/** Maximum number of nodes, since each line could be a range of a thousand. */
export const nodeLimit = 10_000;

/** Whether a text in place of an address is a name: a slip in an address is none. */
const isDomainName = remembered(
  (text) =>
    hostName.test(text) && /(?:^|\.)[A-Za-z][A-Za-z0-9-]*$/.test(text) && !/^\d{1,3}\.\d{1,3}\./.test(text),
);
const isHostName = remembered((name) => hostName.test(name));
const isAddress = remembered((address) => isIpv4(address) || isIpv6(address));

/** A key of `nodes`, expanded to names and addresses. */
interface Entry {
  readonly key: string;
  readonly node: FileNode;
  readonly span: Span;
  readonly addressSpan: () => Span;
  readonly names: readonly string[];
  /** One per name, or none. */
  readonly addresses: readonly string[];
}

/** The valid ranges of a network. */
function rangesOf(file: FileShape, name: string): readonly AddressRange[] {
  return cidrsOf(own(file.networks, name)).flatMap((cidr) => parseCidr(cidr) ?? []);
}

/** Expands the name and the address of a key; undefined, with a problem, if they do not fit. */
function expandEntry(key: string, node: FileNode, { file, reading, report }: Expansion): Entry | undefined {
  const span = reading.places.get(pathKey('nodes', key))?.key ?? { start: 0, end: 0 };
  // Only a problem needs it, and few of thousands of nodes have one.
  const addressSpan = (): Span => reading.places.get(pathKey('nodes', key, 'address'))?.value ?? span;
  const names = expandRange(key);
  const { address } = node;
  const addresses = address === undefined ? none : expandAddresses(address, rangesOf(file, 'management'));
  if (!names.ok) report('node-range', span, rangeProblem(key, names.reason));
  if (!addresses.ok) report('node-range', addressSpan(), rangeProblem(address ?? '', addresses.reason));
  if (!names.ok || !addresses.ok) return undefined;
  if (address !== undefined && names.values.length !== addresses.values.length) {
    const [wanted, given] = [names.values.length, addresses.values.length];
    report(
      'node-range',
      addressSpan(),
      msg('{0} has {1} nodes, but its address has {2}.', key, wanted, given),
    );
    return undefined;
  }
  return { key, node, span, addressSpan, names: names.values, addresses: addresses.values };
}

/** What is wrong with one address of a key, with the fix for a prefix. */
function checkAddress(written: string, address: string, span: Span, { reading, report }: Expansion): void {
  const [bare = ''] = /^[^/]+(?=\/\d+$)/.exec(written) ?? [];
  const isRange = isIpv4(bare) || isIpv6(bare);
  const text = isRange
    ? msg('An address takes no prefix here. Write {0}; the range is the cidr of a network.', bare)
    : addressText(written, address);
  report('node-address', span, text, isRange ? replacement(reading.source, span, bare) : undefined);
}

/** What a node's `address` is: an address, or a name in place of it. */
function placeOf(written: string | undefined): Pick<ClusterNode, 'address' | 'domainName'> {
  if (written === undefined) return {};
  return isDomainName(written) ? { domainName: written } : { address: written };
}

interface Expansion {
  readonly file: FileShape;
  readonly reading: Reading;
  readonly report: ReportProblem;
}

/** Expands the nodes of the file and reports problems with their names and addresses. */
export function expandNodes(file: FileShape, reading: Reading): readonly ClusterNode[] {
  const nodes: ClusterNode[] = [];
  const report: ReportProblem = (code, span, message, fix) => {
    const optional = fix ? { fix } : {};
    reading.problems.push({ code, severity: 'error', span, message, ...optional } satisfies Problem);
  };
  const expansion: Expansion = { file, reading, report };
  const findDuplicate = duplicateFinder(report);
  const sshSettings = settingsOf(file);
  const merged = settingsMerger();
  for (const [key, node] of Object.entries(file.nodes)) {
    const entry = expandEntry(key, node, expansion);
    if (!entry) continue;
    const { span, addressSpan, names, addresses } = entry;
    if (nodes.length + names.length > nodeLimit) {
      report('node-range', span, msg('A cluster has at most {0} nodes.', nodeLimit));
      break;
    }
    const ownSettings = merged(layersOf(file, node));
    names.forEach((name, index) => {
      const at = placeOf(addresses[index]);
      if (!isHostName(name)) report('node-name', span, msg('{0} is not a valid host name.', name));
      if (at.address !== undefined && !isAddress(at.address))
        checkAddress(node.address ?? '', at.address, addressSpan(), expansion);
      const ssh = sshSettings(node, node.host ?? addresses[index] ?? name);
      const more = ownSettings ? { own: ownSettings } : {};
      const expanded: ClusterNode = { name, ...at, roles: node.roles ?? noRoles, ssh, span, ...more };
      findDuplicate(expanded, addressSpan);
      nodes.push(expanded);
    });
  }
  return nodes;
}

/** What is wrong with an address: a range that leaves its octet, an octet that is too large, or a name. */
function addressText(written: string, address: string): Message {
  const login = /^[^@\s]+@(\S+)$/.exec(address)?.[1];
  if (login !== undefined)
    return msg('An address takes no user. Write {0}; the user has its own key, user.', login);
  const [, bare, port] = /^([\d.]+):(\d{1,5})$/.exec(address) ?? [];
  if (bare !== undefined)
    return msg('An address takes no port. Write {0}; the port has its own key: port: {1}.', bare, port ?? '');
  const isNumeric = /^\d+(?:\.\d+){3}$/.test(address);
  if (written !== address && isNumeric)
    return msg(
      'The range {0} leaves the addresses: there is no {1}. Over several octets, write the first and the last address: 10.0.0.1 - 10.0.1.44.',
      written,
      address,
    );
  if (isNumeric && /(?:^|\.)0\d/.test(address))
    return msg(
      '{0} is not an IP address: a number in it begins with 0, which some programs read as octal.',
      address,
    );
  if (isNumeric) return msg('{0} is not an IP address: each of its four numbers is at most 255.', address);
  return msg('{0} is not an IP address. Put a host name in the key host.', address);
}

type ReportProblem = (code: ProblemCode, span: Span, message: Message, fix?: Fix) => void;

/** An address in one spelling: IPv6 has several for one. */
function canonical(address: string): string {
  const value = address.includes(':') ? addressValue(address) : undefined;
  return value ? `IPv6 ${value.value}` : address;
}

/** Reports a name or an address that an earlier node already has. */
function duplicateFinder(report: ReportProblem): (node: ClusterNode, addressSpan: () => Span) => void {
  const names = new Set<string>();
  const addresses = new Map<string, string>();
  return (node, addressSpan) => {
    if (names.has(node.name))
      report('node-name-duplicate', node.span, msg('There is already a node named {0}.', node.name));
    if (node.address === undefined) return void names.add(node.name);
    const address = canonical(node.address);
    const holder = addresses.get(address);
    if (holder !== undefined)
      report(
        'node-address-duplicate',
        addressSpan(),
        msg('{0} is already the address of {1}.', node.address, holder),
      );
    names.add(node.name);
    addresses.set(address, node.name);
  };
}
