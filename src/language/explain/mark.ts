import { joined, type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { loginText } from '../../cluster/login.ts';
import { isProvider } from '../../cluster/networks.ts';
import { nodesOn } from '../../cluster/on.ts';
import { clusterSchema } from '../../cluster/schema.ts';
import { components } from '../../data/components.ts';
import { findSystem } from '../../data/operating-systems.ts';
import { findRelease } from '../../data/releases.ts';
import { serviceFacts } from '../../data/services.ts';
import { findDirective } from '../../data/sshd.ts';
import { ignoredText, valueText } from '../../schema/reference.ts';
import type { Field } from '../../schema/schema.ts';
import { findStep } from '../../steps/catalogue.ts';
import type { ClusterDocument } from '../document/document.ts';
import type { Mark } from '../document/marks.ts';
import { explainAnswer } from './answer.ts';
import { explainComponent } from './component.ts';
import { explainModule, explainParameter } from './kernel.ts';
import { codes, type Page } from './page.ts';
import { explainRelease } from './release.ts';
import { explainDirective } from './sshd.ts';
import { explainStep } from './step.ts';
import { explainService, explainSystem } from './system.ts';

/** Maximum number of names listed; more are only counted. */
const listed = 8;

/** Some names, and the number of further ones. */
export function someOf(names: readonly string[]): Message {
  const rest = names.length - listed;
  if (rest <= 0) return codes(names);
  return msg('{0} and {1} more', codes(names.slice(0, listed)), rest);
}

/** The purpose of a key and the type of its value. */
export function explainKey(key: string, { doc, schema, required }: Field): Page {
  const head = required ? msg('**{0}** (required): {1}', key, doc) : joined([`**${key}**`, doc], ': ');
  return [head, msg('*Value:* {0}', valueText(schema))];
}

/** Whether a key of the file is one that nothing reads. */
function isIgnored(key: string): boolean {
  return clusterSchema.ignored !== undefined && key.startsWith(clusterSchema.ignored);
}

type Subject = Pick<Mark, 'means' | 'word' | 'path' | 'field'>;
type Explain = (document: ClusterDocument, subject: Subject) => Page;

function explainNode({ cluster }: ClusterDocument, word: string, span?: Mark['span']): Page {
  const nodes = (cluster?.nodes ?? []).filter(
    (node) => node.name === word || node.span.start === span?.start,
  );
  const [node] = nodes;
  if (!node) return [];
  if (nodes.length > 1)
    return [
      msg('**{0}** expands to {1} nodes', word, nodes.length),
      [someOf(nodes.map(({ name, address = '' }) => `${name} ${address}`.trim()))],
    ];
  const { ssh, roles, own: settings } = node;
  return [
    msg('Node **{0}**, {1}', word, node.address ?? ssh.host),
    [
      ...(roles.length === 0 ? [] : [msg('Roles: {0}', codes(roles))]),
      msg('Login: {0}', codes([loginText(ssh)])),
      ...(settings?.system?.os === undefined
        ? []
        : [msg('Operating system: {0}', codes([settings.system.os]))]),
      ...Object.entries(settings?.disks ?? {}).map(([use, devices]) =>
        msg('Disks of {0}: {1}', use, codes(devices)),
      ),
      ...(ssh.jump === undefined ? [] : [msg('Jump host: {0}', codes([ssh.jump]))]),
    ],
  ];
}

/** What an `on` selects that is neither a role nor a node. */
function explainSelection({ cluster }: ClusterDocument, word: string): Page {
  if (word !== 'all' && !word.includes('[')) return [];
  const names = nodesOn(cluster?.nodes ?? [], word);
  const title =
    word === 'all' ? msg('Every node: {0}', names.length) : msg('A range of {0} nodes', names.length);
  return names.length === 0 ? [] : [title, [someOf(names)]];
}

function explainRole({ cluster }: ClusterDocument, word: string): Page {
  const nodes = (cluster?.nodes ?? []).filter(({ roles }) => roles.includes(word));
  return nodes.length === 0
    ? []
    : [msg('Role **{0}** of {1} nodes', word, nodes.length), [someOf(nodes.map(({ name }) => name))]];
}

/** The network names with a meaning. */
export const networkMeanings = {
  management: msg(
    'The nodes’ own addresses are in it: services listen there, and the nodes reach each other.',
  ),
  overlay: msg('Its interface carries the tunnels between the hosts.'),
  tunnel: msg('Its interface carries the tunnels between the hosts.'),
  storage: msg('Traffic of storage: the nodes get the addresses that they have in it.'),
  external: msg('Public addresses of the controllers, usually with the default route.'),
  provider: msg('Its interface has no address and joins a bridge of Neutron.'),
} as const;

function explainNetwork({ cluster }: ClusterDocument, word: string): Page {
  const networks = cluster?.networks ?? {};
  const network = own(networks, word);
  if (!network) return [];
  const { cidrs, interface: device, lower, vlan, mtu, gateways, dns, table } = network;
  const found =
    lower === undefined || 'name' in lower ? undefined : 'mac' in lower ? lower.mac : lower.driver;
  const meaning = isProvider(word, network) ? networkMeanings.provider : own(networkMeanings, word);
  return [
    msg('Network **{0}**', word),
    meaning ??
      msg('Its name has no meaning of its own. Services can listen in it, and nodes can have addresses.'),
    [
      ...(cidrs === undefined ? [] : [msg('Addresses: {0}', codes(cidrs))]),
      ...(device === undefined ? [] : [msg('Interface: {0}', codes([device]))]),
      ...(found === undefined ? [] : [msg('Interface by its MAC address or driver: {0}', codes([found]))]),
      ...(vlan === undefined ? [] : [msg('VLAN: {0}', vlan)]),
      ...(mtu === undefined ? [] : [msg('MTU: {0}', mtu)]),
      ...(gateways === undefined ? [] : [msg('Gateway: {0}', codes(gateways))]),
      ...(dns === undefined ? [] : [msg('DNS servers: {0}', codes(dns))]),
      ...(table === undefined ? [] : [msg('Routing table: {0}', table)]),
    ],
  ];
}

const archives: Readonly<Record<string, Message>> = {
  auto: msg('Repositories without mirrors are pointed at the archive of the system.'),
  never: msg('Repository files are not changed.'),
};

function systemOf({ cluster }: ClusterDocument) {
  return cluster?.system.os === undefined ? undefined : findSystem(cluster.system.os);
}

const explainers: Readonly<Partial<Record<Mark['means'], Explain>>> = {
  key: (_, { word, path, field }) => {
    const facts =
      path[0] === 'services' && path.length === 2 ? serviceFacts.find(({ id }) => id === word) : undefined;
    if (!field && path.length === 1 && isIgnored(word)) return [ignoredText('`x-…`')];
    return field ? [...explainKey(word, field), ...(facts ? explainService(facts) : [])] : [];
  },
  choice: (_, { word, path }) => {
    const os = path.at(-1) === 'os' ? findSystem(word) : undefined;
    return os ? explainSystem(os) : [];
  },
  release: (document, { word }) => {
    const release = findRelease(word);
    return release ? explainRelease(release, systemOf(document)) : [];
  },
  component: (_, { word }) => {
    const component = components.find(({ name }) => name === word);
    return component ? explainComponent(component) : [];
  },
  step: ({ cluster }, { word }) => {
    const step = findStep(word);
    return step ? explainStep(step, cluster) : [];
  },
  sshd: (_, { word }) => {
    const directive = findDirective(word);
    return directive ? explainDirective(directive) : [];
  },
  sysctl: (_, { word }) => explainParameter(word),
  module: (_, { word }) => explainModule(word),
  answer: (document, { word }) => explainAnswer(document, word),
  role: (document, { word }) => explainRole(document, word),
  'role-or-node': (document, { word }) => [
    ...explainRole(document, word),
    ...(word.includes('[') ? [] : explainNode(document, word)),
    ...explainSelection(document, word),
  ],
  network: (document, { word }) => explainNetwork(document, word),
  'network-or-address': (document, { word }) => explainNetwork(document, word),
  secret: (_, { word }) => [
    msg('Secret **{0}**', word),
    msg(
      'Its value is never in the file: the editor stores it; the command line prompts for it or reads it from the environment.',
    ),
  ],
  disk: () => [
    msg(
      'An empty disk or partition. The step `disks` refuses one that has partitions, a file system or other traces, and names them.',
    ),
  ],
  'custom-step': () => [msg('A custom step: `check` tests whether it is needed, `run` applies it.')],
  archive: (_, { word }) => [own(archives, word)].filter((text) => text !== undefined),
};

/** The explanation of a word in its context; empty if there is none. */
export function explain(document: ClusterDocument, mark: Subject & Partial<Pick<Mark, 'whole'>>): Page {
  if (mark.means === 'node') return explainNode(document, mark.word, mark.whole);
  return explainers[mark.means]?.(document, mark) ?? [];
}
