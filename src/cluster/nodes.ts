import { type Message, msg } from '../base/l10n.ts';
import type { Fix, Problem, ProblemCode, Span } from '../base/problem.ts';
import { remembered } from '../base/remembered.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { isIpv4, isIpv6 } from './address.ts';
import { addressValue } from './cidr.ts';
import type { ClusterNode, SshSettings } from './model.ts';
import { type Expanded, expandRange, rangeLimit } from './range.ts';
import type { FileShape } from './schema.ts';

type FileNode = FileShape['nodes'][string];

/** A valid host name. */
export const hostName =
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

function rangeProblem(text: string, reason: Exclude<Expanded, { ok: true }>['reason']): Message {
  if (reason === 'backwards') return msg('The range in {0} ends before it starts.', text);
  if (reason === 'too-large') return msg('The range in {0} has more than {1} nodes.', text, rangeLimit);
  return msg('{0} is not a range. Example: compute[01:12].', text);
}

/** The ssh settings of a node: its own keys override those of the cluster. */
function sshOf(file: FileShape, node: FileNode, address: string): SshSettings {
  const defaults = file.ssh ?? {};
  const identity = node.identity ?? defaults.identity;
  const jump = node.jump ?? defaults.jump;
  const open = (['port', 'user'] as const).filter((key) => (node[key] ?? defaults[key]) === undefined);
  return {
    host: node.host ?? address,
    port: node.port ?? defaults.port ?? 22,
    user: node.user ?? defaults.user ?? 'root',
    become: node.become ?? defaults.become ?? 'none',
    ...(identity === undefined ? {} : { identity }),
    ...(jump === undefined ? {} : { jump }),
    ...(open.length === 0 ? {} : { open }),
  };
}

const noRoles: readonly string[] = [];

interface KnownSettings {
  readonly address: string;
  readonly defaults: string;
  readonly ssh: SshSettings;
}

/** The settings of nodes that an edit of the file did not touch: their objects stay the same. */
const knownSettings = new WeakMap<FileNode, KnownSettings>();

/** Finds the settings of a node; those of an earlier version of the file count if the defaults are the same. */
function settingsOf(file: FileShape): (node: FileNode, address: string) => SshSettings {
  const defaults = JSON.stringify(file.ssh ?? {});
  return (node, address) => {
    const before = knownSettings.get(node);
    if (before?.address === address && before.defaults === defaults) return before.ssh;
    const ssh = sshOf(file, node, address);
    knownSettings.set(node, { address, defaults, ssh });
    return ssh;
  };
}

/** Maximum number of nodes, since each line could be a range of a thousand. */
export const nodeLimit = 10_000;

const isHostName = remembered((name) => hostName.test(name));
const isAddress = remembered((address) => isIpv4(address) || isIpv6(address));

/** Expands the nodes of the file and reports problems with their names and addresses. */
export function expandNodes(file: FileShape, reading: Reading): readonly ClusterNode[] {
  const nodes: ClusterNode[] = [];
  const report: ReportProblem = (code, span, message, fix) => {
    const optional = fix ? { fix } : {};
    reading.problems.push({ code, severity: 'error', span, message, ...optional } satisfies Problem);
  };
  const findDuplicate = duplicateFinder(report);
  const sshSettings = settingsOf(file);
  for (const [key, node] of Object.entries(file.nodes)) {
    const span = reading.places.get(pathKey('nodes', key))?.key ?? { start: 0, end: 0 };
    // Only a problem needs it, and few of thousands of nodes have one.
    const addressSpan = (): Span => reading.places.get(pathKey('nodes', key, 'address'))?.value ?? span;
    const names = expandRange(key);
    const addresses = expandRange(node.address);
    if (!names.ok) report('node-range', span, rangeProblem(key, names.reason));
    if (!addresses.ok) report('node-range', addressSpan(), rangeProblem(node.address, addresses.reason));
    if (!names.ok || !addresses.ok) continue;
    if (names.values.length !== addresses.values.length) {
      const text = msg(
        '{0} has {1} nodes, but its address has {2}.',
        key,
        names.values.length,
        addresses.values.length,
      );
      report('node-range', addressSpan(), text);
      continue;
    }
    if (nodes.length + names.values.length > nodeLimit) {
      report('node-range', span, msg('A cluster has at most {0} nodes.', nodeLimit));
      break;
    }
    names.values.forEach((name, index) => {
      const address = addresses.values[index] ?? '';
      if (!isHostName(name)) report('node-name', span, msg('{0} is not a valid host name.', name));
      if (!isAddress(address)) {
        const [bare = ''] = /^[^/]+(?=\/\d+$)/.exec(node.address) ?? [];
        const isRange = isIpv4(bare) || isIpv6(bare);
        const text = isRange
          ? msg('An address takes no prefix here. Write {0}; the range is the cidr of a network.', bare)
          : addressText(node.address, address);
        report(
          'node-address',
          addressSpan(),
          text,
          isRange ? replacement(reading.source, addressSpan(), bare) : undefined,
        );
      }
      const ssh = sshSettings(node, address);
      const expanded: ClusterNode = { name, address, roles: node.roles ?? noRoles, ssh, span };
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
      'The range {0} leaves the addresses: there is no {1}. The last number goes up to 255.',
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
