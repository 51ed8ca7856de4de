import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Problem, ProblemCode, Span } from '../base/problem.ts';
import { remembered } from '../base/remembered.ts';
import { replacement } from '../schema/fixes.ts';
import { moved, type Place } from '../schema/places.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { type ChunkReading, movedProblem } from '../schema/remember.ts';
import { isIpv4, isIpv6 } from './address.ts';
import { expandAddresses } from './address-range.ts';
import { type AddressRange, addressValue, parseCidr } from './cidr.ts';
import type { ClusterNode, SshSettings } from './model.ts';
import { cidrsOf } from './networks.ts';
import { expandOthers } from './node-addresses.ts';
import { reportDuplicates } from './node-duplicates.ts';
import {
  type GroupedNode,
  isUsual,
  joinGroups,
  type NodeGroup,
  type PlacedGroup,
  placed,
} from './node-groups.ts';
import { type Expanded, expandRange, rangeLimit } from './range.ts';
import { rangeFix } from './range-fixes.ts';
import type { FileShape } from './schema.ts';
import { firstOf, layersOf, mergedSettings } from './settings.ts';

type FileNode = FileShape['nodes'][string];
type ReportProblem = (code: ProblemCode, span: Span, message: Message, fix?: Fix) => void;

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

/** Maximum number of nodes, since each line could be a range of a thousand. */
export const nodeLimit = 10_000;

/** Whether a text in place of an address is a name: a slip in an address is none. */
const isDomainName = remembered(
  (text) =>
    hostName.test(text) && /(?:^|\.)[A-Za-z][A-Za-z0-9-]*$/.test(text) && !/^\d{1,3}\.\d{1,3}\./.test(text),
);
const isHostName = remembered((name) => hostName.test(name));
const isAddress = remembered((address) => isIpv4(address) || isIpv6(address));

/** A key of the file's nodes with the spans of its name and its address. */
interface WrittenEntry {
  readonly key: string;
  readonly node: FileNode;
  readonly span: Span;
  readonly addressSpan: Span;
}

/** What a group of nodes is expanded with. */
interface Expansion {
  readonly file: FileShape;
  readonly source: string;
  readonly report: ReportProblem;
  /** Where a path of the group is written. */
  readonly placeAt: (path: string) => Place | undefined;
}

/** The valid ranges of a network. */
function rangesOf(file: FileShape, name: string): readonly AddressRange[] {
  return cidrsOf(own(file.networks, name)).flatMap((cidr) => parseCidr(cidr) ?? []);
}

/** Expands the name and the address of a key; undefined, with a problem, if they do not fit. */
function expandEntry(
  { key, node, span, addressSpan }: WrittenEntry,
  { file, source, report }: Expansion,
): { readonly names: readonly string[]; readonly addresses: readonly string[] } | undefined {
  const names = expandRange(key);
  const { address } = node;
  const addresses = address === undefined ? none : expandAddresses(address, rangesOf(file, 'management'));
  if (!names.ok || !addresses.ok) {
    const fix = rangeFix(source, { text: key, span }, { text: address ?? '', span: addressSpan });
    if (!names.ok) report('node-range', span, rangeProblem(key, names.reason), fix);
    // Both have the same form, and the fix changes both.
    if (!addresses.ok && (names.ok || names.reason !== addresses.reason))
      report('node-range', addressSpan, rangeProblem(address ?? '', addresses.reason), fix);
    return undefined;
  }
  if (address !== undefined && names.values.length !== addresses.values.length) {
    const [wanted, given] = [names.values.length, addresses.values.length];
    report('node-range', addressSpan, msg('{0} has {1} nodes, but its address has {2}.', key, wanted, given));
    return undefined;
  }
  return { names: names.values, addresses: addresses.values };
}

/** What is wrong with one address of a key, with the fix for a prefix. */
function checkAddress(written: string, address: string, span: Span, { source, report }: Expansion): void {
  const [bare = ''] = /^[^/]+(?=\/\d+$)/.exec(written) ?? [];
  const isRange = isIpv4(bare) || isIpv6(bare);
  const text = isRange
    ? msg('An address takes no prefix here. Write {0}; the range is the cidr of a network.', bare)
    : addressText(written, address);
  report('node-address', span, text, isRange ? replacement(source, span, bare) : undefined);
}

/** What a node's `address` is: an address, or a name in place of it. */
function placeOf(written: string | undefined): Pick<ClusterNode, 'address' | 'domainName'> {
  if (written === undefined) return {};
  return isDomainName(written) ? { domainName: written } : { address: written };
}

/** The nodes of one key, with spans in the file. */
function expandNode(written: WrittenEntry, expansion: Expansion): readonly GroupedNode[] {
  const { key, node, span, addressSpan } = written;
  const { file, report } = expansion;
  const entry = expandEntry(written, expansion);
  if (!entry) return [];
  const settings = mergedSettings(file, layersOf(file, node));
  const others = expandOthers({ key, node, names: entry.names }, expansion);
  return entry.names.map((name, index): GroupedNode => {
    const at = placeOf(entry.addresses[index]);
    if (!isHostName(name)) report('node-name', span, msg('{0} is not a valid host name.', name));
    if (at.address !== undefined && !isAddress(at.address))
      checkAddress(node.address ?? '', at.address, addressSpan, expansion);
    const ssh = sshOf(file, node, node.host ?? entry.addresses[index] ?? name);
    const more = {
      ...(settings ? { own: settings } : {}),
      ...(others ? { addresses: others[index] ?? {} } : {}),
    };
    const same = at.address === undefined ? {} : { canonical: canonical(at.address) };
    const settled = { name, ...at, roles: node.roles ?? noRoles, ssh, ...more };
    return { node: settled, span, addressSpan, key, written: node, isPlain: isUsual(settled), ...same };
  });
}

/** Neighbouring keys of the file's nodes, with the positions of their values. */
interface WrittenGroup {
  readonly start: number;
  readonly nodes: readonly (readonly [key: string, node: FileNode])[];
  readonly placeOf: (path: string) => Place | undefined;
}

function expandGroup(
  file: FileShape,
  source: string,
  { start, nodes: written, placeOf }: WrittenGroup,
): NodeGroup {
  const back = -start;
  const problems: Problem[] = [];
  const report: ReportProblem = (code, span, message, fix) =>
    void problems.push(
      movedProblem({ code, severity: 'error', span, message, ...(fix ? { fix } : {}) }, back),
    );
  const nodes = written.flatMap(([key, node]) => {
    const span = placeOf(pathKey('nodes', key))?.key ?? { start: 0, end: 0 };
    const addressSpan = placeOf(pathKey('nodes', key, 'address'))?.value ?? span;
    return expandNode({ key, node, span, addressSpan }, { file, source, report, placeAt: placeOf });
  });
  return {
    nodes: nodes.map((node) => {
      return { ...node, span: moved(node.span, back), addressSpan: moved(node.addressSpan, back) };
    }),
    problems,
  };
}

interface KnownGroup {
  readonly inherited: string;
  readonly group: NodeGroup;
}

/** The groups of chunks that an edit of the file did not touch. */
const knownGroups = new WeakMap<ChunkReading, KnownGroup>();

/** The groups of the file's nodes; those of an earlier version count if what the nodes inherit is the same. */
function nodeGroups(file: FileShape, reading: Reading): readonly PlacedGroup[] {
  const chunks = reading.chunks.get('nodes');
  if (!chunks) {
    const nodes = Object.entries(file.nodes);
    return [placed(expandGroup(file, reading.source, { start: 0, nodes, placeOf: reading.places.get }), 0)];
  }
  const { ssh, groups, networks, bonds, kernel, sshd, repositories } = file;
  const inherited = JSON.stringify([ssh, groups, networks, bonds, kernel, sshd, repositories]);
  return chunks.map(({ start, reading: chunk }) => {
    const before = knownGroups.get(chunk);
    if (before?.inherited === inherited) return placed(before.group, start);
    const placeOf = (path: string): Place | undefined => {
      const place = chunk.places.get(path);
      return place && { key: moved(place.key, start), value: moved(place.value, start) };
    };
    const nodes = chunk.values as readonly (readonly [string, FileNode])[];
    const group = expandGroup(file, reading.source, { start, nodes, placeOf });
    knownGroups.set(chunk, { inherited, group });
    return placed(group, start);
  });
}

/** The part of a group that is within the limit, and the span of the key that exceeds it. */
function withinLimit(
  whole: PlacedGroup,
  room: number,
): { readonly group: PlacedGroup; readonly over?: Span } {
  const { group, nodes, start } = whole;
  if (nodes.length <= room) return { group: whole };
  const key = group.nodes[room]?.key;
  const count = group.nodes.findIndex((node) => node.key === key);
  const over = nodes[count]?.span;
  return {
    group: { group: { ...group, nodes: group.nodes.slice(0, count) }, start, nodes: nodes.slice(0, count) },
    ...(over ? { over } : {}),
  };
}

/** Expands the nodes of the file and reports problems with their names and addresses. */
export function expandNodes(file: FileShape, reading: Reading): readonly ClusterNode[] {
  const report: ReportProblem = (code, span, message) =>
    void reading.problems.push({ code, severity: 'error', span, message });
  const all: PlacedGroup[] = [];
  let count = 0;
  for (const whole of nodeGroups(file, reading)) {
    const { group, over } = withinLimit(whole, nodeLimit - count);
    for (const problem of group.group.problems) reading.problems.push(movedProblem(problem, group.start));
    all.push(group);
    count += group.nodes.length;
    if (!over) continue;
    report('node-range', over, msg('A cluster has at most {0} nodes.', nodeLimit));
    break;
  }
  reportDuplicates(all, report);
  return joinGroups(all);
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

/** An address in one spelling: IPv6 has several for one. */
function canonical(address: string): string {
  const value = address.includes(':') ? addressValue(address) : undefined;
  return value ? `IPv6 ${value.value}` : address;
}
