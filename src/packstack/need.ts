import type { Message } from '../base/l10n.ts';
import type { Severity } from '../base/problem.ts';

/** Effective values by key: those of the file over the defaults. */
export type Values = (key: string) => string | undefined;

/** A requirement of one answer for another. */
export interface Need {
  /** The key at which the problem is shown. */
  readonly key: string;
  readonly severity: Severity;
  readonly message: Message;
  /** The answer that fixes it. */
  readonly remedy?: { readonly key: string; readonly value: string };
}
