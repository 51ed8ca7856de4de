import { english, type Message, msg, type Translate } from '../base/l10n.ts';
import type { DemoOptions } from '../protocol/demo.ts';
import type { NodeName } from './scenarios.ts';

export interface ClusterFileContent {
  readonly system: DemoOptions['system'];
  /** Path of the private key. */
  readonly identity: string;
  readonly ports: ReadonlyMap<NodeName, number>;
  /** For the comments; English by default. */
  readonly translate?: Translate;
}

const releases = { el7: 'stein', el9: 'epoxy' } as const;

const places: Readonly<Record<NodeName, { readonly address: string; readonly role: string }>> = {
  openstack1: { address: '192.168.113.171', role: 'controller' },
  openstack2: { address: '192.168.113.172', role: 'compute' },
  openstack3: { address: '192.168.113.173', role: 'compute' },
  openstack4: { address: '192.168.113.174', role: 'storage' },
};

function nodeLine([name, port]: readonly [NodeName, number]): string {
  const { address, role } = places[name];
  return `  ${name}: { address: ${address}, roles: [${role}], host: 127.0.0.1, port: ${port} }`;
}

interface Comments {
  readonly head: readonly string[];
  /** Where a comment stands: its line in the file starts with this text. */
  readonly lines: Readonly<Record<string, string>>;
}

function commentsIn(translate: Translate): Comments {
  const say = (text: Message): string => `# ${translate(text)}`;
  return {
    head: [
      say(msg('The demo cluster: four SIMULATED nodes on this computer. No machine is touched.')),
      say(msg('The file is rewritten each time the demo starts; copy it before you make it your own.')),
    ],
    lines: {
      '  identity: ': say(msg('a key made for the demo')),
      '  epel: ': say(msg('EPEL replaces packages that RDO needs')),
      'services:': say(msg('as the installation guide has them')),
      'steps:': say(msg('the order of work: each step is checked, applied and verified')),
      '  - name: house-rules': say(msg('a custom step')),
    },
  };
}

/** The line with its comment, aligned with short ones. */
function commented(line: string, { lines }: Comments): string {
  const comment = Object.entries(lines).find(([start]) => line.startsWith(start))?.[1];
  return comment === undefined ? line : `${line.padEnd(22)}   ${comment}`;
}

/** The text of the demo's cluster file; its comments are in the language of the user. */
export function clusterFile({ system, identity, ports, translate = english }: ClusterFileContent): string {
  const comments = commentsIn(translate);
  const addresses = msg(
    'address: what the nodes call each other; host and port: where SSH reaches the simulation',
  );
  const text = `cluster: demo
openstack:
  release: ${releases[system]}
ssh:
  user: root
  identity: ${JSON.stringify(identity)}
  between-nodes: true
nodes:
  # ${translate(addresses)}
${[...ports].map(nodeLine).join('\n')}
networks:
  management: { cidr: 192.168.113.0/24, interface: eth0 }
  provider: { interface: eth1 }
repositories:
  rdo: enabled
  epel: disabled
system:
  locale: en_US.UTF-8
  hosts-file: managed
sshd:
  UseDNS: "no"
  GSSAPIAuthentication: "no"
services:
  chrony: { servers: [0.pool.ntp.org], allow: 192.168.113.0/24 }
  mariadb: { on: controller, bind-address: 192.168.113.171 }
  memcached: { on: controller }
steps:
  - ssh-keys
  - hosts-file
  - network-interfaces
  - repositories
  - upgrade
  - openstack-client
  - openstack-selinux
  - locale
  - shell-profile
  - chrony
  - mariadb
  - memcached
  - sshd
  - name: house-rules
    on: compute
    check: test -f /etc/house
    run: |
      echo 'no shoes in the server room' >/etc/house
`;
  const lines = text.split('\n').map((line) => commented(line, comments));
  return [...comments.head, ...lines].join('\n');
}
