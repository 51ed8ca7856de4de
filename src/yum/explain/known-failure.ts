import type { Message } from '../../base/l10n.ts';

/** What of a run a failure touches; an error that only reports one names the areas in which its causes lie. */
export type Area =
  | 'lock'
  | 'repository'
  | 'signature'
  | 'package'
  | 'dependency'
  | 'transaction'
  | 'disk'
  | 'database'
  | 'system';

/** What Stackprep can do about it: run one of its steps, or write a key of the cluster file (dotted path). */
export type Remedy =
  | { readonly kind: 'run-step'; readonly step: string }
  | { readonly kind: 'set-key'; readonly key: string; readonly value: string };

export interface Diagnosis {
  /** One sentence. */
  readonly cause: Message;
  readonly advice: Message;
  /** The remedies in the order in which they are to be applied. */
  readonly remedies?: readonly Remedy[];
}

/** A failure that is known by a line of yum, dnf, rpm or the shell that started them. */
export interface KnownFailure {
  readonly id: string;
  /** Where the message stands: a file of the tool's source, a run of the tool, or a public report. */
  readonly source: string;
  readonly area: Area;
  /** A `warning` is survived: it is told beside the outcome, and explains it only if nothing else does. */
  readonly level: 'error' | 'warning';
  readonly pattern: RegExp;
  /** A second line of the same error that has to be there too. */
  readonly beside?: RegExp;
  /** The areas in which a more telling line may have come before; with none the line is a cause itself. */
  readonly because?: readonly Area[];
  /** Also believed when it stands among the output of scriptlets, where rpm's own messages are. */
  readonly amongScriptlets?: boolean;
  /** `groups` are those that matched, in order; those of `beside` follow. */
  readonly tell: (...groups: readonly string[]) => Diagnosis;
}

export function step(id: string): Remedy {
  return { kind: 'run-step', step: id };
}

export function set(key: string, value: string): Remedy {
  return { kind: 'set-key', key, value };
}
