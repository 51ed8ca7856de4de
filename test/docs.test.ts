import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problemCodes } from '../src/base/problem-codes.ts';
import { clusterSchema } from '../src/cluster/schema.ts';
import { decodeCluster } from '../src/rules/decode.ts';
import type { Schema } from '../src/schema/schema.ts';
import { findStep } from '../src/steps/catalogue.ts';
import { documentation } from '../src/view/documentation.ts';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The pages for users and what leads to them. */
const pages = [
  ...readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
];

/** The anchors that a Markdown page offers: those that it sets, and GitHub's of its headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const set = [...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
  return new Set([...set, ...headings]);
}

/** The relative links of a page, outside of code. */
function linksOf(file: string): readonly string[] {
  const text = read(file)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  const markdown = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const html = [...text.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, link = '']) => link);
  return [...markdown, ...html].filter((link) => !/^[a-z]+:/.test(link));
}

const errorsOf = (text: string): readonly string[] =>
  decodeCluster(text)
    .problems.filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);

const yamlBlocks = (file: string): readonly string[] =>
  [...read(file).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

describe('The documentation', () => {
  for (const file of pages)
    it(`has links to files and headings that exist: ${file}`, () => {
      for (const link of linksOf(file)) {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? file : join(dirname(file), path);
        assert.ok(existsSync(join(root, target)), link);
        if (anchor !== undefined && target.endsWith('.md'))
          assert.ok(anchorsOf(read(target)).has(decodeURIComponent(anchor)), link);
      }
    });

  it('has every page that the extension offers, in Korean where it says so', () => {
    for (const { file, isKorean } of documentation) {
      assert.ok(existsSync(join(docs, `${file}.md`)), file);
      assert.equal(existsSync(join(docs, `${file}.ko.md`)), isKorean, file);
      assert.ok(read('README.md').includes(`docs/${file}.md`), `README.md: ${file}`);
    }
  });

  it('is in the package, except the page that is made when it is opened', () => {
    const packed = read('.vscodeignore').split('\n');
    for (const { file } of documentation) {
      const isPacked = packed.includes(`!docs/${file}.md`) || packed.includes(`!docs/${file}*.md`);
      assert.equal(isPacked, file !== 'troubleshooting', file);
    }
  });

  for (const name of ['cluster-file-by-example', 'from-the-articles'] as const) {
    it(`has only valid cluster files in ${name}, the same in Korean`, () => {
      const blocks = yamlBlocks(`docs/${name}.md`);
      assert.ok(blocks.length > 0);
      for (const text of blocks) assert.deepEqual(errorsOf(text), [], text);
      assert.deepEqual(yamlBlocks(`docs/${name}.ko.md`), blocks);
    });
  }
});

/** Whether the schema has a key, by its dotted path. */
function hasKey(schema: Schema, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (schema.kind === 'record') return hasKey(schema.value, rest);
  if (schema.kind !== 'object') return false;
  const inner = schema.fields[key]?.schema;
  return inner !== undefined && hasKey(inner, rest);
}

/** The commands and settings of the articles, in their order. */
const ofArticles = [
  ...['centos-release-openstack-stein', 'yum -y upgrade', 'python-openstackclient', 'openstack-selinux'],
  ...[
    '/etc/profile',
    '/root/.bash_profile',
    '/home/USER/.bash_profile',
    'LANG=en_US.utf-8',
    'LC_ALL=en_US.utf-8',
  ],
  ...['systemctl disable firewalld', 'service firewalld stop'],
  ...['systemctl disable NetworkManager', 'service NetworkManager stop'],
  ...['systemctl enable network', 'service network restart', 'rm /etc/yum.repos.d/epel*', 'rdo-release.rpm'],
  ...[
    'yum -y update',
    'openstack-packstack',
    'ssh USER@HOST',
    '-i KEY',
    'ssh -v',
    '/etc/ssh/ssh_known_hosts',
  ],
  ...['Port', 'ListenAddress', 'PermitRootLogin no', 'AuthorizedKeysFile .ssh/authorized_keys'],
  ...['PermitEmptyPasswords no', 'PasswordAuthentication yes', 'GSSAPIAuthentication no'],
  ...['GSSAPICleanupCredentials no', 'UseDNS no', 'systemctl start sshd', 'restart', 'stop', 'ssh-keygen'],
  ...['cp id_rsa.pub authorized_keys', 'chmod 700 .ssh', 'chmod 600 ~/.ssh/*', 'PEM', 'PuTTY'],
] as const;

describe('The table of the articles', () => {
  for (const [file, words] of [
    ['docs/from-the-articles.md', { step: 'step', key: 'key', advice: 'advice' }],
    ['docs/from-the-articles.ko.md', { step: '단계', key: '키', advice: '조언' }],
  ] as const) {
    const named = (word: string): readonly string[] =>
      [...read(file).matchAll(new RegExp(`${word} \`([^\`]+)\``, 'g'))].map(([, name = '']) => name);

    it(`names steps, keys and advice that exist: ${file}`, () => {
      const steps = named(words.step);
      assert.ok(steps.length >= 20);
      for (const step of steps) assert.ok(findStep(step), step);
      const keys = named(words.key);
      assert.ok(keys.length >= 15);
      for (const key of keys) assert.ok(hasKey(clusterSchema, key.split('.')), key);
      const advice = named(words.advice);
      assert.ok(advice.length >= 10);
      for (const code of advice) assert.ok((problemCodes as readonly string[]).includes(code), code);
    });

    it(`has every command and setting: ${file}`, () => {
      const firsts = [...read(file).matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, first = '']) => first);
      for (const each of ofArticles)
        assert.ok(
          firsts.some((first) => first.includes(each)),
          each,
        );
    });

    it(`has something for every row: ${file}`, () => {
      const rows = read(file).match(/^\| .+ \|$/gm) ?? [];
      for (const row of rows.filter((each) => !/---|\| Here \||\| 여기 \|/.test(each)))
        assert.match(row, /(?:step|key|advice|단계|키|조언) `|\]\(/, row);
    });
  }
});
