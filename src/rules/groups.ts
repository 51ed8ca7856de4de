import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { distinctRoles, nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

const withoutAddress = nodeFinder(
  () =>
    ({ address }) =>
      address === undefined,
);

/** The steps of the file that leave out a node without an address. */
function needingAddress({ cluster }: RuleContext): readonly string[] {
  const { management } = cluster.networks;
  const needs: Readonly<Record<string, boolean>> = {
    'hosts-file': true,
    'network-interfaces': management?.interface !== undefined && management.cidrs !== undefined,
    // Without the range of the network, each node is admitted by its address.
    firewalld: cluster.system.firewalld === 'enabled' && management?.cidrs === undefined,
  };
  return cluster.steps.flatMap(({ id }) => (own(needs, id) ? [id] : []));
}

export const groupRules: readonly Rule[] = [
  {
    code: 'group-without-nodes',
    severity: 'warning',
    about: msg('A group has settings for the nodes with its role. Without such a node, nothing uses them.'),
    hasFix: true,
    check: ({ file, cluster, reading, at, isWhole }, report) => {
      if (!isWhole('nodes')) return;
      const roles = distinctRoles(cluster.nodes);
      for (const role of Object.keys(file.groups ?? {})) {
        const span = at('groups', role)?.key;
        if (!span || roles.has(role)) continue;
        const near = suggest(role, [...roles]);
        const isFree = near !== undefined && !Object.hasOwn(file.groups ?? {}, near);
        const message = near
          ? msg('No node has the role {0}, so nothing uses this group. Did you mean {1}?', role, near)
          : msg('No node has the role {0}, so nothing uses this group.', role);
        report(span, message, isFree ? replacement(reading.source, span, near) : undefined);
      }
    },
  },
  {
    code: 'node-without-address',
    severity: 'warning',
    about: msg(
      'The hosts file, the firewall and the interfaces of a node need its address. A node without one is left out of them, and only the DNS knows its name.',
    ),
    check: (context, report) => {
      const steps = needingAddress(context);
      if (steps.length === 0) return;
      const others = new Set(membersOf(context, 'etcd'));
      for (const { name, span } of onePerKey(withoutAddress(context.cluster.nodes))) {
        // For etcd that is a separate problem.
        if (others.has(name)) continue;
        report(
          span,
          msg(
            '{0} has no address, so it is left out by {1}. Add its address, or use DNS for all names.',
            name,
            steps.map((id) => `\`${id}\``).join(', '),
          ),
        );
      }
    },
  },
];
