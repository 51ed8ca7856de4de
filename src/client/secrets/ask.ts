import { type CancellationToken, window } from 'vscode';
import { type Message, msg } from '../../base/l10n.ts';
import { t } from '../editor/texts.ts';

export interface ValueQuestion {
  readonly title: Message;
  readonly prompt: Message;
  readonly token?: CancellationToken;
}

/** Asks for a value with hidden input; undefined if it is empty. */
export async function askValue({ title, prompt, token }: ValueQuestion): Promise<string | undefined> {
  const options = { title: t(title), prompt: t(prompt), password: true, ignoreFocusOut: true };
  return (await window.showInputBox(options, token)) || undefined;
}

/** Asks whether to store the value; no answer means no. */
export async function askToKeep(title: Message, token?: CancellationToken): Promise<boolean> {
  const remember = t(msg('Remember'));
  const items = [
    {
      label: t(msg('Keep Until VS Code Closes')),
      detail: t(msg('Kept in memory only, never written to disk.')),
    },
    {
      label: remember,
      detail: t(msg('Stored encrypted in the secret storage of VS Code on this computer.')),
    },
  ];
  const picked = await window.showQuickPick(items, { title: t(title), ignoreFocusOut: true }, token);
  return picked?.label === remember;
}
