import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import { ansibleExport } from '../../src/export/ansible/export.ts';
import { inventory } from '../../src/export/inventory.ts';
import { sshConfig } from '../../src/export/ssh-config.ts';
import { allSteps, clusterOf } from '../support/clusters.ts';

/** The modules of ansible-core that docs/ansible.md names, with the parameters that the tasks give them. */
const modules: Readonly<Record<string, readonly string[]>> = {
  'ansible.builtin.assert': ['that', 'fail_msg', 'quiet'],
  'ansible.builtin.command': ['argv', 'stdin'],
  'ansible.builtin.debug': ['msg', 'var', 'verbosity'],
  'ansible.builtin.fail': ['msg'],
  'ansible.builtin.reboot': ['reboot_timeout'],
  'ansible.builtin.set_fact': ['stackprep_nonce'],
};

function exported(cluster: Cluster) {
  const made = ansibleExport(cluster, 'lab.cluster.yaml');
  if (!made.ok) throw new Error(made.problems.map(english).join('\n'));
  return made;
}

function refusal(cluster: Cluster): readonly string[] {
  const made = ansibleExport(cluster, 'lab.cluster.yaml');
  return made.ok ? [] : made.problems.map(english);
}

const withNodes = (nodes: string, more = 'steps: [hosts-file]') =>
  clusterOf(`cluster: x\nnodes:\n${nodes}\n${more}\n`);

describe('The folder for Ansible', () => {
  const whole = exported(clusterOf(allSteps));
  const file = (path: string) => whole.files.get(path) ?? assert.fail(`${path} is missing`);

  it('has a role for every step of the catalogue, and a play for it in the order of the file', () => {
    const plays = [...file('site.yml').matchAll(/^ {4}- role: stackprep_(\S+)$/gm)].map(([, role]) => role);
    assert.deepEqual(plays.slice(0, 4), ['node_keys', 'ssh_keys', 'users', 'hostname']);
    assert.equal(plays.at(-1), 'without_check');
    for (const role of plays) file(`roles/stackprep_${role}/tasks/main.yml`);
    assert.equal(new Set(plays).size, plays.length);
    assert.ok(plays.length > 30);
  });

  it('runs no other modules than those in the documentation, with no other parameters than those listed', () => {
    for (const [path, text] of whole.files) {
      if (!/tasks\/main\.yml$|site\.yml$/.test(path)) continue;
      for (const [block, indent = '', name = ''] of text.matchAll(
        /^( +)(ansible\.\S+):\n(?:\1 {2}.*\n)+/gm,
      )) {
        const parameters = [...block.matchAll(new RegExp(`^${indent} {2}([a-z_]+):`, 'gm'))].map(
          ([, each]) => each ?? '',
        );
        assert.ok(parameters.length > 0, path);
        for (const parameter of parameters)
          assert.ok(modules[name]?.includes(parameter), `${path}: ${name} ${parameter}`);
      }
      assert.doesNotMatch(text, /\b(?:shell|script|raw|copy|template):/, path);
    }
  });

  it('shows in diff mode what a step would change, in check mode too, and the commands of a custom step', () => {
    const tasks = file('roles/stackprep_hosts_file/tasks/main.yml');
    const [, find = ''] = /^- name: Find what hosts-file would change\n((?: {2}.*\n)+)/m.exec(tasks) ?? [];
    assert.match(find, /sp_kind=diff\\n[\s\S]*stackprep-preview\.sh/);
    assert.match(
      find,
      /\n {2}when:\n {4}- ansible_diff_mode\n[\s\S]*check_mode: false\n {2}changed_when: false\n/,
    );
    assert.match(file('files/stackprep-preview.sh'), /^sp_preview_all\(\)/m);
    assert.match(
      file('roles/stackprep_without_check/files/step.sh'),
      /in needed \| drifted\) printf [\s\S]+ \| sp_preview_lines ;; esac/,
    );
  });

  it('names its secrets, and no value of one is a part of it', () => {
    assert.match(
      file('inventory/group_vars/all/00-stackprep.yml'),
      /stackprep_secret_rabbitmq: "\{\{ lookup\('env', 'STACKPREP_SECRET_RABBITMQ'\) \}\}"/,
    );
    assert.match(
      file('roles/stackprep_rabbitmq/vars/main.yml'),
      /sp_secret_0=\{\{ stackprep_secret_rabbitmq \| string \|/,
    );
  });

  it('runs steps with secrets synchronously, since an asynchronous task stores its input on the node', () => {
    assert.match(file('roles/stackprep_upgrade/tasks/main.yml'), /\n {2}async: \d+\n {2}poll: \d+\n/);
    assert.doesNotMatch(file('roles/stackprep_rabbitmq/tasks/main.yml'), /async:/);
    assert.doesNotMatch(file('roles/stackprep_users/tasks/main.yml'), /async:/);
  });

  it('censors every task that runs a script, whose text would fill the system log of the node', () => {
    for (const [path, text] of whole.files)
      if (/roles\/.*tasks/.test(path) && !path.includes('node_keys'))
        assert.equal(text.split('no_log: true').length, text.split('ansible.builtin.command').length, path);
  });

  it('names what it does not do, in the README and to the user', () => {
    const left = whole.left.map(english);
    for (const word of [
      'rollback of ssh-keys, users',
      'Asynchronous tasks for rabbitmq, packstack',
      '--limit',
      'stackprep undo',
    ])
      assert.ok(
        left.some((each) => each.includes(word)),
        word,
      );
    for (const each of left) assert.ok(file('README.md').includes(each), each);
  });

  it('has the values that differ between nodes with each node, and the others once', () => {
    assert.match(
      file('inventory/host_vars/openstack2/stackprep.yml'),
      /network_interfaces_address: !unsafe "192\.168\.113\.172"/,
    );
    assert.doesNotMatch(file('inventory/group_vars/all/00-stackprep.yml'), /network_interfaces_address/);
  });

  it('has a play for every batch, and runs RabbitMQ and members of a quorum one at a time', () => {
    const nodes = [1, 2, 3].map((n) => `  n${n}: { address: 10.0.0.${n}, roles: [controller] }`).join('\n');
    const text = `${nodes}\n  n4: { address: 10.0.0.4, roles: [compute] }`;
    const services =
      'services: { rabbitmq: { password: { secret: q }, cookie: { secret: c } } }\nopenstack: { release: epoxy }\n';
    const site =
      exported(withNodes(text, `${services}steps: [upgrade, rabbitmq]`)).files.get('site.yml') ?? '';
    assert.match(site, /hosts: "stackprep_upgrade:!stackprep_quorum"\n {2}gather_facts: false\n {2}roles/);
    assert.match(
      site,
      /hosts: "stackprep_upgrade:&stackprep_quorum"\n {2}gather_facts: false\n {2}serial: 1\n/,
    );
    assert.match(
      site,
      /hosts: "stackprep_rabbitmq:&stackprep_quorum"\n {2}gather_facts: false\n {2}serial: 1\n/,
    );
    const batches = exported(
      withNodes(text, 'rollout: { batch: [1, 3], max-failed: 1 }\nsteps: [hosts-file]'),
    ).files;
    assert.match(
      batches.get('site.yml') ?? '',
      /stackprep_hosts_file:&stackprep_batch_2"\n {2}gather_facts: false\n {2}max_fail_percentage: 33\.334\n/,
    );
  });

  it('reboots after an upgrade only if the cluster file allows it', () => {
    const one = '  a: { address: 10.0.0.1 }';
    const tasks = (more: string) =>
      exported(withNodes(one, `openstack: { release: epoxy }\n${more}steps: [upgrade]`)).files.get(
        'roles/stackprep_upgrade/tasks/main.yml',
      ) ?? '';
    assert.match(tasks('system: { reboot: when-needed }\n'), /ansible\.builtin\.reboot/);
    assert.doesNotMatch(tasks(''), /ansible\.builtin\.reboot/);
  });

  it('gives steps whose names differ only in other characters different roles, and no tag that Ansible interprets', () => {
    const steps =
      'steps: [{ name: a.b, run: x }, { name: a-b, run: y }, { name: never, run: z }, { name: Always, run: w }]';
    const { files } = exported(withNodes('  a: { address: 10.0.0.1 }', steps));
    for (const role of ['a_b', 'a_b_2', 'never', 'always'])
      assert.ok(files.has(`roles/stackprep_${role}/files/step.sh`), role);
    assert.match(files.get('site.yml') ?? '', /tags:\n {8}- stackprep_never\n/);
    assert.match(files.get('site.yml') ?? '', /tags:\n {8}- stackprep_always\n/);
  });

  it('refuses nodes that Ansible takes for a group', () => {
    for (const name of ['all', 'ungrouped', 'stackprep'])
      assert.deepEqual(refusal(withNodes(`  ${name}: { address: 10.0.0.1 }`)), [
        `${name} is the name of a group of the inventory, so Ansible would not find the node. Rename it.`,
      ]);
  });

  it('renames the group of a role that has the name of a node, and makes words of other names', () => {
    const made = exported(
      withNodes('  compute: { address: 10.0.0.1, roles: [compute, "gpu nodes!", all, 1st] }'),
    );
    const hosts = made.files.get('inventory/hosts.yml') ?? '';
    for (const group of ['role_compute', 'gpu_nodes_', 'role_all', 'role_1st'])
      assert.match(hosts, new RegExp(`^ {4}${group}:\\n {6}hosts:\\n {8}compute: \\{\\}$`, 'm'));
  });

  it('refuses logins that end the quotes of an option of ssh', () => {
    assert.match(
      refusal(withNodes(`  a: { address: 10.0.0.1, identity: 'x" -o ProxyCommand=id "' }`)).join(),
      /^a: .* has a double quote/,
    );
  });
});

describe('The other exports', () => {
  const cluster = withNodes(
    '  ctl: { address: 10.0.0.1, roles: [controller] }\n  cmp: { address: 10.0.0.2, roles: [compute], user: deploy, become: sudo, jump: "me@gate:2222", identity: "~/my keys/100%" }',
  );

  it('write an ssh configuration without what the cluster file leaves to the user', () => {
    const made = sshConfig(cluster);
    assert.ok(made.ok);
    assert.equal(
      made.text,
      'Host ctl\n  HostName 10.0.0.1\n\nHost cmp\n  HostName 10.0.0.2\n  User deploy\n  IdentityFile "~/my keys/100%%"\n  ProxyJump me@gate:2222\n',
    );
  });

  it('write an inventory with the groups of kolla-ansible or Kayobe', () => {
    for (const [installer, control] of [
      ['kolla', 'control'],
      ['kayobe', 'controllers'],
    ] as const) {
      const made = inventory(cluster, installer, 'x.yaml');
      assert.ok(made.ok);
      assert.match(
        made.text,
        new RegExp(
          `^ {4}${control}:\\n {6}hosts:\\n {8}ctl: \\{\\}\\n {4}network:\\n {6}children:\\n {8}${control}: \\{\\}$`,
          'm',
        ),
      );
      assert.match(made.text, /^ {4}storage:\n {6}hosts: \{\}$/m);
    }
  });

  it('refuse a node with the name of a group of the installer', () => {
    const made = inventory(withNodes('  control: { address: 10.0.0.1 }'), 'kolla', 'x.yaml');
    assert.equal(made.ok, false);
  });
});
