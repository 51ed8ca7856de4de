import { assertNever } from '../../base/assert-never.ts';
import { largest } from '../../base/extremes.ts';
import { type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { outcomeText, toolNames } from '../../view/log/outcome.ts';
import { remedyText } from '../../view/trouble.ts';
import type { PackageAction, YumOutcome } from '../../yum/events.ts';
import type { Explanation } from '../../yum/explain/match.ts';
import { commandOf } from '../report/remedy.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../text/printable.ts';
import { hang, pad, widthOf } from '../text/width.ts';
import type { LogReport } from './read-log.ts';

export interface ReportPage {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
}

interface Row {
  readonly label: string;
  readonly text: string;
}

function countText(action: PackageAction, count: number): Message {
  switch (action) {
    case 'install':
      return msg('install {0}', count);
    case 'upgrade':
      return msg('upgrade {0}', count);
    case 'downgrade':
      return msg('downgrade {0}', count);
    case 'reinstall':
      return msg('reinstall {0}', count);
    case 'remove':
      return msg('remove {0}', count);
    case 'replace':
      return msg('replace {0}', count);
    case 'obsolete':
      return msg('obsolete {0}', count);
    case 'skip':
      return msg('skip {0}', count);
    case 'other':
      return msg('{0} other changes', count);
    default:
      return assertNever(action);
  }
}

/** An explanation in rows: the cause, what to do, and what Stackprep can do. */
export function explanationRows({ cause, advice, remedies }: Explanation, t: Translate): readonly Row[] {
  return [
    { label: t(msg('Cause')), text: t(cause) },
    { label: t(msg('What to do')), text: t(advice) },
    ...remedies.map((remedy, at) => ({
      label: at === 0 ? 'Stackprep' : '',
      text: remedy.kind === 'run-step' ? commandOf(remedy) : t(remedyText(remedy)),
    })),
  ];
}

/** Rows with aligned texts. */
export function rowsText(rows: readonly Row[], { style, columns }: Omit<ReportPage, 't'>): string {
  const width = largest(
    rows.map(({ label }) => widthOf(label)),
    0,
  );
  return rows.map(({ label, text }) => hang(`  ${style.dim(pad(label, width))}  `, text, columns)).join('\n');
}

function packagesRow({ summary }: LogReport, { t, style }: ReportPage): readonly Row[] {
  const counts = Object.entries(summary.summary).map(([action, count]) =>
    t(countText(action as PackageAction, count)),
  );
  return counts.length === 0
    ? []
    : [{ label: t(msg('Packages')), text: counts.join(` ${style.signs.dot} `) }];
}

/** The line that was explained, if it is not the main error. */
function explainedRow({ summary, explanation }: LogReport, t: Translate): readonly Row[] {
  const line = explanation?.line.trim() ?? '';
  return line === '' || line === summary.mainError?.trim()
    ? []
    : [{ label: t(msg('Line')), text: printable(line) }];
}

function paintOf(outcome: YumOutcome, style: Style) {
  if (outcome === 'success' || outcome === 'nothing-to-do') return style.green;
  return outcome === 'failed' ? style.red : style.yellow;
}

/** A report for users: the outcome, the most important line, the cause, and what to do. */
export function reportText(report: LogReport, page: ReportPage): string {
  const { t, style } = page;
  const { file, summary, explanation, notes } = report;
  const { tool, outcome, mainError, unparsed } = summary;
  const head = [
    style.bold(t(file === '-' ? msg('standard input') : plain(file))),
    ...(tool ? [toolNames[tool]] : []),
    paintOf(outcome, style)(t(outcomeText(outcome))),
  ].join(` ${style.dim(style.signs.dot)} `);
  const rows: readonly Row[] = [
    ...packagesRow(report, page),
    ...(mainError === undefined ? [] : [{ label: t(msg('Error')), text: printable(mainError).trim() }]),
    ...explainedRow(report, t),
    ...(explanation ? explanationRows(explanation, t) : []),
    ...notes.map(({ cause, advice }) => ({ label: t(msg('Notes')), text: `${t(cause)} ${t(advice)}` })),
    ...(unparsed > 0 ? [{ label: t(msg('Unrecognized lines')), text: String(unparsed) }] : []),
  ];
  return rows.length === 0 ? `${head}\n` : `${head}\n${rowsText(rows, page)}\n`;
}
