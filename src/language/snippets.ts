import { type Message, msg, type Translate } from '../base/l10n.ts';
import { catalogue } from '../steps/catalogue.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly what: Message;
  readonly body: string;
}

const centos7 = `cluster: \${1:seed-lab}
openstack:
  release: stein
  components: [keystone, glance, placement, nova, neutron, horizon]
ssh:
  user: \${2:root}
  identity: \${3:~/.ssh/id_ed25519}
nodes:
  \${4:controller1}: { address: \${5:192.168.113.171}, roles: [controller] }
  \${6:compute1}: { address: \${7:192.168.113.172}, roles: [compute] }
networks:
  management: { cidr: \${8:192.168.113.0/24}, interface: \${9:eth0} }
repositories:
  rdo: enabled
  epel: disabled
  archive: auto
system:
  os: centos-7
  locale: \${10:en_US.UTF-8}
  selinux: permissive
  hosts-file: managed
services:
  mariadb: { on: controller, bind-address: management, max-connections: 4096 }
  chrony: { servers: [\${11:0.pool.ntp.org}] }
  rabbitmq: { on: controller, password: { secret: rabbitmq } }
  memcached: { on: controller }
  etcd: { on: controller }
$0`;

const packstack = `cluster: \${1:packstack-lab}
openstack:
  release: train
  installer: packstack
  components: [keystone, glance, placement, nova, neutron, horizon]
ssh:
  user: root
  identity: \${2:~/.ssh/id_rsa}
nodes:
  \${3:controller1}: { address: \${4:192.168.113.171}, roles: [controller] }
  \${5:compute1}: { address: \${6:192.168.113.172}, roles: [compute] }
repositories:
  rdo: enabled
  epel: disabled
  archive: auto
system:
  os: centos-7
  locale: \${7:en_US.UTF-8}
  selinux: permissive
  firewalld: disabled
  network-manager: disabled
  hosts-file: managed
$0`;

const stream9 = `cluster: \${1:lab}
openstack:
  release: epoxy
  components: [keystone, glance, placement, nova, neutron, horizon]
ssh:
  user: \${2:root}
  identity: \${3:~/.ssh/id_ed25519}
nodes:
  \${4:controller1}: { address: \${5:192.168.113.171}, roles: [controller] }
  "\${6:compute}[\${7:1}:\${8:3}]": { address: "\${9:192.168.113}.[\${10:181}:\${11:183}]", roles: [compute] }
networks:
  management: { cidr: \${12:192.168.113.0/24}, interface: \${13:eth0} }
repositories:
  rdo: enabled
  epel: disabled
system:
  os: centos-stream-9
  locale: \${14:en_US.UTF-8}
  timezone: \${15:Asia/Seoul}
  hosts-file: managed
services:
  mariadb: { on: controller, bind-address: management }
  chrony: { servers: [\${16:0.pool.ntp.org}] }
  rabbitmq: { on: controller, password: { secret: rabbitmq } }
  memcached: { on: controller }
$0`;

const own = `- name: \${1:house-rules}
  on: \${2:compute}
  check: \${3:test -f /etc/house}
  run: |
    \${0:yum -y install house-rules}`;

const range = `"\${1:compute}[\${2:1}:\${3:3}]": { address: "\${4:192.168.113}.[\${5:181}:\${6:183}]", roles: [\${7:compute}] }`;

const written: Readonly<Record<string, Snippet>> = {
  'Stein on CentOS 7': {
    prefix: ['cluster', 'cluster-stein'],
    what: msg('Complete cluster: OpenStack Stein on CentOS 7, services installed manually.'),
    body: centos7,
  },
  'Packstack, Train on CentOS 7': {
    prefix: ['cluster', 'cluster-packstack'],
    what: msg('Complete cluster: OpenStack Train on CentOS 7, installed by Packstack.'),
    body: packstack,
  },
  'Epoxy on CentOS Stream 9': {
    prefix: ['cluster', 'cluster-epoxy'],
    what: msg('Complete cluster: OpenStack Epoxy on CentOS Stream 9, services installed manually.'),
    body: stream9,
  },
  'Own step': {
    prefix: ['step', 'custom-step'],
    what: msg('A custom step: `check` tests whether it is needed, `run` applies it.'),
    body: own,
  },
  'Node range': {
    prefix: ['range'],
    what: msg('Several nodes on one line. Names and addresses increment together.'),
    body: range,
  },
};

/** All snippets: complete clusters, a range, a custom step, and each step of the catalogue. */
const all: Readonly<Record<string, Snippet>> = {
  ...written,
  ...Object.fromEntries(
    catalogue.map((step): [string, Snippet] => {
      const what = step.isAvailable ? step.title : msg('Not yet supported in this version.');
      return [`Step ${step.id}`, { prefix: [`step-${step.id}`], what, body: `- ${step.id}` }];
    }),
  ),
};

/** The snippets in VS Code's format. VS Code cannot localize these files, so each description is in all languages. */
export function snippetsFor(translations: readonly Translate[]): object {
  return Object.fromEntries(
    Object.entries(all).map(([name, { prefix, what, body }]) => {
      const description = translations.map((translate) => translate(what)).join(' · ');
      return [name, { prefix, description, body: body.split('\n') }];
    }),
  );
}
