import { type Message, msg } from '../../base/l10n.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Prompts } from '../base/prompts.ts';
import type { Target } from '../base/target.ts';

/** The nodes that share one sudo password prompt. */
export interface SudoGroup {
  /** Unique per cluster. */
  readonly id: string;
  /** The nodes that use sudo, with their users. */
  readonly nodes: readonly { readonly name: string; readonly user: string }[];
}

/** The nodes that use sudo. Another cluster of the same name, with other hosts, has its own passwords. */
export function sudoGroup({ name, nodes }: Cluster): SudoGroup {
  return {
    id: JSON.stringify([name, ...nodes.map(({ ssh }) => ssh.host)]),
    nodes: nodes
      .filter(({ ssh }) => ssh.become === 'sudo')
      .map((node) => ({ name: node.name, user: node.ssh.user })),
  };
}

export interface PasswordQuestion {
  readonly prompts: Prompts;
  readonly group: SudoGroup;
  readonly target: Target;
  readonly isRepeated: boolean;
  readonly signal: AbortSignal;
}

/** The key under which the password may be stored. */
export function passwordStorageKey({ id }: SudoGroup, user: string): string {
  return JSON.stringify(['sudo', id, user]);
}

/** How many nodes a prompt names. */
const MAX_NAMES = 5;

/** Prompts for the sudo password, once for all nodes of the group with that user. */
export async function askPassword(question: PasswordQuestion): Promise<string | undefined> {
  const { prompts, group, target, isRepeated, signal } = question;
  const { node, host, port, user } = target;
  const nodes = group.nodes.filter((each) => each.user === user).map(({ name }) => name);
  const answer = await prompts.secret(
    {
      ...{ kind: 'sudo', node, host, port, user, echo: false },
      text: questionText(user, nodes.includes(node) ? nodes : [node]),
      attempt: isRepeated ? 2 : 1,
      keep: passwordStorageKey(group, user),
    },
    signal,
  );
  return typeof answer === 'object' ? undefined : answer;
}

function questionText(user: string, nodes: readonly string[]): Message {
  const named = nodes.slice(0, MAX_NAMES).join(', ');
  const more = nodes.length - MAX_NAMES;
  return more > 0
    ? msg('sudo password for {0} on {1} and {2} more nodes', user, named, more)
    : msg('sudo password for {0} on {1}', user, named);
}
