import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { distinct } from '../cluster/node-groups.ts';
import { perContext } from './context.ts';
import { operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';

const usersOf = distinct(({ node: { ssh } }) => [ssh.user]);

/** The users that log in to the nodes, and root. */
export const loginUsers = perContext(
  ({ cluster }): ReadonlySet<string> => new Set(['root', ...usersOf(cluster.nodes)]),
);

/** Options of programs for accounts that take the next word as their value. */
const valued: Readonly<Record<string, RegExp>> = {
  userdel: /^-[RP]$|^--(?:root|prefix)$/,
  usermod:
    /^-[cdefGglpPRsuvVwWZ]$|^--(?:comment|home|expiredate|inactive|gid|groups|login|password|prefix|root|shell|uid|selinux-user)$/,
  passwd: /^-[nxwiR]$|^--(?:minimum|maximum|warning|inactive|root)$/,
  chage: /^-[dEImMWR]$|^--(?:lastday|expiredate|inactive|mindays|maxdays|warndays|root)$/,
  chsh: /^-s$|^--shell$/,
};

/** Takes the account away that logs in. */
export const locksOut: LossFinder = ({ name, args }, context) => {
  const users = loginUsers(context);
  const word = operands(args, own(valued, name)).findLast(({ text }) => users.has(text));
  const has = (pattern: RegExp): boolean => args.some(({ text }) => pattern.test(text));
  const isLost =
    name === 'userdel' ||
    name === 'deluser' ||
    (name === 'passwd' && has(/^(?:-[ld]|--lock|--delete)$/)) ||
    (name === 'usermod' &&
      (has(/^(?:-L|--lock)$/) || has(/(?:nologin|\/bin\/false)$/) || has(/^(?:-l|--login)$/))) ||
    (name === 'chsh' && has(/(?:nologin|\/bin\/false)$/)) ||
    (name === 'chage' && has(/^(?:-E\s*0?|--expiredate.*)$/));
  const isPasswordOnly =
    (name === 'passwd' && has(/^(?:-[ld]|--lock|--delete)$/)) ||
    (name === 'usermod' && has(/^(?:-L|--lock)$/));
  if (!word || !isLost) return undefined;
  // A locked password leaves logins with keys.
  if (isPasswordOnly && word.text !== 'root') return undefined;
  return { message: msg('Afterwards {0} can no longer log in, and with it Stackprep.', word.text), word };
};
