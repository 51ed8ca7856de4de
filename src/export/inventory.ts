import { type Message, msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { quote } from '../shell/command.ts';
import { loginProblems, type Refused, withoutTokens } from './login.ts';
import { type Yaml, type YamlMap, yamlDocument, yamlMap } from './yaml.ts';

const empty: YamlMap = new Map();
/** Groups of every inventory, and the implicit host of plays that run locally. Source: ansible/inventory/data.py. */
const reserved: ReadonlySet<string> = new Set(['all', 'ungrouped', 'localhost']);

/** Ansible's variables for the login: what the cluster file leaves to the ssh configuration is left out. */
export function connectionOf({ ssh }: ClusterNode): YamlMap {
  const { host, port, user, identity, jump, become, open = [] } = ssh;
  return yamlMap({
    ansible_connection: 'ssh',
    ansible_host: { unsafe: host },
    ansible_port: open.includes('port') ? undefined : port,
    ansible_user: open.includes('user') ? undefined : { unsafe: user },
    ansible_ssh_private_key_file: identity === undefined ? undefined : { unsafe: withoutTokens(identity) },
    ansible_ssh_common_args:
      jump === undefined ? undefined : { unsafe: `-o ${quote(`ProxyJump=${jump.replace(/\s+/g, '')}`)}` },
    ansible_become: become === 'sudo' ? true : undefined,
  });
}

/** A group: its hosts, or the groups that it consists of. */
export interface Group {
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly children?: readonly string[];
}

/** The name of the group of a role: Ansible's groups are words of letters, digits and underscores. */
function groupName(role: string): string {
  const name = role.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9_]|^$/.test(name) ? `role_${name}` : name;
}

/** A group for every role; a role with the name of a node or of a group that Ansible defines is `role_NAME`. */
export function roleGroups({ nodes }: Cluster, taken: ReadonlySet<string> = new Set()): readonly Group[] {
  const used = new Set([...taken, ...reserved, ...nodes.map(({ name }) => name)]);
  return [...new Set(nodes.flatMap(({ roles }) => roles))].map((role) => {
    let name = groupName(role);
    while (used.has(name)) name = `role_${name}`;
    used.add(name);
    return { name, hosts: nodes.filter(({ roles }) => roles.includes(role)).map((node) => node.name) };
  });
}

/** Nodes whose name Ansible reads as a group. */
export function nameProblems({ nodes }: Cluster, groups: ReadonlySet<string>): readonly Message[] {
  return nodes.flatMap(({ name }) =>
    reserved.has(name) || groups.has(name)
      ? [
          msg(
            '{0} is the name of a group of the inventory, so Ansible would not find the node. Rename it.',
            name,
          ),
        ]
      : [],
  );
}

function groupNode({ hosts, children }: Group): Yaml {
  const names = (all: readonly string[] | undefined): YamlMap | undefined =>
    all && new Map(all.map((name) => [name, empty]));
  return yamlMap({ hosts: names(hosts), children: names(children) });
}

/** The inventory as YAML: all nodes with their login, and the groups. */
export function inventoryText(cluster: Cluster, groups: readonly Group[], comment: string): string {
  const hosts: YamlMap = new Map(cluster.nodes.map((node) => [node.name, connectionOf(node)]));
  const children: YamlMap = new Map(groups.map((group) => [group.name, groupNode(group)]));
  return yamlDocument(yamlMap({ all: yamlMap({ hosts, children }) }), comment);
}

/**
 * The groups of hosts of each installer by role. Sources: openstack/kolla-ansible, ansible/inventory/multinode ("the only groups required
 * to be modified"); openstack/kayobe, etc/kayobe/inventory/groups.
 */
const kolla = {
  controller: 'control',
  network: 'network',
  compute: 'compute',
  monitoring: 'monitoring',
  storage: 'storage',
} as const;
const installers = { kolla, kayobe: { ...kolla, controller: 'controllers' } } as const;
/** Roles whose work the controllers do if no node has them. */
const ofControllers = ['network', 'monitoring'] as const;

export type Installer = keyof typeof installers;
export const installerNames: readonly Installer[] = ['kolla', 'kayobe'];

/** The groups of an installer, all of them: an empty group says that no node has the role. */
function installerGroups({ nodes }: Cluster, installer: Installer): readonly Group[] {
  const groups = installers[installer];
  const withRole = (role: string) =>
    nodes.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  return Object.entries(groups).map(([role, name]) => {
    const hosts = withRole(role);
    const isShared = hosts.length === 0 && ofControllers.some((each) => each === role);
    return isShared ? { name, children: [groups.controller] } : { name, hosts };
  });
}

/** The inventory alone, written from the cluster file of that name: with a group for every role, or with the groups of an installer. */
export function inventory(
  cluster: Cluster,
  installer: Installer | undefined,
  file: string,
): { readonly ok: true; readonly text: string } | Refused {
  const groups = installer ? installerGroups(cluster, installer) : roleGroups(cluster);
  const names = new Set(groups.map(({ name }) => name));
  const problems = [...loginProblems(cluster), ...nameProblems(cluster, names)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, text: inventoryText(cluster, groups, `Written by Stackprep from ${file}.`) };
}
