import { type Message, msg, type Translate } from '../../core/l10n.ts';
import { cellText, type MatrixRequest, matrixOf } from '../../core/view/matrix.ts';
import { durationText } from '../../core/view/status.ts';
import { countTexts, type OpenStep, type Summary, summaryOf } from '../../core/view/summary.ts';
import { nodeCount } from '../context.ts';
import type { Style } from '../text/style.ts';
import { hang } from '../text/width.ts';
import { cellStyle } from './cell-style.ts';
import type { LogFileOf } from './json.ts';
import { matrixText } from './matrix-text.ts';

export interface SummaryPage {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
  readonly logFileOf: LogFileOf;
}

function sentences(messages: readonly Message[], t: Translate): string {
  return messages.map(t).join(' ');
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ['', style.bold(title), ...lines];
}

function openLines(open: readonly OpenStep[], page: SummaryPage): readonly string[] {
  const { t, style, columns } = page;
  return open.flatMap(({ step, state, nodes, reasons }) => {
    const { sign, paint } = cellStyle(state, style);
    const head = `  ${paint(sign)} ${step} ${paint(t(cellText(state)))} `;
    const on = hang(head, style.dim(nodes.join(', ')), columns);
    return reasons.length === 0 ? [on] : [on, hang('    ', sentences(reasons, t), columns)];
  });
}

function failedLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { t, style, columns, logFileOf } = page;
  return summary.failed.flatMap(({ node, step, reasons, run }) => {
    const lead = `  ${style.red(style.signs.failed)} ${node} ${style.dim(style.signs.dot)} ${step}  `;
    const why = hang(lead, sentences(reasons, t), columns);
    return run === undefined ? [why] : [why, style.dim(`    ${logFileOf({ run, node, step })}`)];
  });
}

function lostLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { t, style, columns } = page;
  return summary.lost.flatMap(({ failure }) => [
    hang(`  ${style.red(style.signs.failed)} `, t(failure.message), columns),
    hang('    ', t(failure.action), columns),
  ]);
}

function noticeLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { t, style, columns } = page;
  return summary.notices.map(({ node, step, text }) => {
    const lead = `  ${style.yellow(style.signs.needed)} ${node} ${style.dim(style.signs.dot)} ${step}  `;
    return hang(lead, t(text), columns);
  });
}

function totals(summary: Summary, { t, style }: SummaryPage): string {
  const { outcome, counts, milliseconds } = summary;
  const words = [nodeCount(summary.nodes), ...countTexts(counts), durationText(milliseconds)];
  const line = words.map(t).join(` ${style.signs.dot} `);
  if (outcome === 'cancelled') return `${style.yellow(t(msg('Cancelled.')))} ${line}`;
  return outcome === 'ok' ? style.bold(line) : `${style.red(style.signs.failed)} ${style.bold(line)}`;
}

/** The end of an operation as text: the matrix, what is open, what failed and why, unreachable nodes, and one line of totals. */
export function summaryText(request: MatrixRequest, page: SummaryPage): string {
  const { t, style, columns } = page;
  const summary = summaryOf(request);
  const lines = [
    matrixText(matrixOf(request), { t, style, columns }),
    ...section(t(msg('Not done')), openLines(summary.open, page), style),
    ...section(t(msg('Failed')), failedLines(summary, page), style),
    ...section(t(msg('Nodes that could not be used')), lostLines(summary, page), style),
    ...section(t(msg('To know')), noticeLines(summary, page), style),
    ...(summary.unavailable.length === 0
      ? []
      : [
          '',
          style.dim(
            hang('', t(msg('This version cannot run: {0}.', summary.unavailable.join(', '))), columns),
          ),
        ]),
    '',
    totals(summary, page),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
