import bodies from '../../../snippets/openstack-cluster.json';
import { type Message, msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { nodesOn } from '../../cluster/on.ts';
import type { ClusterDocument } from '../document/document.ts';
import { nextAddress, nextAddresses, nextName, nextNames } from './next.ts';
import { literal, type Suggestion } from './suggestion.ts';

/** Where a snippet fits: a file without content, under `nodes`, as an item of `steps`, under `services`. */
export type SnippetPlace = 'file' | 'node' | 'step' | 'service';

type SnippetName = keyof typeof bodies;

/** Values of a snippet's placeholders by their number. */
type Values = Readonly<Record<number, string>>;

interface Snippet {
  readonly place: SnippetPlace;
  readonly what: Message;
  /** Placeholders that depend on the file; others keep the value in the snippet. */
  readonly values?: (document: ClusterDocument) => Values;
  /** The label, if it depends on the file. */
  readonly label?: (document: ClusterDocument) => string;
  /** A short description after the label. */
  readonly detail?: (document: ClusterDocument) => string;
}

const rangeLength = 3;

function nodesOf({ cluster }: ClusterDocument) {
  return cluster?.nodes ?? [];
}

/** A role of the file with that name or a node; a role of several nodes is replaced by its first node on request. */
function hostsOf(document: ClusterDocument, wanted: string, isSingle = false): Values {
  const nodes = nodesOf(document);
  const roles = new Set(nodes.flatMap((node) => node.roles));
  const [role = nodes[0]?.name] = roles.has(wanted) ? [wanted] : [...roles];
  if (role === undefined) return {};
  const on = nodesOn(nodes, role);
  return { 1: isSingle && on.length > 1 ? (on[0] ?? role) : role };
}

const onController = (document: ClusterDocument): Values => hostsOf(document, 'controller', true);

function rolesOf(document: ClusterDocument): string {
  return nodesOf(document).at(-1)?.roles.join(', ') || 'compute';
}

function nodeValues(document: ClusterDocument): Values {
  const nodes = nodesOf(document);
  const address = nextAddress(nodes) ?? '192.168.113.171';
  return { 1: nextName(nodes), 2: address, 3: rolesOf(document) };
}

function rangeValues(document: ClusterDocument): Values {
  const nodes = nodesOf(document);
  if (nodes.length === 0) return {};
  const { stem, first, last } = nextNames(nodes, rangeLength);
  const [from, to] = [0, -1].map((index) => nextAddresses(nodes, rangeLength)?.at(index)?.split('.'));
  const addresses = from && to && { 4: from.slice(0, 3).join('.'), 5: from[3] ?? '', 6: to[3] ?? '' };
  return { 1: stem, 2: first, 3: last, ...addresses, 7: rolesOf(document) };
}

function rangeDetail(document: ClusterDocument): string {
  const { 1: stem = 'compute', 2: first = '1', 3: last = '3' } = rangeValues(document);
  return `${stem}[${first}:${last}]`;
}

function stepValues(document: ClusterDocument): Values {
  const used = new Set((document.cluster?.steps ?? []).map(({ id }) => id));
  let name = 'house-rules';
  for (let number = 2; used.has(name); number += 1) name = `house-rules-${number}`;
  const { 1: on } = hostsOf(document, 'compute');
  return { 1: name, ...(on === undefined ? {} : { 2: on }) };
}

const snippets: Readonly<Record<SnippetName, Snippet>> = {
  'Stein on CentOS 7': {
    place: 'file',
    what: msg('Complete cluster: OpenStack Stein on CentOS 7, services installed manually.'),
    detail: () => 'Stein, CentOS 7',
  },
  'Packstack, Train on CentOS 7': {
    place: 'file',
    what: msg('Complete cluster: OpenStack Train on CentOS 7, installed by Packstack.'),
    detail: () => 'Train, CentOS 7, Packstack',
  },
  'Epoxy on CentOS Stream 9': {
    place: 'file',
    what: msg('Complete cluster: OpenStack Epoxy on CentOS Stream 9, services installed manually.'),
    detail: () => 'Epoxy, CentOS Stream 9',
  },
  Node: {
    place: 'node',
    what: msg('A node with its address and roles.'),
    label: (document) => nextName(nodesOf(document)),
    values: nodeValues,
  },
  'Node range': {
    place: 'node',
    what: msg('Several nodes on one line. Names and addresses increment together.'),
    values: rangeValues,
    detail: rangeDetail,
  },
  'Custom step': {
    place: 'step',
    what: msg('A custom step: `check` tests whether it is needed, `run` applies it.'),
    values: stepValues,
  },
  MariaDB: { place: 'service', what: msg('MariaDB on the controller.'), values: onController },
  chrony: { place: 'service', what: msg('Time servers of all nodes.') },
  RabbitMQ: {
    place: 'service',
    what: msg('RabbitMQ with a password that is not in the file.'),
    values: onController,
  },
  memcached: { place: 'service', what: msg('memcached on the controller.'), values: onController },
  etcd: {
    place: 'service',
    what: msg('etcd on the controller; use an odd number of nodes.'),
    values: onController,
  },
};

/** A snippet with other values in its placeholders. */
function withValues(body: string, values: Values): string {
  return body.replaceAll(/\$\{(\d+):[^{}]*\}/g, (whole, number: string) => {
    const value = own(values, number);
    return value === undefined ? whole : `\${${number}:${literal(value)}}`;
  });
}

/** The snippets that fit a place, with values that fit the file. */
export function snippetsAt(place: SnippetPlace, document: ClusterDocument): readonly Suggestion[] {
  return Object.entries(snippets).flatMap(([name, each]): readonly Suggestion[] => {
    const source = own(bodies, name);
    if (!source || each.place !== place) return [];
    const { what, values, label, detail } = each;
    return [
      {
        label: label?.(document) ?? source.prefix,
        kind: 'snippet',
        snippet: withValues(source.body.join('\n'), values?.(document) ?? {}),
        page: [what],
        ...(detail && { detail: detail(document) }),
      },
    ];
  });
}

/** What each snippet is, in English; for the test that compares it with the file of the snippets. */
export const snippetTexts: Readonly<Record<string, Message>> = Object.fromEntries(
  Object.entries(snippets).map(([name, { what }]) => [name, what]),
);
