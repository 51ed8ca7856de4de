import { assertNever } from '../../base/assert-never.ts';
import { nodesOn } from '../../cluster/on.ts';
import { clusterSchema } from '../../cluster/schema.ts';
import { components } from '../../data/components.ts';
import { findParameter } from '../../data/kernel.ts';
import { findSystem } from '../../data/operating-systems.ts';
import { packstackInstalls } from '../../data/packstack.ts';
import { releases } from '../../data/releases.ts';
import { findDirective } from '../../data/sshd.ts';
import { listOf, schemaAt } from '../../schema/at.ts';
import type { Meaning, Schema, TextSchema } from '../../schema/schema.ts';
import { catalogue } from '../../steps/catalogue.ts';
import type { Cursor } from '../document/cursor.ts';
import type { ClusterDocument } from '../document/document.ts';
import { namesOfKind } from '../document/names.ts';
import { explainComponent } from '../explain/component.ts';
import { explain, explainKey } from '../explain/mark.ts';
import { explainRelease } from '../explain/release.ts';
import { explainStep } from '../explain/step.ts';
import { answerValueSuggestions } from './packstack.ts';
import { snippetsAt } from './snippets.ts';
import { type Suggestion, value } from './suggestion.ts';
import {
  addressSuggestions,
  interfaceSuggestions,
  type Known,
  rangeSuggestions,
  timeZoneSuggestions,
  wordsElsewhere,
} from './words.ts';

type Suggest = (document: ClusterDocument, cursor: Cursor, known: Known) => readonly Suggestion[];

const wellKnownRoles = ['controller', 'compute', 'storage', 'network'];

function systemOf({ cluster }: ClusterDocument) {
  return cluster?.system.os === undefined ? undefined : findSystem(cluster.system.os);
}

const releaseSuggestions: Suggest = (document) => {
  const os = systemOf(document);
  return releases
    .filter(({ builds }) => builds.length > 0)
    .toReversed()
    .map((release) => ({
      label: release.name,
      kind: 'value',
      detail: [release.number, ...release.el.map((el) => `EL${el}`)].filter(Boolean).join(' '),
      page: explainRelease(release, os),
      isPoor: os !== undefined && !os.builds.some((build) => release.builds.includes(build)),
    }));
};

const componentSuggestions: Suggest = ({ cluster }, { others }) =>
  components
    .filter(({ name }) => !others.includes(name))
    .map((component) => {
      const isPackstack = cluster?.openstack.installer === 'packstack';
      const fits = !isPackstack || packstackInstalls(component.name, cluster?.openstack.release);
      const isPoor = component.retired !== undefined || component.packages.length === 0 || !fits;
      return { label: component.name, kind: 'value', page: explainComponent(component), isPoor };
    });

function references(
  document: ClusterDocument,
  means: Meaning,
  words: readonly string[],
): readonly Suggestion[] {
  return words.map((word) => {
    return { label: word, kind: 'reference', page: explain(document, { means, word, path: [] }) };
  });
}

const roleSuggestions: Suggest = (document, { others }) => {
  const words = new Set([...namesOfKind(document, 'role'), ...wellKnownRoles]);
  return references(
    document,
    'role',
    [...words].filter((word) => !others.includes(word)),
  );
};

const roleOrNodeSuggestions: Suggest = (document) => {
  const nodes = document.cluster?.nodes ?? [];
  const roles = new Set(nodes.flatMap((node) => node.roles));
  const words = [...roles, ...nodes.map(({ name }) => name), 'all'];
  return words.map((word) => ({
    label: word,
    kind: 'reference',
    detail:
      roles.has(word) || word === 'all'
        ? `→ ${nodesOn(nodes, word).length}`
        : (nodes.find(({ name }) => name === word)?.address ?? ''),
  }));
};

const stepSuggestions: Suggest = (document, { others, isFlow }) => {
  const { cluster } = document;
  const used = new Set(others);
  const steps = catalogue
    .filter(({ id }) => !used.has(id))
    .map((step): Suggestion => {
      const isPoor = cluster !== undefined && step.isMissing?.(cluster) === true;
      return { label: step.id, kind: 'step', page: explainStep(step, cluster), isPoor };
    });
  return isFlow ? steps : [...steps, ...snippetsAt('step', document)];
};

const archiveSuggestions: Suggest = (document) =>
  ['auto', 'never', 'https://vault.centos.org/'].map((word) => {
    return { label: word, kind: 'value', page: explain(document, { means: 'archive', word, path: [] }) };
  });

const sshdSuggestions: Suggest = (document, cursor) => {
  const directive = findDirective(String(cursor.path.at(-1)));
  if (!directive) return [];
  const { name, value: form } = directive;
  switch (form.kind) {
    case 'pattern':
      return [value(form.example)];
    case 'words':
      return form.words.map((word) => value(word));
    case 'free': {
      const users = name === 'AllowUsers' ? wordsElsewhere(document, 'login', cursor) : [];
      return users.map((word) => value(word));
    }
    default:
      return assertNever(form);
  }
};

/** The suggested name of a secret at a path: that of the service, with the key unless it is a password. */
function secretName(path: Cursor['path']): string {
  const [owner = '', key = ''] = path.slice(-2).map(String);
  return key === 'password' ? owner : `${owner}-${key}`;
}

const byMeaning: Readonly<Partial<Record<Meaning, Suggest>>> = {
  release: releaseSuggestions,
  component: componentSuggestions,
  role: roleSuggestions,
  'role-or-node': roleOrNodeSuggestions,
  'network-or-address': (document) =>
    references(document, 'network', Object.keys(document.cluster?.networks ?? {})),
  secret: (document, { path }) => {
    const own = path[0] === 'packstack' ? [] : [secretName(path.slice(0, -1))];
    const words = new Set([...namesOfKind(document, 'secret'), ...own]);
    return [...words].map((word) => ({ label: word, kind: 'secret' }));
  },
  step: stepSuggestions,
  address: addressSuggestions,
  'network-range': rangeSuggestions,
  interface: interfaceSuggestions,
  archive: archiveSuggestions,
  'time-zone': timeZoneSuggestions,
};

/** Words for a reference in the schema; otherwise words of the file and suggested values. */
function textsOf(
  { means, usual = [] }: TextSchema,
  document: ClusterDocument,
  cursor: Cursor,
  known: Known,
): readonly Suggestion[] {
  const suggest = means && byMeaning[means];
  if (suggest) return suggest(document, cursor, known);
  const words = means && isRepeated.has(means) ? wordsElsewhere(document, means, cursor) : [];
  const rest = usual.filter((word) => !cursor.others.includes(word));
  return [...new Set([...words, ...rest])].map((word) => value(word));
}

/** Values that several nodes may share. */
const isRepeated: ReadonlySet<Meaning> = new Set(['login', 'jump', 'key-file']);

/** The values that a schema allows at the cursor. */
function valuesOf(
  schema: Schema,
  document: ClusterDocument,
  cursor: Cursor,
  known: Known,
): readonly Suggestion[] {
  switch (schema.kind) {
    case 'choice':
      return schema.values.map((label) => {
        return {
          label,
          kind: 'value',
          page: explain(document, { means: 'choice', word: label, path: cursor.path }),
        };
      });
    case 'flag':
      return ['true', 'false'].map((label) => ({ label, kind: 'value' }));
    case 'text':
      return textsOf(schema, document, cursor, known);
    case 'integer':
      return (schema.usual ?? []).map((word) => value(word));
    case 'text-or':
      return valuesOf(schema.text, document, cursor, known);
    case 'list':
      return cursor.isFlow ? [] : valuesOf(schema.item, document, cursor, known).map((each) => inList(each));
    case 'object': {
      const [only, ...more] = Object.entries(schema.fields);
      if (!schema.isSecret || !only || more.length > 0) return [];
      const [key, field] = only;
      const snippet = `{ ${key}: \${1:${secretName(cursor.path)}} }`;
      return [{ label: `{ ${key}: … }`, kind: 'snippet', snippet, page: explainKey(key, field) }];
    }
    case 'record':
      return [];
    default:
      return assertNever(schema);
  }
}

/** Like above, as the first item of a list that does not exist yet. */
function inList(suggestion: Suggestion): Suggestion {
  return { ...suggestion, snippet: `- ${suggestion.snippet ?? suggestion.label}` };
}

/** Values that are valid at the cursor. */
export function valueSuggestions(
  document: ClusterDocument,
  cursor: Cursor,
  known: Known,
): readonly Suggestion[] {
  const at = schemaAt(clusterSchema, cursor.path);
  const record = schemaAt(clusterSchema, cursor.path.slice(0, -1));
  if (record?.kind === 'record' && cursor.slot === 'value') {
    if (record.keys === 'sshd') return sshdSuggestions(document, cursor, known);
    if (record.keys === 'answer') return answerValueSuggestions(document, cursor, known);
    if (record.keys === 'sysctl') {
      const parameter = findParameter(String(cursor.path.at(-1)));
      return parameter ? [value(parameter.value)] : [];
    }
  }
  if (cursor.slot === 'value') return at ? valuesOf(at, document, cursor, known) : [];
  const list = listOf(at);
  return list ? valuesOf(list.item, document, cursor, known) : [];
}
