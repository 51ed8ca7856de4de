import type { Message } from '../base/l10n.ts';
import type { Fix, ProblemCode, Severity, Span } from '../base/problem.ts';
import type { Source } from '../data/sources.ts';
import type { RuleContext } from './context.ts';

/** The entry of a kind of problem on the rules page. */
export interface RuleText {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The consequence of the problem, which justifies the severity. */
  readonly about: Message;
  /** The source of the fact that the rule relies on, if any. */
  readonly sources?: readonly Source[];
  /** Whether it may have a quick fix. */
  readonly hasFix?: true;
}

/** Reports a problem; without a span there is no position, and nothing is reported. */
export type Report = (span: Span | undefined, message: Message, fix?: Fix | undefined) => void;

/** A semantic rule: checks a file that decodes and reports its problems. */
export interface Rule extends RuleText {
  readonly check: (context: RuleContext, report: Report) => void;
}

/** The rules about one subject. */
export interface Family {
  readonly title: Message;
  readonly rules: readonly RuleText[];
}
