import { commands, window, workspace } from 'vscode';
import { msg } from '../base/l10n.ts';
import { t } from './editor/texts.ts';

/** Whether connecting to nodes is allowed; in an untrusted workspace, shows a message that offers to trust it. */
export function mayConnect(): boolean {
  if (workspace.isTrusted) return true;
  void refuse();
  return false;
}

async function refuse(): Promise<void> {
  const manage = t(msg('Manage Workspace Trust'));
  const text = t(msg('This workspace is not trusted. Stackprep does not connect to its nodes.'));
  if ((await window.showWarningMessage(text, manage)) === manage) {
    await commands.executeCommand('workbench.trust.manage');
  }
}
