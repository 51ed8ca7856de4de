import { homedir } from 'node:os';
import { window } from 'vscode';
import { msg } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { ownVariables } from '../remote/base/child-env.ts';
import { t } from './editor/texts.ts';
import { terminalArguments } from './terminal-arguments.ts';

/** Opens a terminal on a node with the system's ssh; its arguments are passed as a list, without a shell. */
export async function openTerminal(node: ClusterNode, knownHosts: readonly string[]): Promise<void> {
  const { decidedLogin } = await import('../app/entry.ts');
  const home = homedir();
  const ssh = await decidedLogin(node, { home, env: process.env });
  const found = terminalArguments({ ...node, ssh }, { home, knownHosts });
  if (!found.ok) {
    void window.showErrorMessage(t(msg('Cannot open a terminal on {0}: {1}.', node.name, found.flaw)));
    return;
  }
  // Programs of the ssh config (ProxyCommand, Match exec) get no secret.
  window
    .createTerminal({
      ...{ name: node.name, shellPath: 'ssh', shellArgs: [...found.words], cwd: home },
      env: Object.fromEntries(ownVariables(process.env).map((name) => [name, null])),
    })
    .show();
}
