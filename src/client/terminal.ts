import { homedir } from 'node:os';
import { window } from 'vscode';
import type { ClusterNode } from '../core/cluster/model.ts';
import { terminalArguments } from './terminal-arguments.ts';

/** Opens a terminal on a node with the system's own ssh; its arguments go as a list, no shell reads them. */
export function openTerminal(node: ClusterNode, knownHosts: readonly string[]): void {
  const shellArgs = [...terminalArguments(node, { home: homedir(), knownHosts })];
  window.createTerminal({ name: node.name, shellPath: 'ssh', shellArgs }).show();
}
