import { env, type MessageItem, window } from 'vscode';
import { type Message, msg } from '../../base/l10n.ts';
import { t } from './texts.ts';

/** A question whose answer by mistake would do harm. */
export interface CarefulQuestion<Value> {
  readonly question: Message;
  readonly details: readonly Message[];
  /** The first button, which copies a text. */
  readonly copy: { readonly label: Message; readonly text: string };
  /** What can be done, except cancel. */
  readonly answers: readonly { readonly label: Message; readonly value: Value }[];
}

interface Button<Value> extends MessageItem {
  readonly value?: Value;
}

/** Asks in a modal dialog; undefined if the user cancels. VS Code focuses the first button, so that Enter only copies. */
export async function askCarefully<Value>(asked: CarefulQuestion<Value>): Promise<Value | undefined> {
  const { question, details, copy, answers } = asked;
  const copying: Button<Value> = { title: t(copy.label) };
  const buttons: readonly Button<Value>[] = [
    copying,
    ...answers.map(({ label, value }) => ({ title: t(label), value })),
    { title: t(msg('Cancel')), isCloseAffordance: true },
  ];
  const options = { modal: true, detail: details.map(t).join('\n') };
  for (;;) {
    const picked = await window.showWarningMessage<Button<Value>>(t(question), options, ...buttons);
    if (picked !== copying) return picked?.value;
    await env.clipboard.writeText(copy.text);
  }
}
