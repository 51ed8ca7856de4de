import { env, type MessageItem, window } from 'vscode';
import { type Message, msg } from '../base/l10n.ts';
import { t } from './editor/texts.ts';

/** A question about the host key of a node. */
export interface KeyQuestion<Value> {
  readonly question: Message;
  readonly details: readonly Message[];
  /** The fingerprint of the key that the node shows. */
  readonly fingerprint: string;
  /** What can be done, except cancel. */
  readonly answers: readonly { readonly label: Message; readonly value: Value }[];
}

interface Button<Value> extends MessageItem {
  readonly value?: Value;
}

/**
 * Asks in a modal dialog; undefined if the user cancels. VS Code focuses the first button, so that Enter copies the
 * fingerprint and never trusts a key; Escape cancels.
 */
export async function askAboutKey<Value>(asked: KeyQuestion<Value>): Promise<Value | undefined> {
  const { question, details, fingerprint, answers } = asked;
  const copy: Button<Value> = { title: t(msg('Copy Fingerprint')) };
  const buttons: readonly Button<Value>[] = [
    copy,
    ...answers.map(({ label, value }) => ({ title: t(label), value })),
    { title: t(msg('Cancel')), isCloseAffordance: true },
  ];
  const options = { modal: true, detail: details.map(t).join('\n') };
  for (;;) {
    const picked = await window.showWarningMessage<Button<Value>>(t(question), options, ...buttons);
    if (picked !== copy) return picked?.value;
    await env.clipboard.writeText(fingerprint);
  }
}
