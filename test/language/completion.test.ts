import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver';
import { english } from '../../src/base/l10n.ts';
import { completionsAt } from '../../src/language/completion/completion.ts';
import { edited, marked, seed } from './marked.ts';

const asker = { translate: english, hasSnippets: false, hasSuggestCommand: false };

function complete(text: string): readonly CompletionItem[] {
  const { document, offset } = marked(text);
  return completionsAt(document, offset, asker);
}

const labels = (text: string): readonly string[] => complete(text).map(({ label }) => label);

/** The text after a completion was accepted. */
function taken(text: string, label: string): string {
  const { document, offset } = marked(text);
  const edit = completionsAt(document, offset, asker).find((item) => item.label === label)?.textEdit;
  assert.ok(edit && 'range' in edit, `${label} is not offered`);
  return edited(document, [edit]);
}

describe('Completion', () => {
  it('offers the top-level keys that are not in the file yet', () => {
    const found = labels('cluster: a\nno‸\nsteps: [upgrade]\n');
    assert.ok(found.includes('nodes') && found.includes('openstack'));
    assert.ok(!found.includes('cluster') && !found.includes('steps'));
  });

  it('offers the keys of a node, in block and flow style, at the start, in the middle and at the end', () => {
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

  it('offers the values of an enumeration after the colon, with and without a space', () => {
    assert.deepEqual(labels('cluster: a\nrepositories:\n  epel: ‸\n'), ['enabled', 'disabled']);
    assert.deepEqual(labels('cluster: a\nrepositories:\n  epel:‸\n'), ['enabled', 'disabled']);
    assert.match(taken('cluster: a\nrepositories:\n  epel:‸\n', 'disabled'), /epel: disabled\n/);
    assert.match(taken('cluster: a\nrepositories:\n  epel: en‸abled\n', 'disabled'), /epel: disabled\n/);
  });

  it('sorts releases that fit the described system first', () => {
    const items = complete(seed.replace('release: stein', 'release: ‸'));
    const deprecated = new Set(items.filter(({ tags }) => tags?.length).map(({ label }) => label));
    assert.ok(!deprecated.has('stein') && !deprecated.has('train') && deprecated.has('epoxy'));
    const sorted = items.toSorted((a, b) => String(a.sortText).localeCompare(String(b.sortText)));
    assert.equal(sorted[0]?.label, 'train');
  });

  it('offers steps that the list does not have yet, and a custom step', () => {
    const found = labels(seed.replace('  - upgrade\n', '  - upgrade\n  - ‸\n'));
    assert.ok(found.includes('hosts-file') && found.includes('name: …'));
    assert.ok(!found.includes('upgrade') && !found.includes('repositories'));
  });

  it('starts a list where there is none, and continues it on an empty line', () => {
    assert.match(taken('cluster: a\nsteps:\n  ‸\n', 'upgrade'), /steps:\n {2}- upgrade\n/);
    assert.match(
      taken('cluster: a\nsteps:\n  - hosts-file\n  ‸\n', 'upgrade'),
      /hosts-file\n {2}- upgrade\n/,
    );
    assert.match(taken('cluster: a\nsteps:\n  - up‸\n', 'upgrade'), /steps:\n {2}- upgrade\n/);
    assert.match(taken('cluster: a\nsteps: [up‸]\n', 'upgrade'), /steps: \[upgrade\]\n/);
  });

  it('offers roles and nodes for the hosts of a service or step', () => {
    const found = labels(seed.replace('on: compute', 'on: ‸'));
    assert.deepEqual(found, ['controller', 'compute', 'n1', 'n2', 'n3', 'all']);
  });

  it('offers roles that a node does not have yet, those of the file first', () => {
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

  it('offers settings of sshd and their legal values, quoted where YAML would read a boolean', () => {
    const text = 'cluster: a\nsshd:\n  UseDNS: "no"\n  Permit‸\n';
    assert.ok(labels(text).includes('PermitRootLogin') && !labels(text).includes('UseDNS'));
    assert.match(taken('cluster: a\nsshd:\n  PermitRootLogin: ‸\n', 'no'), /PermitRootLogin: "no"\n/);
    assert.match(taken('cluster: a\nsshd:\n  PermitRootLogin: "‸"\n', 'no'), /PermitRootLogin: "no"\n/);
  });

  it('sorts settings of sshd that the OpenSSH of the nodes supports before newer ones', () => {
    const items = complete(`${seed}sshd:\n  ‸\n`);
    const deprecated = new Set(items.filter(({ tags }) => tags?.length).map(({ label }) => label));
    assert.ok(deprecated.has('Include') && deprecated.has('ExposeAuthInfo'));
    assert.ok(!deprecated.has('UseDNS') && !deprecated.has('GSSAPIKeyExchange'));
  });

  it('offers the interfaces of the file and of the checked nodes', () => {
    const text = `${seed.replace('interface: eth0', 'interface: ens3')}`.replace(
      'networks:\n',
      'networks:\n  provider: { interface: ‸ }\n',
    );
    assert.deepEqual(labels(text), ['ens3']);
    const { document, offset } = marked(text);
    const known = { interfaces: { ens3: 3, ens4: 2, constructor: 1 } };
    const items = completionsAt(document, offset, asker, known);
    assert.deepEqual(
      items.map(({ label, labelDetails }) => [label, labelDetails?.description]),
      [
        ['ens3', '→ 3'],
        ['ens4', '→ 2'],
        ['constructor', '→ 1'],
      ],
    );
    // The word at the cursor does not count as another place.
    assert.deepEqual(labels(seed.replace('interface: eth0', 'interface: et‸h0')), []);
  });

  it('offers users, keys and jump hosts of other nodes, and the usual values', () => {
    const text = (key: string) =>
      `cluster: a\nssh: { user: admin, identity: ~/.ssh/lab, jump: bastion }\nnodes:\n  n1: { address: 10.0.0.1, ${key}: ‸ }\n`;
    assert.deepEqual(labels(text('user')), ['admin', 'root']);
    assert.deepEqual(labels(text('jump')), ['bastion']);
    assert.deepEqual(labels(text('identity')), ['~/.ssh/lab', '~/.ssh/id_ed25519', '~/.ssh/id_rsa']);
    assert.deepEqual(labels(text('port')), ['22']);
    assert.deepEqual(labels(`${text('host').replace('‸', '10.0.0.9')}sshd:\n  AllowUsers: ‸\n`), ['admin']);
  });

  it('continues the sequence of node names and addresses', () => {
    const nodes = 'nodes:\n  web08: { address: 10.1.2.254, roles: [compute, storage] }\n';
    assert.match(
      taken(`cluster: a\n${nodes}  ‸\n`, 'web09'),
      /web09: \{ address: 10\.1\.3\.1, roles: \[compute, storage\] \}/,
    );
    assert.deepEqual(labels(`cluster: a\n${nodes}  x: { address: ‸ }\n`), ['10.1.3.1']);
    assert.match(taken('cluster: a\nnodes:\n  ‸\n', 'node1'), /node1: \{ address: 192\.168\.113\.171/);
    assert.deepEqual(labels(seed.replace('{ cidr', '{ interface: ‸, cidr')), ['eth0']);
    assert.deepEqual(labels(seed.replace('cidr: 10.0.0.0/24', 'cidr: ‸')), ['10.0.0.0/24']);
    assert.deepEqual(labels(seed.replace('networks:\n', 'networks:\n  ‸\n')), [
      'provider',
      'storage',
      'overlay',
      'external',
      'provider-2',
    ]);
  });

  it('proposes a name for a secret that describes its purpose', () => {
    const rabbitmq = (key: string) => `cluster: a\nservices:\n  rabbitmq:\n    ${key}: ‸\n`;
    assert.match(taken(rabbitmq('password'), '{ secret: … }'), /password: \{ secret: rabbitmq \}/);
    assert.match(taken(rabbitmq('cookie'), '{ secret: … }'), /cookie: \{ secret: rabbitmq-cookie \}/);
  });

  it('offers the answers of the release’s Packstack version with their descriptions', () => {
    const text = `${seed}packstack:\n  CONFIG_HEAT_INSTALL: "y"\n  CONFIG_‸\n`;
    const items = complete(text);
    const deprecated = new Set(items.filter(({ tags }) => tags?.length).map(({ label }) => label));
    assert.ok(items.some(({ label }) => label === 'CONFIG_COMPUTE_HOSTS'));
    assert.ok(!items.some(({ label }) => label === 'CONFIG_HEAT_INSTALL'));
    assert.ok(deprecated.has('CONFIG_CEILOMETER_EVENTS_BACKEND') && !deprecated.has('CONFIG_CINDER_BACKEND'));
    const hosts = JSON.stringify(items.find(({ label }) => label === 'CONFIG_COMPUTE_HOSTS'));
    assert.match(hosts, /Compute hosts/);
    assert.match(hosts, /Without this answer, the file gives `10\.0\.0\.2,10\.0\.0\.3`/);
    assert.match(
      taken(text, 'CONFIG_KEYSTONE_ADMIN_PW'),
      /CONFIG_KEYSTONE_ADMIN_PW: \{ secret: keystone-admin \}\n/,
    );
  });

  it('offers the possible values of a Packstack answer', () => {
    const text = (key: string, value = '‸') => `${seed}packstack:\n  ${key}: ${value}\n`;
    assert.deepEqual(labels(text('CONFIG_HEAT_INSTALL')), ['y', 'n']);
    assert.match(taken(text('CONFIG_HEAT_INSTALL'), 'y'), /CONFIG_HEAT_INSTALL: "y"\n/);
    assert.match(taken(text('CONFIG_HEAT_INSTALL', '"‸"'), 'y'), /CONFIG_HEAT_INSTALL: "y"\n/);
    assert.deepEqual(labels(text('CONFIG_CINDER_VOLUMES_SIZE')), ['20G']);
    assert.deepEqual(labels(text('CONFIG_NEUTRON_OVN_TUNNEL_IF')), ['eth0']);
    assert.deepEqual(labels(text('CONFIG_NEUTRON_OVN_BRIDGE_IFACES')), ['br-ex:eth0']);
    assert.deepEqual(labels(text('CONFIG_MARIADB_HOST')), ['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    assert.match(
      taken(text('CONFIG_NOVA_DB_PW'), '{ secret: … }'),
      /CONFIG_NOVA_DB_PW: \{ secret: nova-db \}\n/,
    );
    assert.deepEqual(labels(text('CONFIG_NOVA_DB_PW', '{ secret: ‸ }')), ['queue']);
    assert.deepEqual(labels(text('CONFIG_NOT_KNOWN')), []);
  });

  it('offers the keys of a custom step', () => {
    assert.ok(labels(seed.replace('    on: compute\n', '    ‸\n')).includes('on'));
  });

  it('documents each key', () => {
    const item = complete('cluster: a\nnod‸\n').find(({ label }) => label === 'nodes');
    assert.match(JSON.stringify(item?.documentation), /The nodes by name/);
  });

  it('has placeholders for editors that support snippets, and triggers the next list only where the editor can', () => {
    const { document, offset } = marked('cluster: a\nrepo‸\n');
    const [plain] = completionsAt(document, offset, asker).filter(({ label }) => label === 'repositories');
    assert.ok(plain?.textEdit && plain.textEdit.newText === 'repositories:\n  ' && !plain.command);
    const all = { translate: english, hasSnippets: true, hasSuggestCommand: true };
    const [rich] = completionsAt(document, offset, all).filter(({ label }) => label === 'repositories');
    assert.ok(rich?.textEdit?.newText.endsWith('$0') && rich.command);
  });

  it('offers the kernel parameters and modules of the guides, with their values', () => {
    const file = (kernel: string) => `cluster: a\nkernel:\n${kernel}`;
    const text = file('  sysctl:\n    net.ipv4.ip_forward: 1\n    net.b‸\n');
    assert.ok(labels(text).includes('net.bridge.bridge-nf-call-iptables'));
    assert.ok(!labels(text).includes('net.ipv4.ip_forward'));
    assert.match(taken(text, 'net.bridge.bridge-nf-call-iptables'), /bridge-nf-call-iptables: 1\n/);
    assert.deepEqual(labels(file('  sysctl:\n    net.ipv4.conf.all.rp_filter: ‸\n')), ['0']);
    assert.ok(labels(file('  modules: [‸]\n')).includes('br_netfilter'));
    assert.ok(labels(file('  limits:\n    - { domain: root, item: ‸ }\n')).includes('nofile'));
  });

  it('offers a user with its required keys, and the name for the secret of a password', () => {
    assert.match(taken('cluster: a\nusers:\n  ‸\n', 'deploy'), /deploy: \{ groups: \[wheel\], keys: /);
    assert.deepEqual(labels('cluster: a\nusers:\n  ops: { sudo: ‸ }\n'), ['nopasswd', 'password', 'none']);
    assert.match(taken('cluster: a\nusers:\n  ops: { password: ‸ }\n', '{ secret: … }'), /\{ secret: ops \}/);
  });

  it('offers nothing in comments, in scripts, and where only the user knows the value', () => {
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
