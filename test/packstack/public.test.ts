import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../../src/packstack/check.ts';
import { effectiveAnswers } from '../../src/packstack/effective.ts';
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
  b02: [],
  b05: ['126 warning 192.168.151.202'],
  b09: ['35 warning 172.21.1.52'],
  b13: [],
  b14: [],
  b15: [],
  b18: ['137 warning 10.0.2.15'],
  b19: ['801 warning openvswitch'],
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

/** Answers about Neutron that Packstack accepts, with the keys and severities of what Neutron makes of them. */
const neutron: readonly (readonly [
  answers: Readonly<Record<string, string>>,
  problems: readonly string[],
])[] = [
  [{ TYPE_DRIVERS: 'vxlan,flat', TENANT_NETWORK_TYPES: 'vxlan', VNI_RANGES: '10:100' }, []],
  [
    { TYPE_DRIVERS: 'vxlan', TENANT_NETWORK_TYPES: 'vxlan', VNI_RANGES: '' },
    ['CONFIG_NEUTRON_ML2_VNI_RANGES vxlan'],
  ],
  [
    { TYPE_DRIVERS: 'gre', TENANT_NETWORK_TYPES: 'gre', TUNNEL_ID_RANGES: '' },
    ['CONFIG_NEUTRON_ML2_TUNNEL_ID_RANGES gre'],
  ],
  [
    { TYPE_DRIVERS: 'vxlan,flat', TENANT_NETWORK_TYPES: 'vlan', VLAN_RANGES: 'p:1:9', OVS: 'p:br-p' },
    ['CONFIG_NEUTRON_ML2_TYPE_DRIVERS vlan'],
  ],
  [
    { TYPE_DRIVERS: 'vlan', TENANT_NETWORK_TYPES: 'vlan', VLAN_RANGES: 'p', OVS: 'p:br-p' },
    ['CONFIG_NEUTRON_ML2_VLAN_RANGES p:1000:1999'],
  ],
  [
    { TYPE_DRIVERS: 'vlan', TENANT_NETWORK_TYPES: 'vlan', VLAN_RANGES: 'p:1:9,q', OVS: 'p:br-p' },
    ['CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS q'],
  ],
  [{ TYPE_DRIVERS: 'vlan', TENANT_NETWORK_TYPES: 'vlan', VLAN_RANGES: 'p:1:9', OVS: 'p:br-p,q:br-q' }, []],
];

describe('The answers about networks of projects', () => {
  for (const [answers, problems] of neutron)
    it(`are judged by what Neutron makes of them: ${JSON.stringify(answers)}`, () => {
      const rows = Object.entries(answers).map(([key, value]) =>
        key === 'OVS' ? `CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS=${value}` : `CONFIG_NEUTRON_ML2_${key}=${value}`,
      );
      const text = ['[general]', 'CONFIG_NEUTRON_L2_AGENT=openvswitch', ...rows, ''].join('\n');
      const found = checkAnswers(text).flatMap(({ code, message }) =>
        code === 'answers-requirement' && 'args' in message ? [message.args.slice(0, 2).join(' ')] : [],
      );
      assert.deepEqual(found, problems);
    });

  it('warn of a host for Sahara that is not used', () => {
    const text =
      '[general]\nCONFIG_CONTROLLER_HOST=10.0.0.1\nCONFIG_SAHARA_INSTALL=y\nCONFIG_SAHARA_HOST=10.0.0.2\nCONFIG_UNSUPPORTED=n\n';
    const sahara = (whole: string) =>
      checkAnswers(whole).filter(({ message }) => 'args' in message && message.args[0] === '10.0.0.2');
    assert.equal(sahara(text).length, 1);
    assert.equal(sahara(text.replace('UNSUPPORTED=n', 'UNSUPPORTED=y')).length, 0);
    assert.equal(sahara(text.replace('SAHARA_INSTALL=y', 'SAHARA_INSTALL=n')).length, 0);
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

/** Texts with what `RawConfigParser` of Python 2.7.18 read from them (run): its options, or that it refused the text. */
const python2: readonly (readonly [text: string, options: Readonly<Record<string, string>> | 'refused'])[] = [
  ['[general]\n CONFIG_HEAT_INSTALL=y\n', 'refused'],
  ['  [general]\nCONFIG_HEAT_INSTALL=y\n', 'refused'],
  ['[general]\n  # c\nCONFIG_HEAT_INSTALL=y\n', 'refused'],
  ['[general]\nCONFIG_HEAT_INSTALL=y ; c\n', { CONFIG_HEAT_INSTALL: 'y' }],
  ['[general]\nCONFIG_HEAT_INSTALL=""\n', { CONFIG_HEAT_INSTALL: '' }],
  ['[general]\nCONFIG_HEAT_INSTALL=a;b\n', { CONFIG_HEAT_INSTALL: 'a;b' }],
  ['[general]\nCONFIG_HEAT_INSTALL=;x\n', { CONFIG_HEAT_INSTALL: ';x' }],
  ['[general]\nCONFIG_HEAT_INSTALL=y # c\n', { CONFIG_HEAT_INSTALL: 'y # c' }],
  [
    '[general]\nCONFIG_HEAT_INSTALL=y\n[general]\nCONFIG_MAGNUM_INSTALL=y\n',
    { CONFIG_HEAT_INSTALL: 'y', CONFIG_MAGNUM_INSTALL: 'y' },
  ],
  ['[general]\nREM x\nrem\nCONFIG_HEAT_INSTALL=y\n', { CONFIG_HEAT_INSTALL: 'y' }],
  ['[general]\nCONFIG_HEAT_INSTALL=perhaps\nCONFIG_HEAT_INSTALL=n\n', { CONFIG_HEAT_INSTALL: 'n' }],
  ['[general]\r\nCONFIG_HEAT_INSTALL : y\r\n\r\n', { CONFIG_HEAT_INSTALL: 'y' }],
];

describe('An answer file of a Packstack that runs on Python 2', () => {
  for (const [text, options] of python2)
    it(`is read as by its parser: ${JSON.stringify(text)}`, () => {
      const whole = `# Packstack 14.0.0\n${text}`;
      const codes = checkAnswers(whole).map(({ code }) => code);
      if (options === 'refused') {
        assert.deepEqual(codes, ['answers-syntax']);
        const [edit] = checkAnswers(whole)[0]?.fix?.edits ?? [];
        assert.ok(edit);
        assert.deepEqual(checkAnswers(whole.slice(0, edit.span.start) + whole.slice(edit.span.end)), []);
      } else {
        const { judged } = effectiveAnswers(whole);
        assert.deepEqual(Object.fromEntries(judged.given), options);
        assert.ok(
          !codes.some((code) => ['answers-syntax', 'answers-section', 'answers-continued'].includes(code)),
        );
      }
    });

  it('continues a value with an indented comment, as a newer Packstack does not', () => {
    const text = '[general]\nCONFIG_HEAT_INSTALL=y\n  # a comment\nCONFIG_MAGNUM_INSTALL=y\n';
    const codes = (version: string) =>
      checkAnswers(`# Packstack ${version}\n${text}`).map(({ code }) => code);
    assert.deepEqual(codes('14.0.0'), ['answers-continued']);
    assert.deepEqual(codes('16.1.0'), []);
  });

  it('takes the last of two answers, where a newer Packstack stops', () => {
    const text = '[general]\nCONFIG_HEAT_INSTALL=y\nCONFIG_HEAT_INSTALL=n\n';
    const severities = (version: string) =>
      checkAnswers(`# Packstack ${version}\n${text}`).map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(severities('13.0.0'), ['answers-key-duplicate warning']);
    assert.deepEqual(severities('17.0.0'), ['answers-key-duplicate error']);
  });
});

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
