import { CancellationTokenSource, window } from 'vscode';
import { msg } from '../core/l10n.ts';
import type { HostKeyAnswer, HostKeyQuestion, Prompts, SecretQuestion } from '../remote/prompts.ts';
import { placeOf } from '../remote/target.ts';
import { t } from './texts.ts';
import { createTurns } from './turns.ts';

async function askSecret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined> {
  const { node, user, host, port, text, echo, attempt } = question;
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const title = msg('{0} ({1}@{2})', node, user, placeOf({ host, port }));
    const prompt = attempt > 1 ? msg('That was not accepted. {0}', text) : text;
    return await window.showInputBox(
      { title: t(title), prompt: t(prompt), password: !echo, ignoreFocusOut: true },
      source.token,
    );
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

async function askHostKey({
  node,
  host,
  port,
  algorithm,
  fingerprint,
  note,
}: HostKeyQuestion): Promise<HostKeyAnswer> {
  const save = t(msg('Trust and Save'));
  const once = t(msg('Trust Once'));
  const lines = [
    msg('Address: {0}', placeOf({ host, port })),
    msg('Key type: {0}', algorithm),
    msg('Fingerprint: {0}', fingerprint),
    ...(note ? [note] : []),
    msg('Compare it with what ssh-keygen -l prints on the node itself. Trust it only if both are the same.'),
  ];
  const answer = await window.showWarningMessage(
    t(msg('Nobody has vouched for the host key of {0} yet.', node)),
    { modal: true, detail: lines.map(t).join('\n') },
    save,
    once,
  );
  if (answer === save) return 'save';
  return answer === once ? 'once' : 'reject';
}

/** Asks the person in dialogs of the editor, one after another; each names the node and its address. */
export function createPrompts(): Prompts {
  const turns = createTurns();
  return {
    secret: (question, signal) => turns.take(signal, undefined, () => askSecret(question, signal)),
    // A modal dialog cannot be taken off the screen; when the question has become pointless its answer is not waited for.
    hostKey: (question, signal) => turns.take<HostKeyAnswer>(signal, 'reject', () => askHostKey(question)),
  };
}
