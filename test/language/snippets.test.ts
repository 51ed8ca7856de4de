import assert from 'node:assert/strict';
import type { CompletionItem, Range } from 'vscode-languageserver';
import bodies from '../../snippets/openstack-cluster.json';
import { english, msg } from '../../src/base/l10n.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { snippetTexts } from '../../src/language/completion/snippets.ts';
import type { Known } from '../../src/language/completion/words.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { likelyTimeZones } from '../../src/server/time-zones.ts';
import { documentOf, edited, marked, seed } from './marked.ts';

const asker = { translate: english, hasSnippets: false, hasSuggestCommand: false };

const known: Known = {
  interfaces: {},
  timeZones: () => [
    { name: 'Europe/Berlin', why: msg('The time zone of this computer.') },
    { name: 'Asia/Seoul', why: msg('Used in another open cluster file.') },
  ],
};

/** The offered items as the editor sorts them. */
function itemsAt(text: string): readonly CompletionItem[] {
  const { document, offset } = marked(text);
  const items = completionsAt(document, offset, asker, known);
  return items.toSorted((a, b) => String(a.sortText).localeCompare(String(b.sortText)));
}

/** Labels with their details. */
function rows(text: string, count = 4): readonly string[] {
  return itemsAt(text)
    .slice(0, count)
    .map(({ label, labelDetails }) => [label, labelDetails?.description].filter(Boolean).join(' | '));
}

const lab = (rest: string): string => `cluster: lab\n${rest}`;
const withNode = (rest: string): string =>
  lab(`nodes:\n  compute1: { address: 10.0.0.1, roles: [controller, compute] }\n${rest}`);
const inSeed = (before: string, after: string): string => seed.replace(before, after);

const templates = [
  'cluster-stein | Stein, CentOS 7',
  'cluster-packstack | Train, CentOS 7, Packstack',
  'cluster-epoxy | Epoxy, CentOS Stream 9',
];

/** Places with the first rows of their lists. */
const places: readonly (readonly [string, string, readonly string[]])[] = [
  ['an empty file', '‸', [...templates, 'cluster']],
  ['a file with comments only', '# Our lab.\n\n‸\n', [...templates, 'cluster']],
  ['a first word', 'clu‸', [...templates, 'cluster']],
  ['the top of a file with content', 'cluster: lab\n‸\n', ['openstack', 'ssh', 'nodes', 'networks']],
  ['the value of installer', lab('openstack:\n  installer: ‸\n'), ['manual', 'packstack']],
  ['the value of selinux', lab('system:\n  selinux: ‸\n'), ['enforcing', 'permissive', 'disabled']],
  ['the inside of ssh', lab('ssh:\n  ‸\n'), ['user', 'port', 'identity', 'jump']],
  ['the inside of repositories', lab('repositories:\n  ‸\n'), ['rdo', 'epel', 'archive', 'source']],
  ['nodes', lab('nodes:\n  ‸\n'), ['node1', 'range | compute[1:3]']],
  ['nodes with others', withNode('  ‸\n'), ['compute2', 'range | compute[2:4]']],
  ['a node', withNode('    ‸\n'), []],
  ['a new node', withNode('  a:\n    ‸\n'), ['address', 'roles', 'host', 'port']],
  [
    'roles of a node',
    lab('nodes:\n  a: { address: 10.0.0.1, roles: [‸] }\n'),
    ['controller', 'compute', 'storage', 'network'],
  ],
  ['networks', lab('networks:\n  ‸\n'), ['management', 'provider', 'storage', 'overlay']],
  ['services', withNode('services:\n  ‸\n'), ['mariadb', 'chrony', 'rabbitmq', 'memcached']],
  [
    'a service',
    withNode('services:\n  mariadb:\n    ‸\n'),
    ['on', 'external', 'bind-address', 'max-connections'],
  ],
  ['the first step', withNode('steps:\n  - ‸\n'), ['ssh-keys', 'users', 'hostname', 'hosts-file']],
  ['a missing list of steps', withNode('steps:\n  ‸\n'), ['ssh-keys', 'users', 'hostname', 'hosts-file']],
  [
    'the time zone',
    lab('system:\n  timezone: ‸\n'),
    ['Europe/Berlin', 'Asia/Seoul', 'Africa/Abidjan', 'Africa/Accra'],
  ],
  [
    'the release',
    inSeed('release: stein', 'release: ‸'),
    ['train | EL7 EL8', 'stein | EL7', 'rocky | EL7', 'queens | EL7'],
  ],
  ['a flag of the firewall', lab('system:\n  firewalld: ‸\n'), ['enabled', 'disabled']],
  ['the name of the cluster', 'cluster: ‸\n', []],
  ['a comment', '# cluster‸\n', []],
  ['the script of a custom step', inSeed('yum -y install house-rules', 'yum ‸'), []],
];

const snippets = (text: string): readonly string[] =>
  itemsAt(text)
    .filter(({ kind }) => kind === 15)
    .map(({ label }) => label);

/** The codes of the errors and warnings of a text. */
function problemsIn(text: string): readonly string[] {
  const { problems } = decodeCluster(text);
  return problems.filter(({ severity }) => severity !== 'information').map(({ code }) => code);
}

/** An edit as an editor applies it with `adjustIndentation`: the indentation of its line before each further line. */
function adjusted(text: string, edit: { readonly range: Range; readonly newText: string }) {
  const line = text.split('\n').find((each) => each.includes('‸')) ?? '';
  const indentation = /^ */.exec(line)?.[0] ?? '';
  return { ...edit, newText: edit.newText.replaceAll('\n', `\n${indentation}`) };
}

describe('The snippets', () => {
  for (const [place, text, expected] of places) {
    it(`are offered in their place only: ${place}`, () => {
      assert.deepEqual(rows(text), expected);
    });
  }

  it('are a custom step at the end of the steps, and services below their keys', () => {
    assert.deepEqual(snippets(withNode('steps:\n  - ‸\n')), ['name: …']);
    assert.deepEqual(snippets(withNode('services:\n  etcd: { on: controller }\n  ‸\n')), [
      'mariadb: { … }',
      'chrony: { … }',
      'rabbitmq: { … }',
      'memcached: { … }',
    ]);
    assert.deepEqual(snippets(withNode('services:\n  ‸: 1\n')), []);
  });

  it('have no label twice in any place', () => {
    for (const [place, text] of places) {
      const labels = itemsAt(text).map(({ label }) => label);
      assert.deepEqual(labels.length, new Set(labels).size, place);
    }
  });

  it('leave a file without a new problem when they are accepted in their place', () => {
    const base = 'openstack: { release: train }\nsystem: { os: centos-7 }\n';
    const cases = [
      '‸',
      '# Our lab.\n‸\n',
      lab(`${base}nodes:\n  ‸\n`),
      lab(`${base}nodes:\n  compute1: { address: 10.0.0.1, roles: [controller, compute] }\n  ‸\n`),
      lab(`${base}nodes:\n  "compute[01:03]": { address: "10.0.0.[251:253]", roles: [compute] }\n  ‸\n`),
      `${seed.replace('  mariadb:', '  ‸\n  mariadb:')}`,
      `${seed.replace(/services:\n(?: {2}.*\n)*/, 'services:\n  ‸\n')}`,
      `${seed.replace('steps:\n', 'steps:\n  - ‸\n')}`,
      `${seed}  - ‸\n`,
      `${seed.replace(/steps:\n[\s\S]*/, 'steps:\n  ‸\n')}`,
    ];
    let accepted = 0;
    for (const text of cases) {
      const { document, offset } = marked(text);
      const before = problemsIn(text.replace(/.*‸.*\n?/, ''));
      for (const item of completionsAt(document, offset, asker, known)) {
        if (item.kind !== 15 || !item.textEdit || !('range' in item.textEdit)) continue;
        const after = edited(document, [adjusted(text, item.textEdit)]);
        const added = problemsIn(after).filter((code) => !before.includes(code));
        assert.deepEqual(added, [], `${item.label} in\n${text}\n${after}`);
        accepted += 1;
      }
    }
    assert.ok(accepted >= 20, String(accepted));
  });

  it('continue names and addresses of a range after those of the nodes', () => {
    const text = lab('nodes:\n  compute09: { address: 10.0.0.253, roles: [compute, storage] }\n  ‸\n');
    const { document, offset } = marked(text);
    const items = completionsAt(document, offset, asker, known);
    const edit = items.find(({ label }) => label === 'range')?.textEdit;
    assert.ok(edit && 'range' in edit);
    assert.match(
      edited(document, [edit]),
      /"compute\[10:12\]": \{ address: "10\.0\.1\.\[1:3\]", roles: \[compute, storage\] \}/,
    );
  });

  it('have the descriptions of the file of the snippets, which other tools read', () => {
    assert.deepEqual(
      Object.entries(snippetTexts).map(([name, what]) => [name, english(what)]),
      Object.entries(bodies).map(([name, { description }]) => [name, description]),
    );
    const prefixes = Object.values(bodies).map(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
  });
});

describe('The time zones', () => {
  it('begin with the one of this computer, then those of the other open files', () => {
    const file = (zone: string) => documentOf(withNode(`system: { timezone: ${zone} }\n`));
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const others = () => [file('Asia/Seoul'), file('Asia/Tokyo'), file('Asia/Seoul'), file(here)];
    const names = likelyTimeZones({ others }, 'file:///a').map(({ name }) => name);
    assert.deepEqual(names, [here, ...['Asia/Seoul', 'Asia/Tokyo'].filter((name) => name !== here)]);
  });
});
