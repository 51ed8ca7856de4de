import assert from 'node:assert/strict';
import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver';
import { english } from '../../src/base/l10n.ts';
import { rangeOf } from '../../src/language/document/document.ts';
import { foldingOf } from '../../src/language/folding.ts';
import { hoverAt } from '../../src/language/hover.ts';
import { inlayHintsOf } from '../../src/language/inlay.ts';
import { linksOf } from '../../src/language/links.ts';
import { selectionAt } from '../../src/language/selection.ts';
import { symbolsOf } from '../../src/language/symbols.ts';
import { tokensLegend, tokensOf } from '../../src/language/tokens.ts';
import { documentOf, marked, seed, textIn } from './marked.ts';

function hover(text: string): string {
  const { document, offset } = marked(text);
  const found = hoverAt(document, offset, english);
  return found ? JSON.stringify(found.contents) : '';
}

/** The lines with their inlay hints at the end. */
function hints(text: string): readonly string[] {
  const document = documentOf(text);
  const whole = rangeOf(document, { start: 0, end: text.length });
  return inlayHintsOf(document, whole, english).map(
    ({ position, label }) => `${position.line + 1} ${String(label)}`,
  );
}

describe('Hover', () => {
  it('shows for a release what fits the described system, and the sources of the facts', () => {
    const text = hover(seed.replace('stein', 'ste‸in'));
    assert.match(text, /OpenStack stein.*released 2019-04-10.*end of life/);
    assert.match(text, /centos-release-openstack-stein/);
    assert.match(text, /Source: openstack\/releases/);
    assert.match(hover(seed.replace('stein', 'epo‸xy')), /no packages for it on CentOS Linux 7/);
  });

  it('shows for a step what it does, why, how to undo it and what it installs', () => {
    const text = hover(seed.replace('- openstack-client', '- openstack‸-client'));
    for (const part of [/Why:/, /Undo:/, /python-openstackclient/]) assert.match(text, part);
  });

  it('shows for a step what differs between the nodes, and shows what is the same once', () => {
    const text = hover(`cluster: differs
openstack: { release: epoxy, components: [nova] }
nodes:
  ctl: { address: 10.0.0.1, roles: [controller] }
  "cmp[1:5]": { address: "10.0.0.[11:15]", roles: [compute] }
system: { os: rocky-9 }
steps: [no‸va]
`);
    assert.match(text, /`ctl` – On EL9: `openstack-nova-api`/);
    assert.match(text, /`cmp1`, `cmp2`, `cmp3` and 2 more – On EL9: `openstack-nova-compute`/);
  });

  it('explains kernel parameters and modules, with the guide that recommends them', () => {
    const text =
      'cluster: a\nkernel:\n  modules: [br_net‸filter]\n  sysctl: { net.bridge.bridge-nf-call-iptables: 1 }\n';
    assert.match(hover(text), /iptables.*Neutron installation guide/s);
    const parameter = text.replace('‸', '').replace('nf-call-iptables', 'nf‸-call-iptables');
    assert.match(
      hover(parameter),
      /security groups.*Value in the guide: 1.*Source: Neutron installation guide/s,
    );
    assert.equal(hover(text.replace('br_net‸filter', 'own‸_module')), '');
  });

  it('documents components, sshd settings, systems, services and keys', () => {
    assert.match(hover(seed.replace('[nova]', '[no‸va]')), /CONFIG_NOVA_INSTALL/);
    assert.match(hover(`${seed}sshd: { Permit‸RootLogin: "no" }\n`), /prohibit-password/);
    const answer = hover(`${seed}packstack: { CONFIG_‸COMPUTE_HOSTS: 10.0.0.9 }\n`);
    assert.match(answer, /Compute hosts[\s\S]*the file gives `10\.0\.0\.2,10\.0\.0\.3`/);
    assert.match(hover(seed.replace('centos-7', 'cent‸os-7')), /vault\.centos\.org/);
    assert.match(hover(seed.replace('mariadb', 'maria‸db')), /SQL database.*mariadb\.service.*3306/);
    assert.match(hover(seed.replace('nodes:', 'no‸des:')), /required/);
    assert.match(hover(`${seed}x-nod‸e: { port: 2222 }\n`), /not read: they hold anchors/);
  });

  it('explains what a name refers to', () => {
    assert.match(hover(seed.replace('  n1:', '  n‸1:')), /10\.0\.0\.1.*controller.*Login: `10\.0\.0\.1`/);
    assert.match(hover(seed.replace('"n[2', '"n‸[2')), /2 nodes.*n2 10\.0\.0\.2/);
    assert.match(hover(seed.replace('on: compute', 'on: com‸pute')), /2 nodes.*n2.*n3/);
    assert.match(hover(seed.replace('bind-address: man', 'bind-address: m‸an')), /10\.0\.0\.0\/24.*eth0/);
    assert.match(hover(seed.replace('queue', 'qu‸eue')), /never in the file/);
  });

  it('shows nothing where there is nothing to explain', () => {
    for (const text of ['‸', 'cluster: l‸ab\n', '# com‸ment\n', 'constructor: ‸x\n'])
      assert.equal(hover(text), '');
  });
});

describe('The outline of the editor', () => {
  const names = (symbols: readonly DocumentSymbol[] | undefined) => symbols?.map(({ name }) => name);

  it('has the sections, nodes with their addresses, and steps by name', () => {
    const symbols = symbolsOf(documentOf(seed));
    const nodes = symbols.find(({ name }) => name === 'nodes');
    assert.deepEqual(names(nodes?.children), ['n1', 'n[2:3]']);
    assert.equal(nodes?.children?.[0]?.detail, '10.0.0.1 controller');
    assert.deepEqual(names(symbols.find(({ name }) => name === 'steps')?.children), [
      'repositories',
      'upgrade',
      'openstack-client',
      'house-rules',
    ]);
  });

  it('remains while a line is incomplete', () => {
    const symbols = symbolsOf(documentOf(seed.replace('  n1:', '  n0\n  n1:')));
    assert.deepEqual(names(symbols.find(({ name }) => name === 'nodes')?.children), ['n1', 'n[2:3]']);
  });
});

describe('Folding', () => {
  it('folds sections, custom steps, scripts and multi-line comments', () => {
    const found = foldingOf(documentOf(`# one\n# two\n${seed}`)).map(
      ({ startLine, endLine }) => `${startLine}-${endLine}`,
    );
    for (const fold of ['0-1', '4-6', '10-13', '14-22', '18-22', '21-22'])
      assert.ok(found.includes(fold), fold);
  });
});

describe('Expand selection', () => {
  it('grows from the word to its value, its entry and the file', () => {
    const { document, offset } = marked(seed.replace('[controller]', '[contr‸oller]'));
    const steps: string[] = [];
    for (let each: SelectionRange | undefined = selectionAt(document, offset); each; each = each.parent)
      steps.push(textIn(document, each.range));
    assert.deepEqual(steps.slice(0, 4), [
      'controller',
      '[controller]',
      'roles: [controller]',
      '{ address: 10.0.0.1, roles: [controller] }',
    ]);
    assert.equal(steps.at(-1), document.text);
  });
});

describe('Links', () => {
  it('lead to the page of the release, to that of an sshd setting, and to addresses in the file', () => {
    const text = `${seed}sshd: { UseDNS: "no" }\nrepositories:\n  archive: https://vault.centos.org/\n`;
    assert.deepEqual(
      linksOf(documentOf(text), english).map(({ target }) => target),
      [
        'https://releases.openstack.org/stein/index.html',
        'https://man.openbsd.org/sshd_config#UseDNS',
        'https://vault.centos.org/',
      ],
    );
  });
});

describe('Inlay hints', () => {
  it('show what a step installs on the described system, and which nodes are selected', () => {
    const found = hints(seed);
    assert.ok(found.includes('14 → centos-release-openstack-stein'), found.join('\n'));
    assert.ok(found.includes('16 → python-openstackclient'));
    assert.ok(found.includes('5 → 2 nodes'));
    assert.ok(found.includes('18 → n2, n3'));
    assert.ok(!found.some((hint) => hint.startsWith('11 ')), 'a node’s own name needs no hint');
  });

  it('show both names when the system is not known, and the name of a numbered release', () => {
    const text = seed.replace('system: { os: centos-7 }\n', '').replace('stein', '"2025.1"');
    assert.ok(hints(text).includes('2 → epoxy'));
    assert.ok(
      hints(text.replace('"2025.1"', 'train')).includes(
        '15 → EL7 python-openstackclient · EL8 python3-openstackclient',
      ),
    );
  });
});

describe('Semantic tokens', () => {
  it('classify names by what they refer to, and whether they are declared or used', () => {
    const document = documentOf(seed);
    const data = tokensOf(document);
    const found: string[] = [];
    let [line, column] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      column = down === 0 ? column + right : right;
      line += down;
      const range = { start: { line, character: column }, end: { line, character: column + length } };
      found.push(`${textIn(document, range)} ${tokensLegend.tokenTypes[type]} ${modifiers}`);
    }
    assert.deepEqual(found.slice(0, 6), [
      'stein type 4',
      'nova type 0',
      'n1 class 1',
      'controller enumMember 0',
      'n[2:3] class 1',
      'compute enumMember 0',
    ]);
    assert.ok(found.includes('queue variable 2') && found.includes('house-rules function 1'));
  });
});
