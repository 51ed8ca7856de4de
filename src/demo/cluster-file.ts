import type { DemoOptions } from '../protocol/demo.ts';
import type { NodeName } from './scenarios.ts';

export interface ClusterFileContent {
  readonly system: DemoOptions['system'];
  /** Path of the private key. */
  readonly identity: string;
  readonly ports: ReadonlyMap<NodeName, number>;
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

/** The text of the demo's cluster file. */
export function clusterFile({ system, identity, ports }: ClusterFileContent): string {
  return `# The demo cluster: four SIMULATED nodes on this computer. No machine is touched.
# The file is rewritten each time the demo starts; copy it before you make it your own.
cluster: demo
openstack:
  release: ${releases[system]}
ssh:
  user: root
  identity: ${JSON.stringify(identity)}   # a key made for the demo
nodes:
  # address: what the nodes call each other; host and port: where SSH reaches the simulation
${[...ports].map(nodeLine).join('\n')}
repositories:
  rdo: enabled
  epel: disabled         # EPEL replaces packages that RDO needs
system:
  locale: en_US.UTF-8
  hosts-file: managed
services:                # as the install guide has them
  chrony: { servers: [0.pool.ntp.org], allow: 192.168.113.0/24 }
  mariadb: { on: controller, bind-address: 192.168.113.171 }
  memcached: { on: controller }
steps:                   # the order of work: each step is checked, applied and verified
  - hosts-file
  - repositories
  - upgrade
  - openstack-client
  - openstack-selinux
  - locale
  - shell-profile
  - chrony
  - mariadb
  - memcached
  - name: house-rules    # a step of your own
    on: compute
    check: test -f /etc/house
    run: |
      echo 'no shoes in the server room' >/etc/house
`;
}
