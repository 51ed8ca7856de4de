import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Span } from '../base/problem.ts';
import { addressValue } from '../cluster/cidr.ts';
import { clusterFor } from '../cluster/for-node.ts';
import { linksOf } from '../cluster/links.ts';
import type { Network } from '../cluster/model.ts';
import { cidrOf, cidrsOf, listOf, networkOf } from '../cluster/networks.ts';
import { nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import type { FileShape } from '../cluster/schema.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { suggest } from '../schema/suggest.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Report, Rule } from './rule.ts';

type FileNetwork = NonNullable<FileShape['networks']>[string];
type Layer = NonNullable<FileShape['groups']>[string];

function hasLinks({ networks, bonds }: Layer): boolean {
  return networks !== undefined || bonds !== undefined;
}

const withLinks = nodeFinder(() => (_, written) => hasLinks(written));

/** The maps of groups and nodes that change networks and bonds, with their paths. */
const layers = perContext(({ file, cluster }): readonly { readonly path: Path; readonly layer: Layer }[] => {
  const ofGroups = Object.entries(file.groups ?? {}).filter(([, layer]) => hasLinks(layer));
  const ofNodes = onePerKey(withLinks(cluster.nodes));
  return [
    ...ofGroups.map(([name, layer]) => ({ path: ['groups', name], layer })),
    ...ofNodes.map(({ key, written }) => ({ path: ['nodes', key], layer: written })),
  ];
});

/** Every network as written: in the file, and with the changes of one group or node alone. */
function writtenNetworks(context: RuleContext): readonly {
  readonly path: Path;
  readonly name: string;
  readonly written: FileNetwork;
  readonly whole: FileNetwork;
}[] {
  const { networks = {} } = context.file;
  const base = Object.entries(networks).map(([name, written]) => ({
    ...{ path: ['networks', name], name, written, whole: written },
  }));
  const changed = layers(context).flatMap(({ path, layer }) =>
    Object.entries(layer.networks ?? {}).flatMap(([name, { address: _, ...written }]) => {
      const network = own(networks, name);
      return network
        ? [{ path: [...path, 'networks', name], name, written, whole: { ...network, ...written } }]
        : [];
    }),
  );
  return [...base, ...changed];
}

const namings = ['interface', 'mac', 'driver'] as const;

function linkProblem(
  written: FileNetwork,
  whole: FileNetwork,
): { readonly key: string; readonly message: ReturnType<typeof msg> } | undefined {
  const named = namings.filter((key) => written[key] !== undefined);
  const [first = '', second] = named;
  if (second !== undefined)
    return {
      key: second,
      message: msg('{0} and {1} both say which interface it is. Keep one of them.', first, second),
    };
  if (written.parent !== undefined && whole.vlan === undefined)
    return { key: 'parent', message: msg('A parent carries a VLAN. Add the key vlan, or use interface.') };
  const hasBelow = [whole.parent, ...namings.map((key) => whole[key])].some((each) => each !== undefined);
  for (const key of ['vlan', 'bridge'] as const)
    if (written[key] !== undefined && !hasBelow)
      return {
        key,
        message: msg('The {0} needs an interface below it: interface, parent, mac or driver.', key),
      };
  if (whole.bridge !== undefined && whole.bridge === (whole.interface ?? whole.parent))
    return {
      key: 'bridge',
      message: msg('{0} is the interface itself. A bridge has a name of its own.', whole.bridge),
    };
  return undefined;
}

/** The routers of a network: its gateways, and those of its routes. */
function routers(
  path: Path,
  network: FileNetwork,
): readonly { readonly address: string; readonly at: Path }[] {
  const gateways =
    typeof network.gateway === 'string'
      ? [{ address: network.gateway, at: [...path, 'gateway'] }]
      : listOf(network.gateway).map((address, index) => ({ address, at: [...path, 'gateway', index] }));
  const routes = (network.routes ?? []).map(({ via }, index) => ({
    address: via,
    at: [...path, 'routes', index, 'via'],
  }));
  return [...gateways, ...routes];
}

/** Reports names of networks that the file does not describe. */
function unknownNetworks(context: RuleContext, report: Report): void {
  const { file, reading, at, isWhole } = context;
  if (!isWhole('networks')) return;
  const names = Object.keys(file.networks ?? {});
  for (const { path, layer } of layers(context))
    for (const name of Object.keys(layer.networks ?? {})) {
      const span = at(...path, 'networks', name)?.key;
      if (!span || names.includes(name)) continue;
      const near = suggest(name, names);
      const isFree = near !== undefined && !Object.hasOwn(layer.networks ?? {}, near);
      const message = near
        ? msg('There is no network {0}. Did you mean {1}?', name, near)
        : msg('There is no network {0}. Describe it under networks, with its cidr.', name);
      report(span, message, isFree ? replacement(reading.source, span, near) : undefined);
    }
}

/** The networks through which nodes have a default route, if there are several of one family. */
function defaultRoutes(
  networks: Readonly<Record<string, Network>>,
  links: ReturnType<typeof linksOf>,
): readonly string[] {
  const found = new Map<boolean, string[]>();
  for (const [name, { gateways = [], table }] of Object.entries(networks)) {
    if (table !== undefined) continue;
    for (const six of [false, true]) {
      const used = gateways.filter(
        (each) => each.includes(':') === six && links.some((link) => link.gateways.includes(each)),
      );
      if (used.length > 0) found.set(six, [...(found.get(six) ?? []), name]);
    }
  }
  return [...found.values()].find((names) => names.length > 1) ?? [];
}

/** Whether an address is in none of the ranges of a network. */
function wrongIn(networks: Readonly<Record<string, Network>>): (name: string, address: string) => boolean {
  return (name, address) => {
    const network = own(networks, name);
    return network !== undefined && cidrOf(network, address) === undefined;
  };
}

/** The nodes with an address outside its network, given the ranges of the networks as JSON. */
const withWrongAddress = nodeFinder((shared) => {
  const isWrong = wrongIn(shared === '' ? {} : JSON.parse(shared));
  return ({ addresses = {} }) =>
    Object.entries(addresses).some(([name, all]) => all.some((each) => isWrong(name, each)));
});

export const networkLinkRules: readonly Rule[] = [
  {
    code: 'network-link',
    severity: 'error',
    about: msg(
      'A network’s VLAN or bridge is built on an interface; without one, or with two, the node cannot tell which.',
    ),
    check: (context, report) => {
      for (const { path, written, whole } of writtenNetworks(context)) {
        const found = linkProblem(written, whole);
        if (found) report(context.at(...path, found.key)?.value, found.message);
      }
    },
  },
  {
    code: 'gateway-outside-network',
    severity: 'error',
    about: msg(
      'A node reaches a router only in its own network. The kernel refuses a route through another address.',
    ),
    sources: ['COMMON'],
    check: (context, report) => {
      for (const { path, name, written, whole } of writtenNetworks(context)) {
        const ranges = cidrsOf(whole);
        for (const { address, at } of routers(path, written)) {
          const span: Span | undefined = context.at(...at)?.value;
          if (addressValue(address) === undefined) report(span, msg('{0} is not an IP address.', address));
          else if (ranges.length > 0 && cidrOf(networkOf(whole), address) === undefined)
            report(span, msg('{0} is not in the network {1} ({2}).', address, name, ranges.join(', ')));
        }
      }
    },
  },
  {
    code: 'gateway-several',
    severity: 'warning',
    about: msg('With two default routes, a node sends its answers through whichever came up first.'),
    sources: ['COMMON'],
    check: (context, report) => {
      const { cluster, at } = context;
      const withGateway = writtenNetworks(context).filter(({ written }) => written.gateway !== undefined);
      if (new Set(withGateway.map(({ name }) => name)).size < 2) return;
      const seen = new Set<string>();
      for (const node of cluster.nodes) {
        const { networks, bonds } = clusterFor(cluster, node);
        const with_ = Object.entries(networks).filter(
          ([, { gateways, table }]) => gateways && table === undefined,
        );
        if (with_.length < 2) continue;
        const [first, second] = defaultRoutes(
          networks,
          linksOf({ networks, bonds }, node, () => true),
        );
        if (first === undefined || second === undefined || seen.has(second)) continue;
        seen.add(second);
        report(
          at('networks', second, 'gateway')?.value ?? node.span,
          msg(
            '{0} already has the default route of {1}. Give {2} a table, and its gateway is for its own traffic only.',
            ...[first, node.name, second],
          ),
        );
      }
    },
  },
  {
    code: 'node-network-unknown',
    severity: 'error',
    about: msg(
      'A group or a node changes networks of the file; one that is not there has no range and no use.',
    ),
    hasFix: true,
    check: unknownNetworks,
  },
  {
    code: 'node-network-address',
    severity: 'error',
    about: msg(
      'A node’s address in a network is in a range of that network, which gives it the prefix length.',
    ),
    check: ({ cluster, at }, report) => {
      const isWrong = wrongIn(cluster.networks);
      const shared = JSON.stringify(
        Object.fromEntries(
          Object.entries(cluster.networks).map(([name, { cidrs = [] }]) => [name, { cidrs }]),
        ),
      );
      const wrong = onePerKey(withWrongAddress(cluster.nodes, shared));
      for (const { key: node, span, addresses = {} } of wrong)
        for (const [name, all] of Object.entries(addresses)) {
          const address = all.find((each) => isWrong(name, each));
          if (address === undefined) continue;
          const ranges = own(cluster.networks, name)?.cidrs ?? [];
          report(
            at('nodes', node, 'networks', name, 'address')?.value ?? span,
            ranges.length > 0
              ? msg('{0} is not in the network {1} ({2}).', address, name, ranges.join(', '))
              : msg('The network {0} has no cidr, so the prefix length of {1} is not known.', name, address),
          );
        }
    },
  },
  {
    code: 'bond-members',
    severity: 'error',
    about: msg('A bond joins interfaces, and each interface belongs to one bond.'),
    check: (context, report) => {
      const { file, at } = context;
      const all = [
        { path: [] as Path, bonds: file.bonds },
        ...layers(context).map(({ path, layer }) => ({ path, bonds: layer.bonds })),
      ];
      for (const { path, bonds = {} } of all) {
        const holders = new Map<string, string>();
        for (const [name, { members }] of Object.entries(bonds)) {
          if (members.length === 0)
            report(at(...path, 'bonds', name)?.key, msg('The bond {0} has no members.', name));
          members.forEach((member, index) => {
            const holder = member === name ? name : holders.get(member);
            holders.set(member, name);
            if (holder !== undefined)
              report(
                at(...path, 'bonds', name, 'members', index)?.value,
                msg('{0} already belongs to the bond {1}.', member, holder),
              );
          });
        }
      }
    },
  },
];
