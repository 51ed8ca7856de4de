import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import { english } from '../../src/base/l10n.ts';
import { clusterSchema } from '../../src/cluster/schema.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { marked, seed } from './marked.ts';

const asker = { translate: english, hasSnippets: true, hasSuggestCommand: true };
const cursor = '‸';

type Path = readonly string[];

/** Every place of a schema where a word can be typed: values by their path, keys of a map by its path and `‸`; `*` is any key, `[]` an item. */
function* placesOf(schema: Schema, path: Path): Generator<Path> {
  switch (schema.kind) {
    case 'object':
      yield [...path, cursor];
      for (const [key, field] of Object.entries(schema.fields)) yield* placesOf(field.schema, [...path, key]);
      return;
    case 'record':
      yield [...path, cursor];
      yield* placesOf(schema.value, [...path, '*']);
      return;
    case 'list':
      yield* placesOf(schema.item, [...path, '[]']);
      return;
    case 'text-or':
      yield path;
      yield* placesOf(schema.other, path);
      return;
    default:
      yield path;
  }
}

/** Names for keys that the user chooses; known names where there are any. */
const names: Readonly<Record<string, string>> = {
  sshd: 'LogLevel',
  sysctl: 'net.ipv4.ip_forward',
  packstack: 'CONFIG_HEAT_INSTALL',
};

/** A value with the cursor at a path in it; missing parents are created. */
function put(value: unknown, [part, ...rest]: Path, above: string): unknown {
  if (part === undefined) return cursor;
  if (part === '[]') return [...(Array.isArray(value) ? value : []), put(undefined, rest, above)];
  if (part === cursor && above !== '') return { [cursor]: null };
  const map = typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
  const key = part === '*' ? (names[above] ?? 'other') : part;
  return { ...map, [key]: key === cursor ? null : put(Reflect.get(map, key), rest, key) };
}

function offered(path: Path): number {
  const text = stringify(put(parse(seed), path, '')).replace(/‸"?: null/, cursor);
  const { document, offset } = marked(text);
  return completionsAt(document, offset, asker).length;
}

/** Values that only the user knows. */
const silent = [
  'cluster',
  'nodes * host',
  ...['', 'groups * ', 'nodes * '].flatMap((place) =>
    ['id', 'name', 'baseurl', 'baseurl []', 'mirrorlist', 'metalink', 'gpgkey', 'priority'].map(
      (key) => `${place}repositories extra [] ${key}`,
    ),
  ),
  'proxy http',
  'proxy https',
  'proxy no-proxy []',
  'services chrony external',
  'services mariadb external',
  'services memcached external',
  'services rabbitmq external',
  'vip name',
  'steps [] name',
  'steps [] check',
  'steps [] run',
  // The jump host of another node is offered.
  'ssh jump',
  'groups * jump',
  'nodes * jump',
  // Numbers, addresses and names that only the hardware or the switch knows.
  'bonds * options *',
  'bonds * options ‸',
  'groups * bonds * options *',
  'groups * bonds * options ‸',
  'groups * networks * address []',
  'groups * networks * driver',
  'groups * networks * mac',
  'groups * networks * routes [] metric',
  'groups * networks * table',
  'groups * networks * vlan',
  'networks * driver',
  'networks * mac',
  'networks * physical-network',
  'networks * routes [] metric',
  'networks * table',
  'networks * vlan',
  'nodes * bonds * options *',
  'nodes * bonds * options ‸',
  'nodes * networks * address []',
  'nodes * networks * driver',
  'nodes * networks * mac',
  'nodes * networks * routes [] metric',
  'nodes * networks * table',
  'nodes * networks * vlan',
];

describe('Completion at every place of the schema', () => {
  it('offers something wherever the schema, the catalog or the file knows what can be typed', () => {
    const found = [...placesOf(clusterSchema, [])].filter((path) => offered(path) === 0);
    assert.deepEqual(found.map((path) => path.join(' ')).sort(), silent.toSorted());
  });
});
