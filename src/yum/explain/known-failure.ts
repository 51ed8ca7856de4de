import type { Message } from '../../base/l10n.ts';

/** The area of a run that a failure concerns; an error that only reports another names the areas of its possible causes. */
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

/** What Stackprep can do: run a step, or open a key of the cluster file (dotted path). */
export type Remedy =
  | { readonly kind: 'run-step'; readonly step: string }
  | { readonly kind: 'set-key'; readonly key: string; readonly value: string };

export interface Diagnosis {
  /** One sentence. */
  readonly cause: Message;
  readonly advice: Message;
  /** The remedies in the order of application. */
  readonly remedies?: readonly Remedy[];
}

/** A failure that can be recognized by a line of yum, dnf, rpm or the shell that started them. */
export interface KnownFailure {
  readonly id: string;
  /** Source of the message: a file of the tool's source code, a run of the tool, or a public report. */
  readonly source: string;
  readonly area: Area;
  /** A `warning` does not stop the run: it is reported in addition to the outcome, and explains it only if nothing else does. */
  readonly level: 'error' | 'warning';
  readonly pattern: RegExp;
  /** Further lines that the same error must contain, one for each. */
  readonly accompanied?: readonly RegExp[];
  /** The areas in which an earlier line may be more specific; if empty, the line is a cause itself. */
  readonly because?: readonly Area[];
  /** Whether it is also trusted among scriptlet output, where rpm prints its messages. */
  readonly amongScriptlets?: boolean;
  /** Whether it explains a run only before the transaction: after that, what the run left behind matters more. */
  readonly isBeforeTransaction?: boolean;
  /** `groups` are the captured groups of the first pattern in order, then those of the others. */
  readonly diagnose: (...groups: readonly string[]) => Diagnosis;
}

export function step(id: string): Remedy {
  return { kind: 'run-step', step: id };
}

export function set(key: string, value: string): Remedy {
  return { kind: 'set-key', key, value };
}
