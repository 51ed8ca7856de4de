import type { Translate } from '../../base/l10n.ts';
import type { Remedy } from '../../yum/explain/known-failure.ts';
import type { Explanation } from '../../yum/explain/match.ts';
import { jsonText } from '../text/json.ts';
import type { LogReport } from './read-log.ts';

interface JsonExplanation {
  readonly id: string;
  readonly line: string;
  readonly cause: string;
  readonly advice: string;
  readonly remedies: readonly Remedy[];
}

/** An explanation with its texts rendered. */
export function explanationJson(explanation: Explanation, t: Translate): JsonExplanation {
  const { id, line, cause, advice, remedies } = explanation;
  return { id, line, cause: t(cause), advice: t(advice), remedies };
}

/** A report as one JSON object in one line; what a log does not tell is null, and what nothing was done to is 0. */
export function reportJson({ file, summary, explanation }: LogReport, t: Translate): string {
  const none = { install: 0, upgrade: 0, downgrade: 0, reinstall: 0, remove: 0 };
  return jsonText({
    file,
    tool: summary.tool ?? null,
    outcome: summary.outcome,
    summary: { ...none, ...summary.summary },
    mainError: summary.mainError ?? null,
    explanation: explanation ? explanationJson(explanation, t) : null,
    unparsed: summary.unparsed,
  });
}
