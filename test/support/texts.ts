import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

function texts(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

/** The cluster files of the examples. */
export const examples: readonly string[] = texts('examples');

/** Cluster files of other users, valid and invalid. */
export const people: readonly string[] = texts('test/cases/clusters');

/** Cluster files of every kind: the examples and the cases, valid and invalid. */
export const clusterTexts: readonly string[] = [
  ...examples,
  ...texts('test/cases/cluster'),
  ...people,
  ...texts('test/cases/rules').flatMap((text) => text.split(/^--- # .*\n/m)),
  'x: &a { address: 10.0.0.1, roles: [compute] }\ncluster: a\nnodes:\n  a: *a\n  b:\n    <<: *a\n    address: 10.0.0.2\n',
];

/** A cluster file with this number of nodes, five lines each. */
export function largeCluster(nodes: number): string {
  const lines = Array.from({ length: nodes }, (_, index) => {
    const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    const name = `compute${String(index + 1).padStart(5, '0')}`;
    return `  ${name}:\n    address: ${address}\n    roles: [compute]\n    user: root\n    port: 22\n`;
  });
  return `cluster: large
openstack:
  release: stein
nodes:
${lines.join('')}networks:
  management: { cidr: 10.0.0.0/8, interface: eth0 }
repositories:
  rdo: enabled
  epel: disabled
services:
  chrony: { servers: [0.pool.ntp.org] }
steps:
  - hosts-file
  - repositories
  - upgrade
`;
}
