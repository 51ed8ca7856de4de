import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { positions } from '../../src/base/position.ts';
import { sizeLimit } from '../../src/cluster/decode.ts';
import { decodeCluster, readCluster } from '../../src/rules/decode.ts';
import { createParseMemory } from '../../src/schema/memory.ts';

const cases = join(import.meta.dirname, '../cases/cluster');
const textOf = (name: string): string => readFileSync(join(cases, name), 'utf8');

/** Every problem as `line code`, lines counted from 1. */
function found(text: string): string[] {
  const { at } = positions(text);
  return decodeCluster(text).problems.map((problem) => `${at(problem.span.start).line + 1} ${problem.code}`);
}

/** The problems that the file expects in its own `# ! code` comments. */
function announced(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(/# ! (\S+)/g)].map(([, code]) => `${index + 1} ${code}`));
}

describe('decodeCluster', () => {
  for (const name of readdirSync(cases).filter((file) => file !== 'syntax.yaml')) {
    it(`reports exactly the problems that ${name} expects, each on its line`, () => {
      const text = textOf(name);
      assert.ok(announced(text).length > 0);
      assert.deepEqual(found(text).sort(), announced(text).sort());
    });
  }

  it('decodes the complete example of the product page', () => {
    const text = readFileSync(join(import.meta.dirname, '../../examples/seed-lab.cluster.yaml'), 'utf8');
    const { cluster, problems } = decodeCluster(text);
    assert.deepEqual(problems, []);
    assert.equal(cluster?.name, 'seed-lab');
    assert.deepEqual(
      cluster.nodes.map((node) => [node.name, node.address]),
      [
        ['openstack1', '192.168.113.171'],
        ['openstack2', '192.168.113.172'],
        ['openstack3', '192.168.113.173'],
        ['openstack4', '192.168.113.174'],
      ],
    );
    assert.deepEqual(
      cluster.steps.map((step) => step.id),
      [
        'ssh-keys',
        'hosts-file',
        'repositories',
        'upgrade',
        'openstack-client',
        'openstack-selinux',
        'house-rules',
      ],
    );
    assert.deepEqual(cluster.steps.at(-1)?.nodes, ['openstack2', 'openstack3']);
    assert.deepEqual(cluster.services.rabbitmq?.password, { secret: 'rabbitmq' });
    assert.equal(cluster.sshd.UseDNS, 'no');
  });

  it('expands ranges, keeps leading zeros, and merges the ssh keys of a node over the defaults', () => {
    const { cluster } = decodeCluster(textOf('fine.yaml'));
    assert.deepEqual(
      cluster?.nodes.map((node) => node.name),
      ['openstack1', 'compute08', 'compute09', 'compute10', 'compute11'],
    );
    assert.equal(cluster.nodes[0]?.ssh.port, 2222);
    assert.deepEqual(cluster.nodes[4]?.ssh, {
      ...{ host: '10.0.0.11', port: 22, user: 'stack', become: 'sudo', open: ['port'] },
    });
    assert.equal(cluster.openstack.release, 'epoxy');
  });

  it('derives the order of the steps from the settings when the file has no steps', () => {
    const text =
      'cluster: a\nopenstack: {release: stein}\nsystem: {locale: C.UTF-8, hosts-file: managed}\nnodes: {n: {address: 10.0.0.1}}\n';
    const ids = decodeCluster(text).cluster?.steps.map((step) => step.id);
    assert.deepEqual(ids, [
      'hosts-file',
      'repositories',
      'upgrade',
      'openstack-client',
      'openstack-selinux',
      'locale',
    ]);
  });

  it('suggests the intended word for a misspelled one', () => {
    const texts = decodeCluster(textOf('unknown-keys.yaml')).problems.map((problem) =>
      english(problem.message),
    );
    assert.ok(texts.includes('Unknown key relase. Did you mean release?'), texts.join('\n'));
  });

  it('reports broken YAML with its position and still decodes the valid parts', () => {
    const { problems } = decodeCluster(textOf('syntax.yaml'));
    assert.equal(problems[0]?.code, 'yaml-syntax');
    assert.ok(found(textOf('syntax.yaml')).every((line) => /^[34] /.test(line)));
  });

  for (const [what, text, code] of [
    ['an empty file', '', 'file-empty'],
    ['a file of comments', '# nothing yet\n', 'file-empty'],
    ['a file with only a document marker', '# nothing yet\n---\n', 'file-empty'],
    ['a file indented by tabs', 'cluster: a\nnodes:\n\tn: {address: 10.0.0.1}\n', 'yaml-syntax'],
    ['a file of 10 MB', `cluster: a\n#${'x'.repeat(10_000_000)}`, 'file-too-large'],
    ['plain text', 'hello', 'value-type'],
    ['two documents', 'cluster: a\n---\ncluster: b\n', 'yaml-syntax'],
  ] as const) {
    it(`reports ${what} as ${code}`, () => {
      const { cluster, problems } = decodeCluster(text);
      assert.equal(cluster, undefined);
      assert.equal(problems[0]?.code, code);
    });
  }

  it('decodes every prefix of every example without throwing', () => {
    for (const name of readdirSync(cases)) {
      const text = textOf(name);
      const memory = createParseMemory();
      for (let end = 0; end <= text.length; end += 3) {
        for (const { span } of readCluster(text.slice(0, end), { memory }).decoded.problems)
          assert.ok(span.start >= 0 && span.end >= span.start);
      }
    }
  });

  it('limits the expansion of aliases', () => {
    const bomb = `cluster: a\nx0: &a0 [lol]\n${Array.from({ length: 30 }, (_, i) => `x${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\nnodes: *a30\n`;
    assert.ok(bomb.length < sizeLimit);
    assert.ok(decodeCluster(bomb).problems.some((problem) => problem.code === 'value-type'));
  });

  it('limits the expansion of merge keys, and rejects a map that is merged into itself', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `x${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}] }`);
    const bomb = `x0: &a0 { address: 10.0.0.1 }\n${levels.join('\n')}\ncluster: a\nnodes:\n  n: *a40\n`;
    assert.equal(decodeCluster(bomb).cluster?.nodes[0]?.address, '10.0.0.1');
    assert.deepEqual(found('cluster: a\nnodes: &a\n  <<: *a\n'), ['3 alias-unknown']);
  });

  it('rejects nesting that is too deep, in block and flow style', () => {
    for (const deep of ['['.repeat(1e5), '- '.repeat(1e4), '? '.repeat(1e4), `${' '.repeat(500)}a: 1`])
      assert.equal(decodeCluster(`cluster: a\nnodes:\n  ${deep}\n`).problems[0]?.code, 'yaml-syntax');
  });
});
