import { msg, type Translate } from '../../base/l10n.ts';
import type { ListedNode } from '../../cluster/listed-nodes.ts';
import { hostName } from '../../cluster/nodes.ts';
import { decodeCluster } from '../../rules/decode.ts';
import type { ReleaseChoice } from './choices.ts';

/** A node whose address is known. */
export type NewNode = ListedNode & { readonly address: string };

export interface NewCluster {
  readonly name: string;
  readonly nodes: readonly NewNode[];
  readonly release: ReleaseChoice;
  readonly installer: 'manual' | 'packstack';
  /** A key file of this computer, with `~`; undefined to leave the choice to the ssh config and the agent. */
  readonly identity?: string;
  readonly translate: Translate;
}

/** The role that a name suggests. */
const roleNames: readonly (readonly [RegExp, string])[] = [
  [/contr|ctl|master/i, 'controller'],
  [/comp|cpu|hyper/i, 'compute'],
  [/stor|ceph|cinder|swift|osd/i, 'storage'],
  [/net|neutron|gateway/i, 'network'],
];

/** Packstack puts all storage on its controller, so a node that only stores would do nothing. */
function suggestedRole(name: string | undefined, installer: NewCluster['installer']): string | undefined {
  const role = roleNames.find(([pattern]) => pattern.test(name ?? ''))?.[1];
  return role === 'storage' && installer === 'packstack' ? 'compute' : role;
}

/** A name in words that YAML and host names allow. */
function validName(text: string | undefined): string | undefined {
  return text !== undefined && hostName.test(text) && !/^\d+$/.test(text) ? text : undefined;
}

interface Placed {
  readonly name: string;
  readonly roles: readonly string[];
  readonly node: NewNode;
}

/** Each node with a name and a role: those that its name suggests, else the first is the controller. */
function place({ nodes, installer }: Pick<NewCluster, 'nodes' | 'installer'>): readonly Placed[] {
  const names = nodes.map(({ name, host }) => validName(name ?? host));
  const roles = names.map((name) => suggestedRole(name, installer));
  if (!roles.includes('controller')) roles[0] = 'controller';
  const taken = new Set(names);
  const free = (role: string): string => {
    let number = 1;
    while (taken.has(`${role}${number}`)) number += 1;
    taken.add(`${role}${number}`);
    return `${role}${number}`;
  };
  return nodes.map((node, index) => {
    const role = roles[index] ?? 'compute';
    const all = nodes.length === 1 ? ['controller', 'compute'] : [role];
    return { name: names[index] ?? free(role), roles: all, node };
  });
}

/** Plain where YAML allows it in a flow mapping, else quoted. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z~/][\w.~/@-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null|~)$/i.test(text);
  return isPlain || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text : JSON.stringify(text);
}

function nodeLine({ name, roles, node }: Placed, common: string | undefined): string {
  const { address, host, user, port } = node;
  const parts = [
    `address: ${scalar(address)}`,
    `roles: [${roles.join(', ')}]`,
    ...(host === undefined ? [] : [`host: ${scalar(host)}`]),
    ...(port === undefined ? [] : [`port: ${port}`]),
    ...(user === undefined || user === common ? [] : [`user: ${scalar(user)}`, ...become(user)]),
  ];
  return `  ${scalar(name)}: { ${parts.join(', ')} }`;
}

function become(user: string): readonly string[] {
  return user === 'root' ? [] : ['become: sudo'];
}

/** The user of all nodes: a listed one, or root unless the ssh config may name one. */
function commonUser(nodes: readonly NewNode[]): string | undefined {
  const users = new Set(nodes.map(({ user, host }) => user ?? (host === undefined ? 'root' : undefined)));
  return users.size === 1 ? [...users][0] : undefined;
}

function sshLines({ nodes, identity, installer }: NewCluster, user: string | undefined): readonly string[] {
  const lines = [
    ...(user === undefined ? [] : [`  user: ${scalar(user)}`, ...become(user).map((line) => `  ${line}`)]),
    ...(identity === undefined ? [] : [`  identity: ${scalar(identity)}`]),
    ...(installer === 'packstack' && nodes.length > 1 ? ['  between-nodes: true'] : []),
  ];
  return lines.length === 0 ? [] : ['ssh:', ...lines];
}

function withoutSteps(cluster: NewCluster): string {
  const { name, release, installer, translate } = cluster;
  const user = commonUser(cluster.nodes);
  const isOld = release.os === 'centos-7' || release.os.endsWith('-8');
  const forPackstack =
    installer === 'packstack' ? ['  firewalld: disabled', '  network-manager: disabled'] : [];
  const lines = [
    `cluster: ${scalar(name)}`,
    'openstack:',
    `  release: ${release.release}`,
    `  installer: ${installer}`,
    ...sshLines(cluster, user),
    'nodes:',
    `  # ${translate(msg('Names and roles are suggestions. Change them as you like.'))}`,
    ...place(cluster).map((node) => nodeLine(node, user)),
    'repositories:',
    '  rdo: enabled',
    '  epel: disabled',
    ...(isOld ? ['  archive: auto'] : []),
    'system:',
    `  os: ${release.os}`,
    '  locale: en_US.UTF-8',
    '  hosts-file: managed',
    ...(installer === 'packstack' && !release.os.endsWith('9') ? forPackstack : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The text of a new cluster file, whose steps are those that its settings need, in their order. */
export function newClusterText(cluster: NewCluster): string {
  const { translate } = cluster;
  const text = withoutSteps(cluster);
  const steps = decodeCluster(text).cluster?.steps ?? [];
  const order = msg('The order of the steps. Nothing runs until you start a run.');
  return `${text}# ${translate(order)}\nsteps:\n${steps.map(({ id }) => `  - ${id}\n`).join('')}`;
}
