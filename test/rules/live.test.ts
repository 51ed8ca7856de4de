import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { factsOf } from '../../src/plan/facts.ts';
import { readCluster } from '../../src/rules/decode.ts';
import { type LiveProblem, liveProblems } from '../../src/rules/live.ts';
import { liveTexts } from '../../src/rules/live-texts.ts';

const centos7 = { osId: 'centos', osVersion: '7', osName: 'CentOS Linux 7 (Core)', el: '7' };
const stream9 = { osId: 'centos', osVersion: '9', osName: 'CentOS Stream 9', el: '9' };
const oneNic = { interfaces: 'lo eth0 ', addresses: 'lo=127.0.0.1/8 eth0=10.0.0.1/24 eth0=fe80::1/64 ' };

function live(
  text: string,
  nodes: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly LiveProblem[] {
  const { decoded, reading } = readCluster(text);
  assert.ok(decoded.cluster && reading);
  const seen = Object.entries(nodes).map(
    ([name, values], index) =>
      [name, { facts: factsOf(new Map(Object.entries(values))), at: 100 + index }] as const,
  );
  return liveProblems({ cluster: decoded.cluster, reading }, new Map(seen));
}

function file(more: string, roles = '[controller]'): string {
  return `cluster: a\nnodes:\n  n1: { address: 10.0.0.1, roles: ${roles} }\n  n2: { address: 10.0.0.2, roles: [storage] }\n${more}`;
}

const networks =
  'networks: { management: { cidr: 10.0.0.0/24, interface: eth0 }, provider: { interface: eth1 } }\n';

describe('The comparison of the cluster file with the nodes', () => {
  const cases: readonly (readonly [
    what: string,
    text: string,
    nodes: Readonly<Record<string, Readonly<Record<string, string>>>>,
    expected: readonly string[],
  ])[] = [
    [
      'a missing interface',
      file(networks),
      { n1: { ...centos7, ...oneNic } },
      ['live-interface-missing eth1'],
    ],
    [
      'nothing for a node without the provider network',
      file(networks),
      { n2: { ...centos7, interfaces: 'lo eth0', addresses: 'eth0=10.0.0.2/24' } },
      [],
    ],
    ['nothing when the node did not report interfaces', file(networks), { n1: centos7 }, []],
    [
      'no missing provider interface on a Packstack controller next to a network node',
      file(`openstack: { installer: packstack, release: train }\n${networks}`).replace(
        '[storage]',
        '[network, compute]',
      ),
      { n1: oneNic, n2: { interfaces: 'lo eth0 eth1', addresses: 'eth0=10.0.0.2/24' } },
      [],
    ],
    [
      'a missing provider interface on a Packstack network node',
      file(`openstack: { installer: packstack, release: train }\n${networks}`).replace(
        '[storage]',
        '[network]',
      ),
      { n1: oneNic, n2: { interfaces: 'lo eth0', addresses: 'eth0=10.0.0.2/24' } },
      ['live-interface-missing eth1'],
    ],
    [
      'a missing interface that only a Packstack answer names',
      file(
        `openstack: { installer: packstack, release: train }\nnetworks: { management: { cidr: 10.0.0.0/24, interface: eth0 } }\npackstack: { CONFIG_NEUTRON_OVN_BRIDGE_IFACES: "br-ex:eth9" }\n`,
      ),
      { n1: oneNic },
      ['live-interface-missing "br-ex:eth9"'],
    ],
    ['nothing for nodes that were not checked', file(networks), {}, []],
    [
      'a missing interface of another network on all nodes',
      file('networks: { storage: { interface: ens9 } }\n'),
      { n1: oneNic, n2: oneNic },
      ['live-interface-missing ens9'],
    ],
    [
      'nothing for another network when one of the nodes may have it',
      file('networks: { storage: { interface: ens9 } }\n'),
      { n1: oneNic },
      [],
    ],
    [
      'an address that the node does not have',
      file(networks),
      { n1: { interfaces: 'lo eth0 eth1', addresses: 'eth0=10.0.0.7/24' } },
      ['live-address-missing n1'],
    ],
    [
      'no address when the file does not describe the network',
      file(''),
      { n1: { interfaces: 'lo eth0', addresses: 'eth0=192.168.0.7/24' } },
      [],
    ],
    [
      'an address on another interface',
      file(networks),
      { n1: { interfaces: 'lo eth0 eth1 eth2', addresses: 'eth2=10.0.0.1/24' } },
      ['live-address-on-other-interface eth0'],
    ],
    [
      'nothing for an address that moved to a bridge',
      file(networks),
      { n1: { interfaces: 'lo eth0 eth1 br-ex', addresses: 'br-ex=10.0.0.1/24' } },
      [],
    ],
    [
      'another operating system than described',
      file('system: { os: centos-7 }\n'),
      { n1: stream9, n2: centos7 },
      ['live-os-differs centos-7'],
    ],
    [
      'CentOS Stream 8 instead of the described CentOS Linux 8',
      file('system: { os: centos-8 }\n'),
      { n1: { osId: 'centos', osVersion: '8', osName: 'CentOS Stream 8', el: '8' } },
      ['live-os-differs centos-8'],
    ],
    [
      'nothing for an unknown rebuild of RHEL',
      file('system: { os: centos-8 }\nopenstack: { release: yoga }\n'),
      { n1: { osId: 'ol', osVersion: '8.9', osName: 'Oracle Linux Server 8.9', el: '8' } },
      [],
    ],
    [
      'an operating system of another family',
      file(''),
      { n1: { osId: 'debian', osVersion: '12', osName: 'Debian GNU/Linux 12 (bookworm)', el: '' } },
      ['live-os-unsupported n1'],
    ],
    [
      'a release without packages for the operating system',
      file('openstack: { release: stein }\n'),
      { n1: stream9, n2: centos7 },
      ['live-release-not-for-os stein'],
    ],
    [
      'nothing for a release with extra repositories',
      file(
        'openstack: { release: stein }\nrepositories: { extra: [{ id: a, baseurl: "https://a.example.org/" }] }\n',
      ),
      { n1: stream9 },
      [],
    ],
    [
      'too little memory',
      file('openstack: { release: epoxy, installer: packstack }\nsteps: [locale]\n'),
      { n1: { memory: '8000000' }, n2: { memory: '1000000' } },
      ['live-memory-low n1'],
    ],
    ['nothing when there is enough memory', file(''), { n1: { memory: '3900000' }, n2: {} }, []],
  ];
  for (const [what, text, nodes, expected] of cases) {
    it(`reports ${what}`, () => {
      const found = live(text, nodes).map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
      assert.deepEqual(found, expected);
    });
  }

  it('names the nodes and the time of the oldest check', () => {
    const [problem] = live(file('system: { os: centos-7 }\n'), { n2: stream9, n1: stream9 });
    assert.deepEqual(problem?.nodes, ['n1', 'n2']);
    assert.equal(problem.at, 100);
    assert.equal(english(problem.message), 'n1, n2 runs CentOS Stream 9, not CentOS Linux 7.');
  });

  it('has a test for every code', () => {
    const tested = new Set(cases.flatMap(([, , , expected]) => expected.map((line) => line.split(' ')[0])));
    assert.deepEqual([...tested].sort(), liveTexts.map(({ code }) => code).sort());
  });
});
