import { ProgressLocation, window } from 'vscode';
import type { Engine } from '../app/entry.ts';
import { msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { ChangedHostKeyQuestion } from '../remote/base/prompts.ts';
import { placeOf } from '../remote/base/target.ts';
import { failureText } from '../view/failures.ts';
import { noticeText } from './editor/notice.ts';
import { t } from './editor/texts.ts';

async function askReplace({ node, host, port, algorithm, fingerprint, old }: ChangedHostKeyQuestion) {
  const replace = t(msg('Replace Host Key'));
  const compare = msg(
    'The host key changes when a node is reinstalled, but also when someone intercepts the connection. Compare the new key with the output of ssh-keygen -l on the node. Replace it only if both are identical.',
  );
  // One fingerprint per line, so that they can be compared.
  const lines = [
    t(msg('Address: {0}', placeOf({ host, port }))),
    '',
    t(msg('Known key ({0}):', old.algorithm)),
    old.fingerprint,
    t(msg('New key ({0}):', algorithm)),
    fingerprint,
    '',
    t(msg('Known from: {0}, line {1}', old.file, old.line)),
    '',
    t(compare),
  ];
  const question = t(msg('The host key of {0} has changed.', node));
  const detail = lines.join('\n');
  return (await window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

/** Connects to a reinstalled node and lets the user replace its known host key; shows the result. */
export async function replaceHostKey(engine: Engine, cluster: Cluster, node: ClusterNode): Promise<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: t(msg('Fetching the host key of {0}', node.name)),
    cancellable: true,
  };
  let answer: boolean | undefined;
  const ask = async (question: ChangedHostKeyQuestion) => {
    answer = await askReplace(question);
    return answer;
  };
  const failure = await window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    return await engine.trust({ cluster, node, ask }, stop.signal);
  });
  if (answer === false || failure?.code === 'cancelled') return;
  if (failure) void window.showErrorMessage(noticeText(t(failureText(failure))));
  else if (answer) void window.showInformationMessage(t(msg('The host key of {0} was replaced.', node.name)));
  else void window.showInformationMessage(t(msg('The host key of {0} has not changed.', node.name)));
}
