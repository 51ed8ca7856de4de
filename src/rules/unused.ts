import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy } from '../base/problem.ts';
import { addressValue, contains, parseCidr } from '../cluster/cidr.ts';
import { removeEntry } from '../cluster/edits.ts';
import { isRich } from '../cluster/links.ts';
import type { ClusterNode, Network } from '../cluster/model.ts';
import { isProvider } from '../cluster/networks.ts';
import { distinctRoles, nodesOfRole, onePerKey } from '../cluster/node-groups.ts';
import { nodesOn } from '../cluster/on.ts';
import { componentParts } from '../data/component-parts.ts';
import { partsOfNodes } from '../packstack/placement.ts';
import { pathKey } from '../schema/reading.ts';
import { perContext, type RuleContext } from './context.ts';
import { networkSlips } from './network-names.ts';
import { missingController } from './packstack-hosts.ts';
import { isVirtualWord, isWellKnownRole, roleMeant, rolesIn, usedWords } from './role-words.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

const services = ['mariadb', 'rabbitmq', 'memcached', 'etcd'] as const;

/** The nodes on which a service of the file runs; Packstack installs all but chrony on its own hosts. */
function servedNodes(context: RuleContext): readonly string[] {
  const { chrony } = context.cluster.services;
  const clocks = chrony ? nodesOn(context.cluster.nodes, chrony.on) : [];
  return context.isPackstack ? clocks : [...clocks, ...services.flatMap((id) => membersOf(context, id))];
}

/** The nodes on which something separate is: a part of a component, a service, a step that names them, or disks. */
const busyNodes = perContext((context): ReadonlySet<string> => {
  const { cluster, file } = context;
  const { nodes } = cluster;
  const placed = context.isPackstack
    ? partsOfNodes(cluster).flatMap(({ node, parts }) => (parts.length > 0 ? [node.name] : []))
    : cluster.openstack.components.flatMap((id) =>
        (own(componentParts, id) ?? []).flatMap(
          ({ on }) => on.map((role) => nodesOn(nodes, role)).find((names) => names.length > 0) ?? [],
        ),
      );
  const named = (file.steps ?? []).flatMap((step) =>
    typeof step === 'string' || step.on === undefined ? [] : nodesOn(nodes, step.on),
  );
  const withDisks = context.isPackstack
    ? []
    : nodes.filter((node) => node.own?.disks).map(({ name }) => name);
  return new Set([...placed, ...servedNodes(context), ...named, ...withDisks]);
});

/** The nodes on which nothing is, one per key of the file; a file that only prepares nodes has no components, and is not meant. */
function idleNodes(context: RuleContext): readonly ClusterNode[] {
  const { nodes, openstack } = context.cluster;
  if (!['nodes', 'openstack', 'services', 'steps'].every((key) => context.isWhole(key))) return [];
  if (nodes.length < 2 || missingController(context)) return [];
  const controllers = nodesOfRole(nodes, 'controller');
  const served = new Set(servedNodes(context));
  // Then a controller counts that has no service while another one has.
  const isShared = controllers.some(({ name }) => served.has(name));
  const isInstalled = context.isPackstack || openstack.components.length > 0;
  if (!isInstalled && !isShared) return [];
  const counting = isInstalled ? nodes : controllers;
  const busy = busyNodes(context);
  return onePerKey(counting.filter((node) => !busy.has(node.name) && !isExplained(context, node)));
}

/** Whether another problem already says why nothing is on the node. */
function isExplained(context: RuleContext, { roles, name }: ClusterNode): boolean {
  const isSlip = roles.some((role) => roleMeant(context, role) !== undefined || rolesIn(context, role));
  const isFree = roles.some((role) => !isWellKnownRole(role));
  const isFurther = context.isPackstack && roles.includes('controller');
  // Storage that this file only prepares is common: any other installer can bring it.
  const isPrepared = !context.isPackstack && roles.includes('storage');
  return isSlip || isFree || isFurther || isPrepared || /(?:^|[-_.\d])vip(?:$|[-_.\d])/i.test(name);
}

/** The networks that nothing uses: without a meaning, an address of a node, and a separate link. */
function unusedNetworks(context: RuleContext): readonly string[] {
  const { cluster, file } = context;
  const { nodes, vip, networks, bonds } = cluster;
  const bind = file.services?.mariadb?.['bind-address'];
  const allow = cluster.services.chrony?.allow;
  const isIn = (address: string | undefined, { cidrs = [] }: Network): boolean => {
    const value = address === undefined ? undefined : addressValue(address);
    return (
      value !== undefined &&
      cidrs.some((cidr) => {
        const range = parseCidr(cidr);
        return range !== undefined && contains(range, value);
      })
    );
  };
  const slips = networkSlips(context);
  return Object.entries(networks).flatMap(([name, network]) => {
    if (name === 'management' || isProvider(name, network) || slips.has(name) || name === bind) return [];
    // The interface of a network with a meaning must exist, and Packstack uses that of the tunnels.
    const isMeant =
      ['overlay', 'tunnel', 'storage', 'external'].includes(name) && network.interface !== undefined;
    const isInvalid = network.cidrs?.some((cidr) => parseCidr(cidr) === undefined);
    if (isMeant || isInvalid || network.cidrs?.includes(allow ?? '') || isIn(vip?.address, network))
      return [];
    const isUsed = nodes.some((node) => {
      const mine = own(node.own?.networks, name) ?? network;
      return (
        own(node.addresses, name) !== undefined ||
        isIn(node.address, mine) ||
        isRich(name, mine, node.own?.bonds ?? bonds, node)
      );
    });
    return isUsed ? [] : [name];
  });
}

/** Rules about parts of the cluster that nothing uses. */
export const unusedRules: readonly Rule[] = [
  {
    code: 'packstack-node-idle',
    severity: 'warning',
    about: msg(
      'Packstack installs on its controller, and on nodes with the roles compute and network. A node on which it installs nothing costs time in every run.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      if (!context.isPackstack) return;
      for (const { name, roles, span } of idleNodes(context))
        report(
          span,
          roles.includes('storage')
            ? msg(
                'Packstack puts all storage on its controller, and nothing on {0}. Remove the node, or add the role compute.',
                name,
              )
            : msg(
                'Packstack installs nothing on {0}. Add the role compute or network, or remove the node.',
                name,
              ),
        );
    },
  },
  {
    code: 'node-idle',
    severity: 'information',
    about: msg(
      'No component, service, step or disk of the file is on the node. Usually a role or a component is missing.',
    ),
    sources: ['IG'],
    check: (context, report) => {
      if (context.isPackstack) return;
      for (const { name, roles, span } of idleNodes(context))
        report(
          span,
          roles.length === 0
            ? msg('{0} has no role, so no component is installed on it. Add `roles`.', name)
            : msg(
                'No component or service of this file runs on {0} (roles: {1}). Add one to openstack.components, or remove the node.',
                name,
                roles.join(', '),
              ),
        );
    },
  },
  {
    code: 'role-unused',
    severity: 'information',
    about: msg(
      'A role of your own only selects nodes, for `on` of a service or step, or for a group. A role that none of them uses has no effect.',
    ),
    check: (context, report) => {
      const { file, cluster, at, reading } = context;
      if (!['groups', 'services', 'steps'].every((key) => context.isWhole(key))) return;
      const used = usedWords(context);
      const free = [...distinctRoles(cluster.nodes)].filter(
        (role) =>
          !isWellKnownRole(role) &&
          !isVirtualWord(role) &&
          !used.has(role) &&
          !Object.hasOwn(file.groups ?? {}, role) &&
          roleMeant(context, role) === undefined &&
          rolesIn(context, role) === undefined,
      );
      for (const role of free) {
        const [key, node] = Object.entries(file.nodes).find(([, { roles }]) => roles?.includes(role)) ?? [];
        if (key === undefined || !node?.roles) continue;
        const index = node.roles.indexOf(role);
        const span = at(
          'nodes',
          key,
          'roles',
          reading.kept.get(pathKey('nodes', key, 'roles'))?.[index] ?? index,
        );
        report(span?.value, msg('Nothing uses the role `{0}`: no `on` and no group has it.', role));
      }
    },
  },
  {
    code: 'network-unused',
    severity: 'warning',
    about: msg(
      'A network is used where nodes have addresses in it, where a service listens in it, or where it has an interface to set up.',
    ),
    hasFix: true,
    check: (context, report) => {
      if (!['networks', 'nodes', 'groups', 'services'].every((key) => context.isWhole(key))) return;
      for (const name of unusedNetworks(context))
        report(
          context.at('networks', name)?.key,
          msg(
            'Nothing uses the network `{0}`: no node has an address in it. Add addresses under `networks` of the nodes.',
            name,
          ),
          fixBy(msg('Remove {0}', name), removeEntry(context.reading, ['networks'], name)),
        );
    },
  },
];
