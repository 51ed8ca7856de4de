import { joined, msg } from '../base/l10n.ts';
import { fixBy, type Span } from '../base/problem.ts';
import { removeItem, splitItem } from '../cluster/edits.ts';
import { distinctRoles, type NodeSettings, nodeFinder, onePerKey, perGroup } from '../cluster/node-groups.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { pathKey } from '../schema/reading.ts';
import { asText } from '../schema/replace.ts';
import type { RuleContext } from './context.ts';
import { missingController } from './packstack-hosts.ts';
import { isVirtualWord, roleMeant, rolesIn } from './role-words.ts';
import type { Rule } from './rule.ts';

/** A role as written in the file: once, even if several nodes share it through an alias. */
interface WrittenRole {
  readonly role: string;
  readonly span: Span;
  /** All roles of its node, with the path of the list. */
  readonly roles: readonly string[];
  readonly list: Path;
  /** Index in the file's list. */
  readonly index: number;
}

/** Finds where the given roles are written; few of thousands of nodes have one. */
function writtenRoles(context: RuleContext, isWanted: (role: string) => boolean): readonly WrittenRole[] {
  if (![...distinctRoles(context.cluster.nodes)].some(isWanted)) return [];
  const seen = new Set<number>();
  const wanted = Object.entries(context.file.nodes).filter(([, { roles }]) => roles?.some(isWanted));
  return wanted.flatMap(([name, { roles = [] }]) => {
    const list = ['nodes', name, 'roles'];
    return roles.flatMap((role, place) => {
      if (!isWanted(role)) return [];
      const index = context.reading.kept.get(pathKey(...list))?.[place] ?? place;
      const span = context.at(...list, index)?.value;
      if (!span || seen.has(span.start)) return [];
      seen.add(span.start);
      return [{ role, span, roles, list, index }];
    });
  });
}

function isVirtual({ name, roles }: NodeSettings): boolean {
  if (roles.some(isVirtualWord)) return true;
  return (
    roles.length === 0 &&
    name
      .toLowerCase()
      .split(/[-_.\d]+/)
      .includes('vip')
  );
}

const namedLocalhost = nodeFinder(
  () =>
    ({ name }) =>
      /^localhost(?:\.localdomain)?$/i.test(name),
);
const namedTooLong = nodeFinder(
  () =>
    ({ name }) =>
      name.length > 64,
);
const namedByDigits = nodeFinder(
  () =>
    ({ name }) =>
      /^\d+(?:\.\d+)*$/.test(name),
);
const virtual = nodeFinder(() => isVirtual);
const withRoleTwice = nodeFinder(
  () =>
    ({ roles }) =>
      new Set(roles).size < roles.length,
);
/** The nodes named like a role that they do not have; the roles have a line each. */
const namedLikeRole = nodeFinder((roles) => {
  const known = new Set(roles.split('\n'));
  return ({ name, roles: own }) => known.has(name) && !own.includes(name);
});
const hasCapitals = perGroup((nodes) => nodes.some(({ node: { name } }) => name !== name.toLowerCase()));

export const nameRules: readonly Rule[] = [
  {
    code: 'node-name-localhost',
    severity: 'error',
    about: msg('localhost is the name of every host for itself. As a node name, it breaks the hosts file.'),
    check: ({ cluster }, report) => {
      for (const { name, span } of namedLocalhost(cluster.nodes))
        report(span, msg('{0} refers to the node itself. Give the node another name.', name));
    },
  },
  {
    code: 'node-name-long',
    severity: 'error',
    about: msg('Linux allows host names of at most 64 characters. hostnamectl rejects longer ones.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      for (const { name, span } of namedTooLong(cluster.nodes))
        report(span, msg('{0} has {1} characters. A host name has at most 64.', name, name.length));
    },
  },
  {
    code: 'node-name-numeric',
    severity: 'warning',
    about: msg('Programs read a name of digits as an address: for ping and ssh, 7 is 0.0.0.7.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      for (const { name, span } of namedByDigits(cluster.nodes))
        report(span, msg('{0} is read as an address. Add a letter to the name.', name));
    },
  },
  {
    code: 'node-name-case',
    severity: 'warning',
    about: msg('Names are not case-sensitive, so both nodes would resolve to the same address.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      if (!hasCapitals(cluster.nodes).includes(true)) return;
      const seen = new Map<string, string>();
      for (const { name, span } of cluster.nodes) {
        const other = seen.get(name.toLowerCase());
        if (other !== undefined && other !== name)
          report(span, msg('{0} and {1} resolve as the same name. Rename one of them.', name, other));
        if (other === undefined) seen.set(name.toLowerCase(), name);
      }
    },
  },
  {
    code: 'node-name-is-role',
    severity: 'warning',
    about: msg('"on" accepts a role or a node name. If a name is both, it selects more nodes than intended.'),
    check: (context, report) => {
      const roles = [...distinctRoles(context.cluster.nodes)].join('\n');
      for (const { name, span } of namedLikeRole(context.cluster.nodes, roles))
        report(
          span,
          msg('{0} is also a role, which this node does not have. Rename the node or add the role.', name),
        );
    },
  },
  {
    code: 'node-virtual-address',
    severity: 'warning',
    about: msg(
      'Every node is a machine that steps log in to. A virtual address (VIP) moves between machines, so a step would run twice on one of them, or nowhere.',
    ),
    check: ({ cluster }, report) => {
      for (const { name, roles, span } of onePerKey(virtual(cluster.nodes))) {
        const role = roles.find(isVirtualWord);
        const message = role
          ? msg(
              '{0} has the role {1}: a virtual address is no machine, but steps would connect to it. Remove the node, and write the address as `vip`.',
              name,
              role,
            )
          : msg(
              '{0} looks like a virtual address, which is no machine, but steps would connect to it. Remove the node, and write the address as `vip`.',
              name,
            );
        report(span, message);
      }
    },
  },
  {
    code: 'role-duplicate',
    severity: 'warning',
    about: msg('The same role is listed twice. One of them is probably a typo.'),
    hasFix: true,
    check: ({ cluster, reading, at, isWhole }, report) => {
      for (const { key: name, roles } of onePerKey(withRoleTwice(cluster.nodes))) {
        if (!isWhole('nodes', name, 'roles')) continue;
        roles.forEach((role, index) => {
          if (roles.indexOf(role) === index) return;
          const edits = removeItem(reading, ['nodes', name, 'roles'], index);
          const place = at('nodes', name, 'roles', index);
          report(
            place?.value,
            msg('The role {0} is already in the list.', role),
            fixBy(msg('Remove {0}', role), edits),
          );
        });
      }
    },
  },
  {
    code: 'role-typo',
    severity: 'warning',
    about: msg(
      'Role names are free, but only controller, compute, storage and network have a meaning. A similar name, such as Controller, controllers or control, has none.',
    ),
    hasFix: true,
    check: (context, report) => {
      const missing = missingController(context);
      const isSlip = (role: string): boolean => roleMeant(context, role) !== undefined;
      for (const { role, span, roles } of writtenRoles(context, isSlip)) {
        const near = roleMeant(context, role);
        if (near === undefined || roles.includes(near)) continue;
        const slip = msg('Nothing uses the role `{0}`. Did you mean `{1}`?', role, near);
        const message = missing && near === 'controller' ? joined([missing.message, slip], ' ') : slip;
        // Two misspellings must not both be changed to the same role.
        const isFirst = roles.find((each) => roleMeant(context, each) === near) === role;
        report(span, message, isFirst ? replacement(context.reading.source, span, near) : undefined);
      }
    },
  },
  {
    code: 'role-several',
    severity: 'warning',
    about: msg('Each item of the list is one role. Several words in one item are a role that nothing uses.'),
    hasFix: true,
    check: (context, report) => {
      const isSeveral = (role: string): boolean => rolesIn(context, role) !== undefined;
      for (const { role, span, roles, list, index } of writtenRoles(context, isSeveral)) {
        const words = rolesIn(context, role)?.filter((word) => !roles.includes(word)) ?? [];
        const edits =
          words.length > 0
            ? splitItem(context.reading, list, { index, texts: words.map(asText) })
            : undefined;
        const message = msg('`{0}` is one role that nothing uses. Write each role as a separate item.', role);
        report(span, message, fixBy(msg('Change to {0}', words.join(', ')), edits));
      }
    },
  },
];
