import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver';
import { english } from '../../src/core/l10n.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { edited, marked, seed } from './marked.ts';

const asker = { translate: english, hasSnippets: false, hasSuggestCommand: false };

function complete(text: string): readonly CompletionItem[] {
  const { document, offset } = marked(text);
  return completionsAt(document, offset, asker);
}

const labels = (text: string): readonly string[] => complete(text).map(({ label }) => label);

/** The text after one of the completions was taken. */
function taken(text: string, label: string): string {
  const { document, offset } = marked(text);
  const edit = completionsAt(document, offset, asker).find((item) => item.label === label)?.textEdit;
  assert.ok(edit && 'range' in edit, `${label} is not offered`);
  return edited(document, [edit]);
}

describe('completion', () => {
  it('offers the keys of the file that are not there yet', () => {
    const found = labels('cluster: a\nno‸\nsteps: [upgrade]\n');
    assert.ok(found.includes('nodes') && found.includes('openstack'));
    assert.ok(!found.includes('cluster') && !found.includes('steps'));
  });

  it('offers the keys of a node, in lines and in braces, at the beginning, in the middle and at the end', () => {
    for (const text of [
      'cluster: a\nnodes:\n  a:\n    ‸\n',
      'cluster: a\nnodes:\n  a:\n    ro‸\n    port: 22\n',
      'cluster: a\nnodes:\n  a:\n    port: 22\n    ro‸\n  b: { address: 10.0.0.1 }\n',
      'cluster: a\nnodes:\n  a:\n    port: 22\n    ‸',
      'cluster: a\nnodes:\n  a: { ‸ }\n',
      'cluster: a\nnodes:\n  a: { port: 22, ro‸ }\n',
      'cluster: a\nnodes:\n  a: { ro‸\n  b: { address: 10.0.0.1 }\n',
    ])
      assert.ok(labels(text).includes('roles'), text);
    assert.ok(!labels('cluster: a\nnodes:\n  a: { port: 22, ‸ }\n').includes('port'));
  });

  it('offers the values of a choice behind the colon, with and without a space', () => {
    assert.deepEqual(labels('cluster: a\nrepositories:\n  epel: ‸\n'), ['enabled', 'disabled']);
    assert.deepEqual(labels('cluster: a\nrepositories:\n  epel:‸\n'), ['enabled', 'disabled']);
    assert.match(taken('cluster: a\nrepositories:\n  epel:‸\n', 'disabled'), /epel: disabled\n/);
    assert.match(taken('cluster: a\nrepositories:\n  epel: en‸abled\n', 'disabled'), /epel: disabled\n/);
  });

  it('lists releases that fit the described system before those that do not', () => {
    const items = complete(seed.replace('release: stein', 'release: ‸'));
    const poor = new Set(items.filter(({ tags }) => tags?.length).map(({ label }) => label));
    assert.ok(!poor.has('stein') && !poor.has('train') && poor.has('epoxy'));
    const sorted = items.toSorted((a, b) => String(a.sortText).localeCompare(String(b.sortText)));
    assert.equal(sorted[0]?.label, 'train');
  });

  it('offers steps that the list does not have yet, and a step of your own', () => {
    const found = labels(seed.replace('  - upgrade\n', '  - upgrade\n  - ‸\n'));
    assert.ok(found.includes('hosts-file') && found.includes('name: …'));
    assert.ok(!found.includes('upgrade') && !found.includes('repositories'));
  });

  it('begins a list where there is none, and goes on with it on an empty line', () => {
    assert.match(taken('cluster: a\nsteps:\n  ‸\n', 'upgrade'), /steps:\n {2}- upgrade\n/);
    assert.match(
      taken('cluster: a\nsteps:\n  - hosts-file\n  ‸\n', 'upgrade'),
      /hosts-file\n {2}- upgrade\n/,
    );
    assert.match(taken('cluster: a\nsteps:\n  - up‸\n', 'upgrade'), /steps:\n {2}- upgrade\n/);
    assert.match(taken('cluster: a\nsteps: [up‸]\n', 'upgrade'), /steps: \[upgrade\]\n/);
  });

  it('offers roles and nodes where a service or step runs', () => {
    const found = labels(seed.replace('on: compute', 'on: ‸'));
    assert.deepEqual(found, ['controller', 'compute', 'n1', 'n2', 'n3']);
  });

  it('offers roles that a node does not have, the file’s own first', () => {
    const found = labels(seed.replace('[controller]', '[controller, ‸]'));
    assert.deepEqual(found, ['compute', 'storage', 'network']);
  });

  it('offers networks, secrets and components', () => {
    assert.deepEqual(labels(seed.replace('bind-address: management', 'bind-address: ‸')), ['management']);
    assert.deepEqual(labels(seed.replace('secret: queue', 'secret: ‸')), ['rabbitmq']);
    const components = labels(seed.replace('[nova]', '[nova, ‸]'));
    assert.ok(components.includes('glance') && !components.includes('nova'));
    assert.match(
      taken(seed.replace('{ secret: queue }', '‸'), '{ secret: … }'),
      /password: \{ secret: rabbitmq \}/,
    );
  });

  it('offers settings of sshd and their legal values, quoted where YAML would read a flag', () => {
    const text = 'cluster: a\nsshd:\n  UseDNS: "no"\n  Permit‸\n';
    assert.ok(labels(text).includes('PermitRootLogin') && !labels(text).includes('UseDNS'));
    assert.match(taken('cluster: a\nsshd:\n  PermitRootLogin: ‸\n', 'no'), /PermitRootLogin: "no"\n/);
    assert.match(taken('cluster: a\nsshd:\n  PermitRootLogin: "‸"\n', 'no'), /PermitRootLogin: "no"\n/);
  });

  it('offers the keys of a step of your own', () => {
    assert.ok(labels(seed.replace('    on: compute\n', '    ‸\n')).includes('on'));
  });

  it('says what a key is for', () => {
    const item = complete('cluster: a\nnod‸\n').find(({ label }) => label === 'nodes');
    assert.match(JSON.stringify(item?.documentation), /The nodes by name/);
  });

  it('has places to fill in for editors that know them, and opens the next list only where it can', () => {
    const { document, offset } = marked('cluster: a\nrepo‸\n');
    const [plain] = completionsAt(document, offset, asker).filter(({ label }) => label === 'repositories');
    assert.ok(plain?.textEdit && plain.textEdit.newText === 'repositories:\n  ' && !plain.command);
    const all = { translate: english, hasSnippets: true, hasSuggestCommand: true };
    const [rich] = completionsAt(document, offset, all).filter(({ label }) => label === 'repositories');
    assert.ok(rich?.textEdit?.newText.endsWith('$0') && rich.command);
  });

  it('is silent in comments and scripts, and where only the user knows', () => {
    for (const text of [
      'cluster: a # no‸\n',
      '# ‸\n',
      'cluster: ‸\n',
      seed.replace('yum -y install', '‸'),
      'cluster: a\nbogus: { ‸ }\n',
    ])
      assert.deepEqual(labels(text), [], text);
  });
});
