import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../../src/packstack/check.ts';
import { beginsWithAnswers } from '../../src/packstack/name.ts';

const folder = join(import.meta.dirname, '../cases/packstack/public');

/** Notes that an older file gets, whatever it says. */
const ofAge = new Set(['answers-release', 'answers-secrets', 'answers-key-deprecated']);

/** Public answer files that the real Packstack accepted or refused, with the problems that their authors had: line, severity, key or text. */
const expected: Readonly<Record<string, readonly string[]>> = {
  a01: ['170 warning CONFIG_NEUTRON_ML2_VLAN_RANGES, CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS'],
  a03: ['170 warning CONFIG_NEUTRON_ML2_VLAN_RANGES, CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS'],
  a05: [],
  a07: ['110 error'],
  a09: ['19 information CONFIG_MARIADB_HOST, CONFIG_REDIS_HOST'],
  a11: ['27 warning 127.0.0.1'],
  a13: ['191 warning CONFIG_NEUTRON_L3_EXT_BRIDGE'],
  a15: ['66 information 10.1.0.136'],
};

describe('Public answer files', () => {
  for (const [name, problems] of Object.entries(expected))
    it(`have the problems that their authors met, and no others: ${name}`, () => {
      const text = readFileSync(join(folder, `packstack-answers-${name}.txt`), 'utf8');
      const found = checkAnswers(text)
        .filter(({ code }) => !ofAge.has(code))
        .map(({ span, severity, message }) => {
          const args = 'args' in message ? message.args.slice(0, 1) : [];
          return [text.slice(0, span.start).split('\n').length, severity, ...args].join(' ');
        });
      assert.deepEqual(found, problems);
      assert.ok(beginsWithAnswers(text));
    });
});

/** Forms of a file that Python's parser accepts or refuses (run with Python 3.11), with the codes of the problems. */
const forms: readonly (readonly [text: string, codes: readonly string[]])[] = [
  ['[general]\n CONFIG_HEAT_INSTALL=y\n CONFIG_MAGNUM_INSTALL=y\n', []],
  ['  [general]\n  CONFIG_HEAT_INSTALL=y\n  CONFIG_MAGNUM_INSTALL=y\n', []],
  ['[general]\nCONFIG_HEAT_INSTALL=y\n  # a comment\nCONFIG_MAGNUM_INSTALL=y\n', []],
  ['[general] # answers\nCONFIG_HEAT_INSTALL=y\n', []],
  ['[general]\n  CONFIG_HEAT_INSTALL=y\nCONFIG_MAGNUM_INSTALL=y\n', []],
  ['[general]\nCONFIG_HEAT_INSTALL=y\n  CONFIG_MAGNUM_INSTALL=y\n', ['answers-continued']],
  ['\uFEFF[general]\nCONFIG_HEAT_INSTALL=y\n', ['answers-syntax']],
  ['[general]\nCONFIG_HEAT_INSTALL=y\n[general]\nCONFIG_MAGNUM_INSTALL=y\n', ['answers-section']],
  ['[general\nCONFIG_HEAT_INSTALL=y\n', ['answers-syntax']],
  ['[general]\nCONFIG_HEAT_INSTALL\n', ['answers-syntax']],
];

describe('Hosts of an answer file', () => {
  const hosts = '[general]\nCONFIG_CONTROLLER_HOST=10.0.0.1\nCONFIG_COMPUTE_HOSTS=10.0.0.2\n';
  const codes = (more: string) =>
    checkAnswers(hosts + more).flatMap(({ code }) => (code === 'answers-hosts' ? [code] : []));

  it('may not be mixed with names, unless Packstack does not read the answer', () => {
    assert.deepEqual(codes('CONFIG_NETWORK_HOSTS=net1\n'), ['answers-hosts']);
    assert.deepEqual(codes('CONFIG_UNSUPPORTED=y\nCONFIG_STORAGE_HOST=store1\n'), ['answers-hosts']);
    assert.deepEqual(codes('CONFIG_STORAGE_HOST=store1\n'), []);
    assert.deepEqual(codes('CONFIG_TEMPEST_HOST=test1\nCONFIG_PROVISION_TEMPEST=n\n'), []);
  });
});

describe('The form of an answer file', () => {
  for (const [text, codes] of forms)
    it(`is judged as by Python's parser: ${JSON.stringify(text)}`, () => {
      const problems = checkAnswers(text);
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
      for (const { fix } of problems.filter(({ code }) => code !== 'answers-continued')) {
        const [edit] = fix?.edits ?? [];
        if (!edit) continue;
        const fixed = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
        assert.ok(checkAnswers(fixed).length < problems.length, fixed);
      }
    });

  it('is recognized by its beginning, and settings of other programs are not', () => {
    assert.ok(beginsWithAnswers('# mine\n[general]\n\n# a comment\nCONFIG_SSH_KEY=\n'));
    assert.ok(beginsWithAnswers('\uFEFF[general]\r\nconfig_ssh_key = /root/.ssh/id_rsa.pub\r\n'));
    for (const other of ['[general]\nname=x\n', 'CONFIG_SSH_KEY=\n', '[main]\nCONFIG_X=1\n', '', 'text\n'])
      assert.equal(beginsWithAnswers(other), false, other);
  });
});
