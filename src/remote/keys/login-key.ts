import type { Message } from '../../base/l10n.ts';
import type { ParsedKey } from '../base/ssh2.ts';
import type { Signer } from './agent.ts';

/** A key to try: the agent signs with it (`sign`), or it is in a file that may need a passphrase. */
export interface LoginKey {
  readonly name: Message;
  /** Absent if it can't be read without the passphrase. */
  readonly publicKey?: ParsedKey;
  readonly path?: string;
  /** Its public part is a certificate. */
  readonly isCertificate?: true;
  readonly from: { readonly sign: Signer } | { readonly privateText: string };
}

export function same(a: ParsedKey, b: ParsedKey): boolean {
  return a.getPublicSSH().equals(b.getPublicSSH());
}
