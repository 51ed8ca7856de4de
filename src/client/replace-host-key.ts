import { ProgressLocation, window } from 'vscode';
import type { Engine } from '../app/entry.ts';
import { msg, plain } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { ChangedHostKeyQuestion } from '../remote/base/prompts.ts';
import { placeOf } from '../remote/base/target.ts';
import { failureText } from '../view/failures.ts';
import { t } from './editor/texts.ts';
import { askAboutKey } from './host-key-dialog.ts';

/** Number of characters of the new fingerprint that the user types. */
const shown = 4;

/** Lets the user type the last characters of the key that the node shows on its own console; false if they give up. */
async function isCompared(node: string, fingerprint: string): Promise<boolean> {
  const end = fingerprint.slice(-shown);
  const options = {
    title: t(msg('Replace the host key of {0}', node)),
    prompt: t(
      msg('Enter the last {0} characters of the fingerprint that ssh-keygen -l prints on the node.', shown),
    ),
    ignoreFocusOut: true,
    validateInput: (text: string) =>
      text.trim().length < shown || text.trim() === end
        ? undefined
        : t(msg('The new key has other characters. Do not replace the known key.')),
  };
  for (;;) {
    const typed = await window.showInputBox(options);
    if (typed === undefined) return false;
    if (typed.trim() === end) return true;
  }
}

async function askReplace({ node, host, port, algorithm, fingerprint, old }: ChangedHostKeyQuestion) {
  const compare = msg(
    'The host key changes when a node is reinstalled, but also when someone intercepts the connection. Compare the new key with the output of ssh-keygen -l on the node. Replace it only if both are identical.',
  );
  // One fingerprint per line, so that they can be compared.
  const answer = await askAboutKey({
    question: msg('The host key of {0} has changed.', node),
    details: [
      msg('Address: {0}', placeOf({ host, port })),
      plain(''),
      msg('Known key ({0}):', old.algorithm),
      plain(old.fingerprint),
      msg('New key ({0}):', algorithm),
      plain(fingerprint),
      plain(''),
      msg('Known from: {0}, line {1}', old.file, old.line),
      plain(''),
      compare,
    ],
    fingerprint,
    answers: [{ label: msg('Replace Host Key…'), value: 'replace' as const }],
  });
  return answer === 'replace' && (await isCompared(node, fingerprint));
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
  if (failure) void window.showErrorMessage(t(failureText(failure)));
  else if (answer) void window.showInformationMessage(t(msg('The host key of {0} was replaced.', node.name)));
  else void window.showInformationMessage(t(msg('The host key of {0} has not changed.', node.name)));
}
