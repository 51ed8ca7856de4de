import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answersFilePatterns,
  answersLanguageId,
  commands,
  contextKeys,
  filePatterns,
  languageId,
  schemes,
  settings,
  views,
} from '../src/protocol/contributions.ts';
import { dashboardViewType } from '../src/protocol/dashboard.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;
const texts = { en: JSON.parse(read('package.nls.json')), ko: JSON.parse(read('package.nls.ko.json')) };

/** Every string of the manifest with the path of its keys. */
function strings(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}/${key}`));
}

const all = strings(manifest);
const clauses = all
  .filter(([path]) => /\/when$|\/completionEvents\/\d+$/.test(path))
  .map(([, text]) => text.replace(/^onCommand:.*/, ''));
const menuCommands = Object.values(contributes.menus)
  .flat()
  .map((item) => (item as { command: string }).command);

/** The regular expression of a glob as `.vscodeignore` uses it: no braces, `*` within one folder. */
function matches(glob: string, path: string): boolean {
  const pattern = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${pattern}$`).test(path);
}

describe('The manifest', () => {
  it('contributes the commands of the table and no others', () => {
    const ids = contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual([...ids].sort(), Object.values(commands).sort());
  });

  it('gives every command a title and the category, and an icon to those in the view menus', () => {
    for (const { command, title, category, icon } of contributes.commands) {
      assert.equal(title, `%command.${command.replace('stackprep.', '')}.title%`);
      assert.equal(category, 'Stackprep');
      const inline = contributes.menus['view/item/context'].some(
        (item: { command: string; group: string }) =>
          item.command === command && item.group.startsWith('inline'),
      );
      if (inline) assert.match(icon, /^\$\([a-z-]+\)$/, command);
    }
  });

  it('has only known commands in its menus, buttons and links', () => {
    const events = all.flatMap(([, text]) => /^onCommand:(stackprep\..+)/.exec(text)?.[1] ?? []);
    const linked = [...Object.values(texts.en), ...Object.values(texts.ko)].flatMap((text) =>
      [...String(text).matchAll(/command:(stackprep\.\w+)/g)].map(([, id = '']) => id),
    );
    const known: readonly string[] = Object.values(commands);
    for (const id of [...menuCommands, ...linked, ...events]) assert.ok(known.includes(id), id);
  });

  it('contributes the settings of the table with their defaults, and no others', () => {
    const { properties } = contributes.configuration;
    const table = Object.values(settings);
    assert.deepEqual(Object.keys(properties).sort(), table.map(({ key }) => key).sort());
    for (const setting of table) {
      const property = properties[setting.key];
      assert.deepEqual(property.default, setting.default, setting.key);
      if ('values' in setting)
        assert.deepEqual((property.items ?? property).enum, setting.values, setting.key);
      if ('minimum' in setting)
        assert.deepEqual([property.minimum, property.maximum], [setting.minimum, setting.maximum]);
      assert.ok(property.markdownDescription, setting.key);
    }
  });

  it('takes what is run on this computer from the settings of the user only', () => {
    const { properties } = contributes.configuration;
    for (const key of ['stackprep.secrets.command', 'stackprep.secrets.file'])
      assert.equal(properties[key].scope, 'machine', key);
  });

  it('uses exactly the context keys that exist', () => {
    const own = clauses.flatMap((clause) => clause.match(/(?<!config\.)\bstackprep\.[\w.]+/g) ?? []);
    const known: readonly string[] = [
      ...Object.values(contextKeys),
      views.nodes,
      views.runs,
      dashboardViewType,
    ];
    for (const key of own) assert.ok(known.includes(key), key);
    for (const key of Object.values(contextKeys)) assert.ok(own.includes(key), `${key} is asked nowhere`);
    const asked = clauses.flatMap((clause) => clause.match(/(?<=config\.)stackprep\.[\w.]+/g) ?? []);
    for (const key of asked) assert.ok(key in contributes.configuration.properties, key);
  });

  it('has the views of the table', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }: { id: string }) => id),
      [views.container],
    );
    assert.deepEqual(
      contributes.views[views.container].map(({ id }: { id: string }) => id),
      [views.nodes, views.runs],
    );
    const known: readonly string[] = [views.nodes, views.runs];
    for (const { view } of contributes.viewsWelcome) assert.ok(known.includes(view), view);
  });

  it('claims cluster files and no other YAML', () => {
    const [language, ...others] = contributes.languages;
    const answers = others.find(({ id }: { id: string }) => id === answersLanguageId);
    assert.deepEqual(answers.filenamePatterns, answersFilePatterns);
    // The languages of logs have no files: Stackprep itself assigns them.
    for (const { id, ...rest } of others.filter((other: unknown) => other !== answers))
      assert.deepEqual([id.startsWith('stackprep-'), Object.keys(rest)], [true, ['aliases']]);
    assert.equal(language.id, languageId);
    assert.deepEqual(language.filenamePatterns, filePatterns);
    for (const key of ['extensions', 'filenames', 'mimetypes', 'firstLine'])
      assert.equal(key in language, false);
    assert.equal(contributes.grammars[0].language, languageId);
    // The language server offers snippets, each at its place.
    assert.equal('snippets' in contributes, false);
  });

  it('activates the extension for cluster files, its own logs and files that can be package logs only; views, commands and the language add their own events', () => {
    assert.deepEqual(manifest.activationEvents, [
      ...filePatterns.map((pattern) => `workspaceContains:**/${pattern}`),
      `onFileSystem:${schemes.log}`,
      'onLanguage:log',
      `onWebviewPanel:${dashboardViewType}`,
    ]);
  });

  it('disables every action that connects to a node in an untrusted workspace', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, ['stackprep.parallelNodes']);
    const connecting: readonly string[] = [
      'run',
      'check',
      'retry',
      'openTerminal',
      'replaceHostKey',
      'forgetNode',
      'showConnectionLog',
      'resumeRun',
    ].map((name) => `stackprep.${name}`);
    for (const items of Object.values(contributes.menus) as { command: string; when?: string }[][]) {
      for (const { command, when = '' } of items)
        if (connecting.includes(command)) assert.match(when, /\bisWorkspaceTrusted\b|^false$/, command);
    }
  });

  it('lets no workspace switch off a confirmation or shorten how long logs are kept', () => {
    const { properties } = contributes.configuration;
    for (const key of ['confirmRun', 'logs.keepDays', 'logs.keepMegabytes'])
      assert.equal(properties[`stackprep.${key}`].scope, 'machine', key);
  });

  it('has every text in English and Korean, and no unused one', () => {
    const used = [...new Set(all.flatMap(([, text]) => /^%(.+)%$/.exec(text)?.[1] ?? []))].sort();
    for (const [language, table] of Object.entries(texts))
      assert.deepEqual(Object.keys(table).sort(), used, language);
    for (const [key, text] of Object.entries(texts.ko)) assert.match(String(text), /[가-힣]|^CentOS/, key);
  });

  it('has no text for users outside the tables of texts', () => {
    const forPeople = /\/(title|description|markdownDescription|contents|name|enumDescriptions\/\d+)$/;
    const brands = new Set(['Stackprep', 'stackprep']);
    const bare = all.filter(
      ([path, text]) => forPeople.test(path) && !text.startsWith('%') && !brands.has(text),
    );
    assert.deepEqual(bare, []);
  });
});

describe('The extension package', () => {
  const allowed = read('.vscodeignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));

  it('contains only listed files', () => {
    assert.ok(read('.vscodeignore').split('\n').includes('**'));
  });

  it('contains every file that the manifest names', () => {
    const named = all
      .filter(
        ([path, text]) =>
          /^(\.\/)?(media|syntaxes|dist)\/|^\.\/language-/.test(text) && path !== '/bin/stackprep',
      )
      .map(([, text]) => text.replace(/^\.\//, ''));
    assert.ok(named.length >= 8);
    for (const file of named) {
      assert.ok(
        allowed.some((glob) => matches(glob, file)),
        `${file} is not in .vscodeignore`,
      );
      if (!file.startsWith('dist/')) assert.ok(existsSync(join(root, file)), file);
    }
    for (const file of readdirSync(join(root, 'l10n')))
      assert.ok(matches('l10n/*.json', `l10n/${file}`), file);
  });
});
