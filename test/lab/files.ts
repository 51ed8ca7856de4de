import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MirrorKind } from './distributions/repofile.ts';
import { hostKeys, type LabNode } from './node.ts';
import { must } from './run.ts';
import { labFolder } from './state.ts';
import type { LabSystem } from './systems.ts';

/** Files for users and tests of the lab. */
export interface LabFiles {
  readonly clusterFile: string;
  readonly sshConfig: string;
  readonly knownHosts: string;
  /** A private key that root of every node accepts. */
  readonly identity: string;
}

export function labFiles(): LabFiles {
  return {
    clusterFile: join(labFolder, 'lab.cluster.yaml'),
    sshConfig: join(labFolder, 'ssh_config'),
    knownHosts: join(labFolder, 'known_hosts'),
    identity: join(labFolder, 'id_ed25519'),
  };
}

/** Creates the key pair of the lab; returns the public line. */
export async function makeIdentity(): Promise<string> {
  const { identity } = labFiles();
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'stackprep-lab', '-f', identity]);
  return readFileSync(`${identity}.pub`, 'utf8');
}

export function writeFiles(nodes: readonly LabNode[], system: LabSystem, mirror: MirrorKind): void {
  const files = labFiles();
  writeFileSync(files.clusterFile, clusterText(nodes, system, mirror));
  writeFileSync(files.sshConfig, nodes.map(hostText).join('\n'));
  writeKnownHosts(nodes);
}

/** Writes the real host keys of the nodes, by name and by address. */
export function writeKnownHosts(nodes: readonly LabNode[]): void {
  const lines = nodes.flatMap((node) => hostKeys(node).map((key) => `${node.name},${node.address} ${key}\n`));
  writeFileSync(labFiles().knownHosts, lines.join(''));
}

function hostText(node: LabNode): string {
  const { identity, knownHosts } = labFiles();
  return `Host ${node.name} ${node.address}
  HostName ${node.address}
  User root
  IdentityFile ${identity}
  IdentitiesOnly yes
  UserKnownHostsFile ${knownHosts}
  StrictHostKeyChecking yes
`;
}

function role(node: LabNode): string {
  if (node.number === 1) return 'controller';
  return node.number === 4 ? 'storage' : 'compute';
}

function clusterText(nodes: readonly LabNode[], system: LabSystem, mirror: MirrorKind): string {
  const rows = nodes.map((node) => `  ${node.name}: { address: ${node.address}, roles: [${role(node)}] }`);
  const steps = [
    'ssh-keys',
    'hostname',
    'hosts-file',
    'repositories',
    'network-interfaces',
    'firewalld',
    'network-service',
    'network-manager',
    'selinux',
    'timezone',
    'upgrade',
    'openstack-client',
    'openstack-selinux',
    'locale',
    'shell-profile',
    'sshd',
  ].filter((step) => !system.without.includes(step));
  return `# The lab of real nodes.
cluster: lab
openstack:
  release: ${system.openstack}
  installer: manual
  components: [keystone, glance, placement, nova, neutron, horizon]
ssh:
  user: root
  identity: ${labFiles().identity}
  between-nodes: true
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  provider: { interface: eth1 }
repositories:
  rdo: enabled
  epel: disabled
  archive: ${mirror === 'archive' ? 'auto' : 'never'}
system:
  locale: en_US.UTF-8
  hosts-file: managed
  timezone: Asia/Seoul
  selinux: permissive
${system.settings
  .split(', ')
  .map((setting) => `  ${setting}\n`)
  .join('')}sshd:
  PermitRootLogin: prohibit-password
  PasswordAuthentication: "no"
  MaxAuthTries: 4
  UseDNS: "no"
steps:
${steps.map((step) => `  - ${step}`).join('\n')}
`;
}
