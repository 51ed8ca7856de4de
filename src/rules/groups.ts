import { msg } from '../base/l10n.ts';
import { distinctRoles, nodeFinder, onePerKey } from '../cluster/node-groups.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { Rule } from './rule.ts';

const withoutAddress = nodeFinder(
  () =>
    ({ address }) =>
      address === undefined,
);

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
      'The hosts file gives the names of the nodes their addresses. A node without an address is left out, and only the DNS knows its name.',
    ),
    check: ({ cluster }, report) => {
      if (!cluster.steps.some(({ id }) => id === 'hosts-file')) return;
      for (const { name, span } of onePerKey(withoutAddress(cluster.nodes)))
        report(
          span,
          msg(
            '{0} has no address, so `hosts-file` leaves it out. Add its address, or use DNS for all names.',
            name,
          ),
        );
    },
  },
];
