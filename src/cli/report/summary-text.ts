import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import type { FailureCause } from '../../run/events.ts';
import { nodeCount } from '../../view/counts.ts';
import { type MatrixRequest, matrixOf } from '../../view/matrix.ts';
import { durationText, statusText } from '../../view/status.ts';
import { type OpenStep, type Summary, summaryOf } from '../../view/summary.ts';
import { headline } from '../../view/tally.ts';
import { causeLine, remedyText } from '../../view/trouble.ts';
import type { Remedy } from '../../yum/explain/known-failure.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../text/printable.ts';
import { hang } from '../text/width.ts';
import { cellStyle } from './cell-style.ts';
import { failureLines } from './failure-lines.ts';
import type { LogPlaces } from './log-places.ts';
import { matrixText } from './matrix-text.ts';
import type { PlaceOf } from './place.ts';
import { commandOf } from './remedy.ts';

export interface SummaryPage {
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
  readonly logs: LogPlaces;
  readonly placeOf: PlaceOf;
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
    const head = `  ${paint(sign)} ${step} ${paint(t(statusText(state)))} `;
    const on = hang(head, style.dim(nodes.join(', ')), columns);
    return reasons.length === 0 ? [on] : [on, hang('    ', sentences(reasons, t), columns)];
  });
}

function lineOf(place: string | undefined, style: Style): readonly string[] {
  return place === undefined ? [] : [style.dim(`    ${place}`)];
}

/** A remedy as text for the command line: the position in the file, or the command. */
function remedyLine(remedy: Remedy, { t, placeOf }: SummaryPage): string {
  if (remedy.kind === 'run-step') return commandOf(remedy);
  const place = placeOf({ key: remedy.key });
  const text = t(remedyText(remedy));
  return place === undefined ? text : `${place}: ${text}`;
}

function troubleLines(trouble: FailureCause | undefined, page: SummaryPage): readonly string[] {
  const { t, style, columns } = page;
  const explanation = trouble?.explanation;
  const line = causeLine(trouble);
  return [
    ...(line === undefined ? [] : [hang('    ', printable(line).trim(), columns)]),
    ...(explanation ? [hang('    ', style.bold(t(explanation.advice)), columns)] : []),
    ...(explanation?.remedies ?? []).map((remedy) => hang('    ', remedyLine(remedy, page), columns)),
  ];
}

function failedLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { t, style, columns, logs, placeOf } = page;
  return summary.failed.flatMap(({ node, step, reasons, trouble, run }) => {
    const lead = `  ${style.red(style.signs.failed)} ${node} ${style.dim(style.signs.dot)} ${step}  `;
    return [
      hang(lead, sentences(reasons, t), columns).trimEnd(),
      ...troubleLines(trouble, page),
      ...(run === undefined ? [] : lineOf(logs.file({ run, node, step }), style)),
      ...lineOf(placeOf({ step }), style),
    ];
  });
}

function lostLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { style, placeOf } = page;
  return summary.lost.flatMap(({ node, failure }) => [
    ...failureLines(failure, page, '  '),
    ...lineOf(placeOf({ node }), style),
  ]);
}

function notStartedLines(summary: Summary, { t, style, columns }: SummaryPage): readonly string[] {
  return summary.notStarted.flatMap(({ nodes, reason }) => {
    const lead = `  ${style.yellow(style.signs.cancelled)} `;
    return [hang(lead, nodes.join(', '), columns), hang('    ', t(reason), columns)];
  });
}

function noticeLines(summary: Summary, page: SummaryPage): readonly string[] {
  const { t, style, columns } = page;
  return summary.notices.flatMap(({ step, nodes, text }) => {
    const lead = `  ${style.yellow(style.signs.needed)} ${step} `;
    return [hang(lead, style.dim(nodes.join(', ')), columns), hang('    ', t(text), columns)];
  });
}

/** Where the logs of a run are, if a step wrote one; not printed for a check. */
function logsLine({ state, cluster }: MatrixRequest, { t, style, logs }: SummaryPage): readonly string[] {
  const { run, nodes } = state;
  if (!run || !changesNodes(run.kind)) return [];
  const hasLog = cluster.nodes.some(({ name: node }) =>
    Object.entries(own(nodes, node)?.steps ?? {}).some(
      ([step, { logRun }]) => logRun === run.id && logs.file({ run: run.id, node, step }) !== undefined,
    ),
  );
  return hasLog ? ['', style.dim(t(msg('Logs: {0}', logs.folder(run.id))))] : [];
}

function failedTitle(kind: RunKind): Message {
  switch (kind) {
    case 'check':
    case 'run':
      return msg('Failed');
    case 'undo':
      return msg('Not undone');
    default:
      return assertNever(kind);
  }
}

function cancelledText(kind: RunKind): Message {
  switch (kind) {
    case 'check':
    case 'run':
      return msg('Cancelled.');
    case 'undo':
      return msg('Undo cancelled.');
    default:
      return assertNever(kind);
  }
}

function totals(summary: Summary, { t, style }: SummaryPage): string {
  const { outcome, counts, kind, milliseconds } = summary;
  const words = [
    nodeCount(summary.nodes),
    headline(summary, { withChanges: true }),
    durationText(milliseconds),
  ];
  const line = words.flatMap((word) => (word ? [t(word)] : [])).join(` ${style.signs.dot} `);
  if (outcome === 'cancelled') return `${style.yellow(t(cancelledText(kind)))} ${line}`;
  const open = counts.has('needed') || counts.has('drifted');
  const fine = open ? style.yellow(style.signs.needed) : style.green(style.signs.done);
  const sign = outcome === 'ok' ? fine : style.red(style.signs.failed);
  return `${sign} ${style.bold(line)}`;
}

/** The summary of an operation: the matrix, pending steps, failures with their causes, unreachable nodes, and a line of totals. */
export function summaryText(request: MatrixRequest, page: SummaryPage): string {
  const { t, style, columns } = page;
  const summary = summaryOf(request);
  const refusal = request.state.run?.refusal;
  if (refusal) {
    return `${failureLines(refusal, page).join('\n')}\n`;
  }
  const lines = [
    matrixText(matrixOf(request), { t, style, columns }),
    ...section(t(msg('Not done')), openLines(summary.open, page), style),
    ...section(t(failedTitle(summary.kind)), failedLines(summary, page), style),
    ...section(t(msg('Unreachable nodes')), lostLines(summary, page), style),
    ...section(t(msg('Not started')), notStartedLines(summary, page), style),
    ...section(t(msg('Notes')), noticeLines(summary, page), style),
    ...(summary.unavailable.length === 0
      ? []
      : [
          '',
          style.dim(
            hang(
              '',
              t(
                msg(
                  'Skipped, since there are no packages for the release: {0}.',
                  summary.unavailable.join(', '),
                ),
              ),
              columns,
            ),
          ),
        ]),
    ...logsLine(request, page),
    '',
    totals(summary, page),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
