import { clusterSchema } from '../../core/cluster/schema.ts';
import { msg } from '../../core/l10n.ts';
import { sshdDirectives } from '../../core/openstack/sshd.ts';
import { schemaAt } from '../../core/schema/at.ts';
import type { ObjectSchema, Schema } from '../../core/schema/schema.ts';
import type { Cursor } from '../cursor.ts';
import type { ClusterDocument } from '../document.ts';
import { explainKey } from '../explain/mark.ts';
import { explainDirective } from '../explain/sshd.ts';
import type { Suggestion } from './suggestion.ts';

/** What follows a key: a place for its value in the form that it needs. */
function tailOf(schema: Schema, isFlow: boolean): string {
  switch (schema.kind) {
    case 'object':
    case 'record':
      return isFlow ? ': { $0 }' : ':\n  $0';
    case 'list':
      return isFlow || schema.item.kind === 'text' ? ': [$0]' : ':\n  - $0';
    case 'text':
      return schema.means === 'shell' && !isFlow ? ': |\n  $0' : ': $0';
    default:
      return ': $0';
  }
}

function keyOf(key: string, schema: ObjectSchema, { hasValue, isFlow }: Cursor): Suggestion[] {
  const field = schema.fields[key];
  if (!field) return [];
  const snippet = hasValue ? key : `${key}${tailOf(field.schema, isFlow)}`;
  const goesOn = ['choice', 'flag', 'object', 'list', 'text', 'text-or'].includes(field.schema.kind);
  return [{ label: key, kind: 'key', snippet, page: explainKey(key, field), goesOn: goesOn && !hasValue }];
}

function newNode({ others }: Cursor): Suggestion {
  const number = others.length + 1;
  const snippet = `\${1:node${number}}: { address: \${2:192.168.113.${170 + number}}, roles: [\${3:compute}] }$0`;
  return {
    label: `node${number}`,
    kind: 'snippet',
    snippet,
    page: [msg('A node with its address and roles.')],
  };
}

function newNetwork(): Suggestion {
  const snippet = `\${1:management}: { cidr: \${2:192.168.113.0/24}, interface: \${3:eth0} }$0`;
  return {
    label: 'management',
    kind: 'snippet',
    snippet,
    page: [msg('A network with its addresses and the interface on the nodes.')],
  };
}

/** Directives that the nodes' sshd knows; a word that YAML would read as a flag has to be quoted. */
function directives({ others, hasValue }: Cursor): readonly Suggestion[] {
  const used = new Set(others.map((name) => name.toLowerCase()));
  return sshdDirectives
    .filter(({ name, ignoredSince }) => !used.has(name.toLowerCase()) && ignoredSince === undefined)
    .map((directive) => ({
      label: directive.name,
      kind: 'key',
      snippet: hasValue ? directive.name : `${directive.name}: $0`,
      page: explainDirective(directive),
      goesOn: !hasValue,
    }));
}

/** The keys that can stand at the cursor. */
export function keySuggestions(_: ClusterDocument, cursor: Cursor): readonly Suggestion[] {
  const at = schemaAt(clusterSchema, cursor.path);
  const schema = at?.kind === 'text-or' ? at.other : at;
  if (schema?.kind === 'object') {
    const used = new Set(cursor.others);
    return Object.keys(schema.fields)
      .filter((key) => !used.has(key))
      .flatMap((key) => keyOf(key, schema, cursor));
  }
  if (schema?.kind !== 'record') return [];
  if (schema.keys === 'sshd') return directives(cursor);
  if (cursor.hasValue) return [];
  return schema.keys === 'node' ? [newNode(cursor)] : [newNetwork()];
}
