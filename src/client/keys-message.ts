import { ExtensionKind, env } from 'vscode';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { ClusterSource } from '../view/live.ts';

/** Which computer the window is connected to, as people know it. */
const remotes: Readonly<Record<string, Message>> = {
  wsl: msg('WSL'),
  'dev-container': msg('the container'),
  'attached-container': msg('the container'),
  'ssh-remote': msg('the remote computer'),
  codespaces: msg('the codespace'),
};

/**
 * In a remote window, whose keys and ssh config count, until a node has been reached; undefined in a local window and for
 * an empty view.
 */
export function keysMessage(kind: ExtensionKind, sources: readonly ClusterSource[]): Message | undefined {
  if (env.remoteName === undefined || sources.length === 0) return undefined;
  if (sources.some(({ state }) => state.run !== undefined)) return undefined;
  const remote = own(remotes, env.remoteName) ?? msg('the remote computer');
  return kind === ExtensionKind.UI
    ? msg('SSH keys and ssh config are those of this computer, not of {0}.', remote)
    : msg('SSH keys and ssh config are those of {0}, where Stackprep runs.', remote);
}
