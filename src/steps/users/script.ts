import { own } from '../../base/own.ts';
import type { Cluster } from '../../cluster/model.ts';
import { isPublicKey, keyFile } from '../../cluster/user-keys.ts';
import { accountsSh } from '../../shell/accounts.sh.ts';
import { sudoRulesSh } from '../../shell/sudo-rules.sh.ts';
import type { StepContext, StepScripter } from '../common/definition.ts';
import { scriptFrom } from '../common/from-file.ts';
import { userFolder } from '../common/user-folder.ts';
import { usersSh } from './users.sh.ts';

/** A line per user with the result of `of`. */
function lines({ users }: Cluster, of: (name: string, user: Cluster['users'][string]) => readonly string[]) {
  return Object.entries(users)
    .flatMap(([name, user]) => of(name, user))
    .map((line) => `${line}\n`)
    .join('');
}

/** The keys for authorized_keys, and the key files that could not be read. */
function keysOf(cluster: Cluster) {
  const found = Object.entries(cluster.users).flatMap(([name, { keys = [] }]) =>
    keys.map((key) => ({
      name,
      key,
      line: isPublicKey(key) ? key : own(cluster.inputs?.publicKeys, keyFile(key)),
    })),
  );
  return {
    read: found.flatMap(({ name, line }) =>
      line === undefined ? [] : [`${name} ${line.replace(/\s+/g, ' ').trim()}\n`],
    ),
    unread: found.flatMap(({ name, key, line }) => (line === undefined ? [`${name} ${key}\n`] : [])),
  };
}

function parameters({ cluster, node }: StepContext) {
  const { read, unread } = keysOf(cluster);
  return {
    users_accounts: lines(cluster, (name, { shell = '-', groups = [] }) => [
      [name, shell, ...groups].join(' '),
    ]),
    users_sudo: lines(cluster, (name, { sudo = 'none' }) => (sudo === 'none' ? [] : [`${name} ${sudo}`])),
    users_keys: read.join(''),
    users_passwords: lines(cluster, (name, { password }) => (password ? [`${name} ${password.secret}`] : [])),
    users_unread: unread.join(''),
    users_login: node.ssh.user,
    users_become: node.ssh.become,
  };
}

const guarded = scriptFrom(usersSh, parameters, [userFolder, accountsSh, sudoRulesSh]);

/** Only changes to the login user, or to the sudo that it needs, can cut off the node. */
export const script: StepScripter = (context) => {
  const { rollback, ...plain } = guarded(context);
  const { user, become } = context.node.ssh;
  const concernsLogin = become === 'sudo' || own(context.cluster.users, user) !== undefined;
  return rollback && concernsLogin ? { ...plain, rollback } : plain;
};
