import { type QuickPickOptions, window } from 'vscode';
import { plain } from '../../base/l10n.ts';
import { iconText } from './texts.ts';

/** Lets the user pick one of some names, which may come from a file; undefined if they pick none. */
export async function pickName(
  names: readonly string[],
  options: QuickPickOptions,
): Promise<string | undefined> {
  const items = names.map((name) => ({ label: iconText(plain(name)), name }));
  return (await window.showQuickPick(items, options))?.name;
}
