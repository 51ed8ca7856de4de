import { joined, type Message, msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { loginProblem } from '../cluster/ssh-names.ts';

/** Why an export is not possible, as sentences; no file is written. */
export interface Refused {
  readonly ok: false;
  readonly problems: readonly Message[];
}

/** The problem of a node's login, whose words must also fit between the double quotes of an ssh option. */
function problemOf({ name, ssh }: ClusterNode): Message | undefined {
  const flaw = loginProblem(ssh);
  if (flaw) return joined([`${name}: `, flaw]);
  const quoted = [ssh.user, ssh.identity ?? '', ssh.jump ?? ''].find((text) => text.includes('"'));
  return quoted === undefined
    ? undefined
    : msg('{0}: `{1}` has a double quote, which OpenSSH cannot read. Change it.', name, quoted);
}

/** The logins that neither OpenSSH nor Ansible can use. */
export function loginProblems({ nodes }: Cluster): readonly Message[] {
  return nodes.map(problemOf).filter((problem) => problem !== undefined);
}

/** A percent sign begins a token in many values of an ssh configuration: ssh_config(5), TOKENS. */
export function withoutTokens(value: string): string {
  return value.replaceAll('%', '%%');
}
