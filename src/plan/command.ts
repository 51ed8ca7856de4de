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

/**
 * Runs a preview in a separate mount namespace, which ends with it; without root that is not possible, and it only checks. The
 * variable says that the namespace was made, so that nothing is mounted otherwise.
 */
export const inNamespace =
  'if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then exec env STACKPREP_PRIVATE=1 unshare -m sh -s; else exec sh -s; fi';

/** The command that runs a preview on a node. */
export function previewCommand(node: ClusterNode, text: string): Command {
  return asRoot(node, { argv: ['sh', '-c', inNamespace], stdin: text });
}
