import type { Translate } from '../../base/l10n.ts';
import type { Remedy } from '../../yum/explain/known-failure.ts';
import type { Explanation } from '../../yum/explain/match.ts';

interface JsonExplanation {
  readonly id: string;
  readonly line: string;
  readonly cause: string;
  readonly advice: string;
  readonly remedies: readonly Remedy[];
}

/** An explanation with rendered texts. */
export function explanationJson(explanation: Explanation, t: Translate): JsonExplanation {
  const { id, line, cause, advice, remedies } = explanation;
  return { id, line, cause: t(cause), advice: t(advice), remedies };
}
