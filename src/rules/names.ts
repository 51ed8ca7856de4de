import { joined, msg } from '../base/l10n.ts';
import { fixBy, type Span } from '../base/problem.ts';
import { removeItem, splitItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { pathKey } from '../schema/read.ts';
import { asText } from '../schema/replace.ts';
import type { Look } from './context.ts';
import { missingController } from './packstack-hosts.ts';
import { roleMeant, rolesIn } from './role-words.ts';
import type { Rule } from './rule.ts';

/** A role of the file where it is written: once, however many nodes have it through an alias. */
interface WrittenRole {
  readonly role: string;
  readonly span: Span;
  /** All roles of its node, and where their list is. */
  readonly roles: readonly string[];
  readonly list: Path;
  /** In the file's list. */
  readonly index: number;
}

/** Where the roles are written that are wanted: of thousands of nodes, few have one. */
function writtenRoles(look: Look, isWanted: (role: string) => boolean): readonly WrittenRole[] {
  const seen = new Set<number>();
  return Object.entries(look.file.nodes).flatMap(([name, { roles = [] }]) => {
    const list = ['nodes', name, 'roles'];
    return roles.flatMap((role, place) => {
      if (!isWanted(role)) return [];
      const index = look.reading.kept.get(pathKey(...list))?.[place] ?? place;
      const span = look.at(...list, index)?.value;
      if (!span || seen.has(span.start)) return [];
      seen.add(span.start);
      return [{ role, span, roles, list, index }];
    });
  });
}

export const nameRules: readonly Rule[] = [
  {
    code: 'node-name-localhost',
    severity: 'error',
    about: msg('Every machine calls itself localhost; as the name of a node it breaks the hosts file.'),
    check: ({ cluster }, report) => {
      for (const { name, span } of cluster.nodes) {
        if (!/^localhost(?:\.localdomain)?$/i.test(name)) continue;
        report(span, msg('{0} already means the machine itself; give the node a name of its own.', name));
      }
    },
  },
  {
    code: 'node-name-long',
    severity: 'error',
    about: msg('Linux takes host names of at most 64 characters; hostnamectl refuses more.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      for (const { name, span } of cluster.nodes) {
        if (name.length <= 64) continue;
        report(span, msg('{0} has {1} characters; a host name has at most 64.', name, name.length));
      }
    },
  },
  {
    code: 'node-name-numeric',
    severity: 'warning',
    about: msg('Programs read a name of digits as an address: 7 means 0.0.0.7 to ping and to ssh.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      for (const { name, span } of cluster.nodes) {
        if (!/^\d+(?:\.\d+)*$/.test(name)) continue;
        report(span, msg('{0} is read as an address; put a letter into the name.', name));
      }
    },
  },
  {
    code: 'node-name-case',
    severity: 'warning',
    about: msg('Names are looked up without regard to case, so both nodes get the address of one.'),
    sources: ['COMMON'],
    check: ({ cluster }, report) => {
      const seen = new Map<string, string>();
      for (const { name, span } of cluster.nodes) {
        const other = seen.get(name.toLowerCase());
        if (other !== undefined && other !== name)
          report(span, msg('{0} and {1} are the same name in a lookup; rename one of them.', name, other));
        if (other === undefined) seen.set(name.toLowerCase(), name);
      }
    },
  },
  {
    code: 'node-name-is-role',
    severity: 'warning',
    about: msg('An "on" takes a role or a name; a word that is both means more nodes than it seems to.'),
    check: ({ cluster }, report) => {
      const roles = new Set(cluster.nodes.flatMap((node) => node.roles));
      for (const { name, roles: own, span } of cluster.nodes) {
        if (!roles.has(name) || own.includes(name)) continue;
        report(
          span,
          msg(
            '{0} is also a role, which this node does not have; rename the node or give it the role.',
            name,
          ),
        );
      }
    },
  },
  {
    code: 'role-duplicate',
    severity: 'warning',
    about: msg('A role that is listed twice was most likely meant to be another one.'),
    hasFix: true,
    check: ({ file, reading, at, isWhole }, report) => {
      for (const [name, { roles = [] }] of Object.entries(file.nodes)) {
        if (new Set(roles).size === roles.length || !isWhole('nodes', name, 'roles')) continue;
        roles.forEach((role, index) => {
          if (roles.indexOf(role) === index) return;
          const edits = removeItem(reading, ['nodes', name, 'roles'], index);
          const place = at('nodes', name, 'roles', index);
          report(
            place?.value,
            msg('The role {0} is in the list already.', role),
            fixBy(msg('Remove {0}', role), edits),
          );
        });
      }
    },
  },
  {
    code: 'role-misspelt',
    severity: 'warning',
    about: msg(
      'Roles are words of your own, but only controller, compute, storage and network have a meaning. A word that is nearly one of these, such as Controller, controllers or control, has none.',
    ),
    hasFix: true,
    check: (look, report) => {
      const missing = missingController(look);
      const isSlip = (role: string): boolean => roleMeant(look, role) !== undefined;
      for (const { role, span, roles } of writtenRoles(look, isSlip)) {
        const near = roleMeant(look, role);
        if (near === undefined || roles.includes(near)) continue;
        const slip = msg('Nothing uses the role `{0}`. Did you mean `{1}`?', role, near);
        const message = missing && near === 'controller' ? joined([missing.message, slip], ' ') : slip;
        // Two slips for one role cannot both become it.
        const isFirst = roles.find((each) => roleMeant(look, each) === near) === role;
        report(span, message, isFirst ? replacement(look.reading.source, span, near) : undefined);
      }
    },
  },
  {
    code: 'role-several',
    severity: 'warning',
    about: msg('An item of the list is one role. Several words in one item are a role that nothing uses.'),
    hasFix: true,
    check: (look, report) => {
      const isSeveral = (role: string): boolean => rolesIn(look, role) !== undefined;
      for (const { role, span, roles, list, index } of writtenRoles(look, isSeveral)) {
        const words = rolesIn(look, role)?.filter((word) => !roles.includes(word)) ?? [];
        const edits =
          words.length > 0 ? splitItem(look.reading, list, { index, texts: words.map(asText) }) : undefined;
        const message = msg(
          '`{0}` is one role that nothing uses. Write each role as an item of its own.',
          role,
        );
        report(span, message, fixBy(msg('Change to {0}', words.join(', ')), edits));
      }
    },
  },
];
