import { readFile } from 'node:fs/promises';
import { type Disposable, commands as editor, type Uri, window, workspace } from 'vscode';
import { logFile } from '../../app/logs/paths.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { type Message, msg, plain } from '../../base/l10n.ts';
import { schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { pickName } from '../editor/pick.ts';
import { iconText, t } from '../editor/texts.ts';
import { type LogAddress, logAddress, logUri } from './address.ts';

/** The package changes of a log as a document for a diff. */
export function registerTransactions(stateFolder: string): Disposable {
  return workspace.registerTextDocumentContentProvider(schemes.transaction, {
    provideTextDocumentContent: async (uri) => {
      const address = logAddress(uri.with({ scheme: schemes.log }));
      if (!address) return '';
      const { changesIn } = await import('../../yum/explain/log-reader.ts');
      const { changesText } = await import('../../yum/changes.ts');
      return changesText(changesIn(await readFile(logFile(stateFolder, address), 'utf8')));
    },
  });
}

function packagesUri(address: LogAddress): Uri {
  return logUri(address).with({ scheme: schemes.transaction });
}

async function choose(question: Message, logs: readonly LogAddress[]): Promise<LogAddress | undefined> {
  const items = logs.map((log) => ({ label: iconText(plain(log.node)), log }));
  return (await window.showQuickPick(items, { title: t(question) }))?.log;
}

/** The logs with changes of packages. */
async function withTransactions(
  stateFolder: string,
  logs: readonly LogAddress[],
): Promise<readonly LogAddress[]> {
  const { changesIn } = await import('../../yum/explain/log-reader.ts');
  const found: LogAddress[] = [];
  for (const log of logs) {
    try {
      if (changesIn(await readFile(logFile(stateFolder, log), 'utf8')).size > 0) found.push(log);
    } catch (cause) {
      // A step without output has no file, and a run may be removed meanwhile.
      if (!isSystemError(cause) || (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR')) throw cause;
    }
  }
  return found;
}

/** The step to compare, picked by the user if several have a transaction on two nodes. */
async function chooseStep(logs: readonly LogAddress[]): Promise<string | undefined> {
  const steps = [...new Set(logs.map(({ step }) => step))];
  const comparable = steps.filter((id) => logs.filter(({ step }) => step === id).length > 1);
  if (comparable.length === 0) notify(msg('No step has a package transaction on two nodes.'));
  if (comparable.length <= 1) return comparable[0];
  return await pickName(comparable, { title: t(msg('Select the step to compare two nodes in')) });
}

function notify(text: Message): void {
  void window.showInformationMessage(t(text));
}

/** Why a step cannot be compared; undefined if it can. */
function refusal(step: string, logs: readonly LogAddress[], nodes: readonly string[] = []) {
  const [first, second] = logs;
  const [only, another] = nodes;
  if (!first) return msg('No package transaction of {0} on these nodes.', step);
  if (only !== undefined && another === undefined && !logs.some(({ node }) => node === only))
    return msg('No package transaction of {0} on {1}.', step, only);
  if (second) return undefined;
  return msg('Only {0} has a package transaction of {1}. A comparison requires two nodes.', first.node, step);
}

/** Compares the package transactions of a step on two nodes of a target; a single node is compared with another one. */
export async function compareNodes(
  stateFolder: string,
  logs: readonly LogAddress[],
  { nodes, step: given }: Pick<Target, 'nodes' | 'step'>,
): Promise<void> {
  const isSome = nodes !== undefined && nodes.length > 1;
  const meant = isSome ? logs.filter(({ node }) => nodes.includes(node)) : logs;
  const known = await withTransactions(stateFolder, meant);
  const step = given ?? (await chooseStep(known));
  if (step === undefined) return;
  const same = known.filter((log) => log.step === step);
  const why = refusal(step, same, nodes);
  if (why) return notify(why);
  await compareStep(step, same, nodes?.length === 1 ? nodes[0] : undefined);
}

async function compareStep(step: string, logs: readonly LogAddress[], first?: string): Promise<void> {
  const meant = logs.find(({ node }) => node === first);
  const left = meant ?? (await choose(msg('Compare {0}: select the first node', step), logs));
  if (!left) return;
  const others = logs.filter(({ node }) => node !== left.node);
  const right =
    others.length === 1
      ? others[0]
      : await choose(msg('Compare {0}: select the second node', left.node), others);
  if (!right) return;
  const title = `${step}: ${left.node} ↔ ${right.node}`;
  await editor.executeCommand('vscode.diff', packagesUri(left), packagesUri(right), title);
}
