import { msg } from '../base/l10n.ts';
import { askCarefully, type CarefulQuestion } from './editor/careful-dialog.ts';

/** A question about the host key of a node. */
export interface KeyQuestion<Value> extends Omit<CarefulQuestion<Value>, 'copy'> {
  /** The fingerprint of the key that the node shows. */
  readonly fingerprint: string;
}

/** Asks in a modal dialog; undefined if the user cancels. Enter copies the fingerprint and never trusts a key. */
export function askAboutKey<Value>({
  fingerprint,
  ...asked
}: KeyQuestion<Value>): Promise<Value | undefined> {
  return askCarefully({ ...asked, copy: { label: msg('Copy Fingerprint'), text: fingerprint } });
}
