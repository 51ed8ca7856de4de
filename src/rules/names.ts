import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { removeItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import { distance } from '../schema/suggest.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';

const wellKnownRoles = ['controller', 'compute', 'storage', 'network'] as const;

/** Every word that an `on` uses. */
function usedWords({ file }: Look): ReadonlySet<string> {
  const services = Object.values(file.services ?? {}).map((settings) => settings?.on);
  const steps = (file.steps ?? []).map((step) => (typeof step === 'string' ? undefined : step.on));
  return new Set([...services, ...steps].flatMap((word) => (word === undefined ? [] : [word])));
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
    mends: true,
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
    about: msg('You can name roles as you like, but one letter off a common one is most likely a typo.'),
    mends: true,
    check: (look, report) => {
      const { file, reading, at } = look;
      const used = usedWords(look);
      const judged = new Map<string, string | undefined>();
      const meant = (role: string): string | undefined => {
        if (used.has(role) || !/^[a-z]{6,}$/i.test(role)) return undefined;
        return wellKnownRoles.find(
          (known) => role !== `${known}s` && distance(role.toLowerCase(), known) === 1,
        );
      };
      for (const [name, { roles = [] }] of Object.entries(file.nodes)) {
        roles.forEach((role, index) => {
          if (!judged.has(role)) judged.set(role, meant(role));
          const near = judged.get(role);
          if (near === undefined || roles.includes(near)) return;
          const span = at('nodes', name, 'roles', index)?.value;
          if (!span) return;
          const message = msg('Nothing is done on the role {0}; did you mean {1}?', role, near);
          report(span, message, replacement(reading.source, span, near));
        });
      }
    },
  },
];
