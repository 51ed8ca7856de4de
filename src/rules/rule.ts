import type { Message } from '../base/l10n.ts';
import type { Fix, ProblemCode, Severity, Span } from '../base/problem.ts';
import type { Source } from '../data/sources.ts';
import type { RuleContext } from './context.ts';

/** What the page of rules says of one kind of problem. */
export interface RuleText {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** What goes wrong, and so why the severity. */
  readonly about: Message;
  /** Where the fact comes from, where the rule rests on one. */
  readonly sources?: readonly Source[];
  /** Whether it may come with a quick fix. */
  readonly hasFix?: true;
}

/** Announces one problem; without a span there is nothing to point at, and nothing is announced. */
export type Report = (span: Span | undefined, message: Message, fix?: Fix | undefined) => void;

/** A rule of meaning: it looks at a file that decodes and reports what is wrong. */
export interface Rule extends RuleText {
  readonly check: (context: RuleContext, report: Report) => void;
}

/** The rules on one subject. */
export interface Family {
  readonly title: Message;
  readonly rules: readonly RuleText[];
}
