import { assertNever } from '../../base/assert-never.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { clusterSchema } from '../../cluster/schema.ts';
import { kernelParameters } from '../../data/kernel.ts';
import { findSystem } from '../../data/operating-systems.ts';
import { isKnownTo, sshdDirectives } from '../../data/sshd.ts';
import { schemaAt } from '../../schema/at.ts';
import type { ObjectSchema, Schema } from '../../schema/schema.ts';
import type { Cursor } from '../document/cursor.ts';
import type { ClusterDocument } from '../document/document.ts';
import { explainParameter } from '../explain/kernel.ts';
import { explainKey, networkMeanings } from '../explain/mark.ts';
import { explainDirective } from '../explain/sshd.ts';
import { nodeNetworks } from './next.ts';
import { answerKeySuggestions } from './packstack.ts';
import { snippetsAt } from './snippets.ts';
import type { Suggestion } from './suggestion.ts';

/** The text after a key: a placeholder for its value in the required form. */
function tailOf(schema: Schema, isFlow: boolean): string {
  switch (schema.kind) {
    case 'object':
    case 'record':
      return isFlow ? ': { $0 }' : ':\n  $0';
    case 'list':
      return isFlow || schema.item.kind === 'text' ? ': [$0]' : ':\n  - $0';
    case 'text':
      return schema.means === 'shell' && !isFlow ? ': |\n  $0' : ': $0';
    case 'choice':
    case 'flag':
    case 'integer':
    case 'text-or':
      return ': $0';
    default:
      return assertNever(schema);
  }
}

function keyOf(key: string, schema: ObjectSchema, { hasValue, isFlow }: Cursor): Suggestion[] {
  const field = own(schema.fields, key);
  if (!field) return [];
  const snippet = hasValue ? key : `${key}${tailOf(field.schema, isFlow)}`;
  const goesOn = ['choice', 'flag', 'object', 'list', 'text', 'text-or'].includes(field.schema.kind);
  return [{ label: key, kind: 'key', snippet, page: explainKey(key, field), goesOn: goesOn && !hasValue }];
}

function newUser({ cluster }: ClusterDocument): Suggestion {
  const label = cluster && Object.hasOwn(cluster.users, 'deploy') ? 'operator' : 'deploy';
  const snippet = `\${1:${label}}: { groups: [\${2:wheel}], keys: [\${3:~/.ssh/id_ed25519.pub}], sudo: \${4:nopasswd} }$0`;
  return {
    label,
    kind: 'snippet',
    snippet,
    page: [msg('A user with its groups, its key and its rule of sudo.')],
  };
}

/** The network names with a meaning, then any other name. */
function newNetworks({ cluster }: ClusterDocument, { others }: Cursor): readonly Suggestion[] {
  const [range = '192.168.113.0/24'] = nodeNetworks(cluster?.nodes ?? []);
  const page = [msg('A network with its address range and its interface on the nodes.')];
  const snippets = {
    management: `\${1:management}: { cidr: \${2:${range}}, interface: \${3:eth0} }$0`,
    provider: `\${1:provider}: { interface: \${2:eth1} }$0`,
    storage: `\${1:storage}: { cidr: \${2:192.168.114.0/24}, interface: \${3:eth2} }$0`,
    overlay: `\${1:overlay}: { cidr: \${2:192.168.115.0/24}, vlan: \${3:115}, parent: \${4:eth0} }$0`,
    external: `\${1:external}: { cidr: \${2:203.0.113.0/24}, gateway: \${3:203.0.113.1}, interface: \${4:eth3} }$0`,
    'provider-2': `\${1:provider-2}: { interface: \${2:eth4}, physical-network: \${3:physnet2} }$0`,
  };
  return Object.entries(snippets)
    .filter(([label]) => !others.includes(label))
    .map(([label, snippet]) => {
      const meaning = own(networkMeanings, label === 'provider-2' ? 'provider' : label);
      return { label, kind: 'snippet', snippet, page: meaning ? [...page, meaning] : page };
    });
}

/** The networks of the file, for what a group or a node changes in them. */
function ownNetworks({ cluster }: ClusterDocument, { others, path }: Cursor): readonly Suggestion[] {
  const key = path[0] === 'nodes' ? 'address' : 'interface';
  return Object.keys(cluster?.networks ?? {})
    .filter((label) => !others.includes(label))
    .map((label) => ({
      ...{ label, kind: 'snippet', snippet: `${label}: { ${key}: $0 }` },
      page: [msg('What differs in this network.')],
    }));
}

/** The roles of the nodes that have no group yet. */
function newGroups({ cluster }: ClusterDocument, { others, isFlow }: Cursor): readonly Suggestion[] {
  const roles = new Set((cluster?.nodes ?? []).flatMap((node) => node.roles));
  return [...roles]
    .filter((label) => !others.includes(label))
    .map((label) => ({
      ...{ label, kind: 'snippet', snippet: isFlow ? `${label}: { $0 }` : `${label}:\n  $0` },
      page: [msg('Settings for all nodes with this role.')],
    }));
}

const newBond: Suggestion = {
  label: 'bond0',
  kind: 'snippet',
  snippet: `\${1:bond0}: { members: [\${2:eno1}, \${3:eno2}], mode: \${4:802.3ad} }$0`,
  page: [msg('A bond with its members. Networks use it as interface or parent.')],
};

/** Directives that have an effect; those that the nodes' sshd does not support come last. */
function directives({ cluster }: ClusterDocument, { others, hasValue }: Cursor): readonly Suggestion[] {
  const os = cluster?.system.os === undefined ? undefined : findSystem(cluster.system.os);
  const used = new Set(others.map((name) => name.toLowerCase()));
  return sshdDirectives
    .filter(({ name, ignoredSince }) => !used.has(name.toLowerCase()) && ignoredSince === undefined)
    .map((directive) => ({
      label: directive.name,
      kind: 'key',
      snippet: hasValue ? directive.name : `${directive.name}: $0`,
      page: explainDirective(directive),
      isPoor: os !== undefined && !isKnownTo(directive, os.el),
      goesOn: !hasValue,
    }));
}

/** Kernel parameters set by a guide. */
function parameters({ others, hasValue }: Cursor): readonly Suggestion[] {
  return kernelParameters
    .filter(({ name }) => !others.includes(name))
    .map(({ name, value }) => ({
      label: name,
      kind: 'key',
      snippet: hasValue ? name : `${name}: ${value}$0`,
      page: explainParameter(name),
    }));
}

/** Complete files, where nothing is written yet except comments and the word at the cursor. */
function filesAt(document: ClusterDocument, { path, span, isFlow }: Cursor): readonly Suggestion[] {
  if (path.length > 0 || isFlow) return [];
  const { text } = document;
  const others = `${text.slice(0, span.start)}\n${text.slice(span.end)}`.split('\n');
  const isEmpty = others.every((line) => /^(?:#|$)/.test(line.trim()));
  return isEmpty ? snippetsAt('file', document) : [];
}

/** The services that the file does not have yet, with their usual settings. */
function servicesAt(document: ClusterDocument, { path, others, hasValue }: Cursor): readonly Suggestion[] {
  if (path.length !== 1 || path[0] !== 'services' || hasValue) return [];
  return snippetsAt('service', document).filter(({ label }) => !others.includes(label.split(':')[0] ?? ''));
}

/** Keys that are valid at the cursor. */
export function keySuggestions(document: ClusterDocument, cursor: Cursor): readonly Suggestion[] {
  const at = schemaAt(clusterSchema, cursor.path);
  const schema = at?.kind === 'text-or' ? at.other : at;
  if (schema?.kind === 'object') {
    const used = new Set(cursor.others);
    const keys = Object.keys(schema.fields)
      .filter((key) => !used.has(key))
      .flatMap((key) => keyOf(key, schema, cursor));
    return [...filesAt(document, cursor), ...keys, ...servicesAt(document, cursor)];
  }
  if (schema?.kind !== 'record') return [];
  if (schema.keys === 'sshd') return directives(document, cursor);
  if (schema.keys === 'sysctl') return parameters(cursor);
  if (schema.keys === 'answer') return answerKeySuggestions(document, cursor);
  if (cursor.hasValue) return [];
  if (schema.keys === 'user') return [newUser(document)];
  if (schema.keys === 'node') return snippetsAt('node', document);
  if (schema.keys === 'network')
    return cursor.path[0] === 'networks' ? newNetworks(document, cursor) : ownNetworks(document, cursor);
  if (schema.keys === 'role') return newGroups(document, cursor);
  return cursor.path.at(-1) === 'bonds' ? [newBond] : [];
}
