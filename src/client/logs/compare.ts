import { readFile } from 'node:fs/promises';
import { type Disposable, commands as editor, type Uri, window, workspace } from 'vscode';
import { logFile } from '../../app/logs/paths.ts';
import { msg } from '../../base/l10n.ts';
import { schemes } from '../../protocol/contributions.ts';
import { changesText } from '../../yum/changes.ts';
import { t } from '../editor/texts.ts';
import { type LogAddress, logAddress, logUri } from './address.ts';

/** The package changes of a log as a document for a diff. */
export function registerTransactions(stateFolder: string): Disposable {
  return workspace.registerTextDocumentContentProvider(schemes.transaction, {
    provideTextDocumentContent: async (uri) => {
      const address = logAddress(uri.with({ scheme: schemes.log }));
      if (!address) return '';
      const { changesIn } = await import('../../yum/explain/log-reader.ts');
      return changesText(changesIn(await readFile(logFile(stateFolder, address), 'utf8')));
    },
  });
}

function packagesUri(address: LogAddress): Uri {
  return logUri(address).with({ scheme: schemes.transaction });
}

async function choose(title: string, logs: readonly LogAddress[]): Promise<LogAddress | undefined> {
  const items = logs.map((log) => ({ label: log.node, log }));
  return (await window.showQuickPick(items, { title }))?.log;
}

/** Compares the packages that the same step changed on two nodes; `first` is the node of the target, if any. */
export async function compareNodes(logs: readonly LogAddress[], first?: string): Promise<void> {
  const step = logs[0]?.step ?? '';
  if (logs.length < 2) {
    void window.showInformationMessage(
      t(msg('A comparison requires two nodes with a log of the same step.')),
    );
    return;
  }
  const meant = logs.find(({ node }) => node === first);
  const left = meant ?? (await choose(t(msg('Compare {0}: select the first node', step)), logs));
  if (!left) return;
  const others = logs.filter(({ node }) => node !== left.node);
  const right =
    others.length === 1
      ? others[0]
      : await choose(t(msg('Compare {0}: select the second node', left.node)), others);
  if (!right) return;
  const title = `${step}: ${left.node} ↔ ${right.node}`;
  await editor.executeCommand('vscode.diff', packagesUri(left), packagesUri(right), title);
}
