import type { Translate } from '../../base/l10n.ts';
import { explanationJson } from '../report/explanation-json.ts';
import { jsonText } from '../text/json.ts';
import type { LogReport } from './read-log.ts';

/** A report as a JSON object on one line; unknown values are null, unused counts are 0. */
export function reportJson(report: LogReport, t: Translate): string {
  const { file, summary, explanation, notes, carriers, runs } = report;
  const none = { install: 0, upgrade: 0, downgrade: 0, reinstall: 0, remove: 0 };
  return jsonText({
    file,
    tool: summary.tool ?? null,
    toolVersion: summary.toolVersion ?? null,
    outcome: summary.outcome,
    summary: { ...none, ...summary.summary },
    mainError: summary.mainError ?? null,
    explanation: explanation ? explanationJson(explanation, t) : null,
    notes: notes.map((note) => explanationJson(note, t)),
    carriers,
    runs: runs.map((run) => ({
      line: run.row + 1,
      outcome: run.summary.outcome,
      mainError: run.summary.mainError ?? null,
      explanation: run.explanation?.id ?? null,
    })),
    unparsed: summary.unparsed,
  });
}
