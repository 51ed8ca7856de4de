import type { ClusterNode } from '../cluster/model.ts';
import type { Command } from '../shell/command.ts';

/** Runs the command as root, in the way that the node's settings say. */
export function asRoot(node: ClusterNode, command: Command): Command {
  return node.ssh.become === 'sudo' ? { ...command, become: 'sudo' } : command;
}

/** The command that runs a payload on a node. */
export function payloadCommand(node: ClusterNode, text: string): Command {
  return asRoot(node, { argv: ['sh', '-s'], stdin: text });
}
