import { clockText } from '../../app/clock-text.ts';
import { type Message, msg, type Translate } from '../../base/l10n.ts';
import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import type { TimedEvent } from '../../run/events.ts';
import { batchesText, batchText } from '../../view/batches.ts';
import { failureTexts } from '../../view/failures.ts';
import { occupantText } from '../../view/occupant.ts';
import { outcomeWords } from '../../view/outcome-words.ts';
import { reasonText } from '../../view/reasons.ts';
import { durationText, statusOfOutcome, statusText } from '../../view/status.ts';
import { adviceTexts, causeTexts } from '../../view/trouble.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../text/printable.ts';
import { clip, pad, widthOf } from '../text/width.ts';
import { cellStyle } from './cell-style.ts';

/** Format of the line-by-line log of an operation. */
export interface EventPrinting {
  readonly t: Translate;
  readonly style: Style;
  readonly kind: RunKind;
  /** Width of the longest node name and of the longest step name. */
  readonly widths: { readonly node: number; readonly step: number };
  /** The width to truncate log lines to; undefined to keep them complete. */
  readonly columns?: () => number;
}

/** Fits a log line in one row: yum pads its lines to 80 columns, so blanks are removed first. */
function inOneRow(line: string, { columns, widths, style }: EventPrinting): string {
  const room = columns ? columns() - widths.node - widths.step - 7 : Number.POSITIVE_INFINITY;
  if (widthOf(line) <= room) return line;
  return clip(line.replace(/(?<=\S) {2,}/g, '  '), room, style.signs.ellipsis);
}

function led(
  event: { readonly node: string; readonly step?: string },
  text: string,
  printing: EventPrinting,
): string {
  const { style, widths } = printing;
  const bar = style.dim(` ${style.signs.bar} `);
  const step = event.step === undefined ? '' : style.dim(pad(event.step, widths.step)) + bar;
  return pad(event.node, widths.node) + bar + step + text;
}

function spaced(messages: readonly Message[], t: Translate): string {
  return messages.map((message) => ` ${t(message)}`).join('');
}

function finished(
  event: Extract<TimedEvent, { type: 'step-finished' }>,
  printing: EventPrinting,
): string | undefined {
  const { t, style, kind } = printing;
  const { outcome, reasons, trouble, milliseconds } = event;
  if (outcome === 'unavailable') return undefined;
  const status = statusOfOutcome(outcome, kind);
  const { sign, paint } = cellStyle(status, style);
  const time = milliseconds < 1000 ? '' : style.dim(` (${t(durationText(milliseconds))})`);
  const causes = causeTexts(trouble, reasons);
  const why = causes.length > 0 ? `:${spaced([...causes, ...adviceTexts(trouble)], t)}` : '';
  return led(event, paint(`${sign} ${t(statusText(status, kind))}`) + why + time, printing);
}

/** An event as one line, prefixed with its node and step; undefined for events without a text. */
export function eventLine(event: TimedEvent, printing: EventPrinting): string | undefined {
  const { t, style, kind } = printing;
  switch (event.type) {
    case 'node-connected':
      return led(event, style.dim(t(msg('connected'))), printing);
    case 'node-waiting':
      return event.reason && led(event, style.dim(t(reasonText(event.reason))), printing);
    case 'node-occupied': {
      const text = occupantText(event.by, clockText(event.by.since, event.at));
      return led(event, `${style.yellow(style.signs.needed)} ${t(text)}`, printing);
    }
    case 'facts':
      // In a check, they follow the states that they belong to.
      return changesNodes(kind) ? led(event, printable(event.facts.osName), printing) : undefined;
    case 'node-failed':
      return led(event, style.red(style.signs.failed) + spaced(failureTexts(event.failure), t), printing);
    case 'step-state': {
      // A run reports how the step ended; after an undo the step is needed again, which means success.
      if (changesNodes(kind)) return undefined;
      const { sign, paint } = cellStyle(event.state, style);
      const why = event.reasons.length > 0 ? `:${spaced(event.reasons.map(reasonText), t)}` : '';
      return led(event, paint(`${sign} ${t(statusText(event.state, kind))}`) + why, printing);
    }
    case 'phase':
      return event.phase === 'apply'
        ? led(event, style.dim(t(outcomeWords(kind).begun)), printing)
        : undefined;
    case 'log':
      return led(event, inOneRow(printable(event.line), printing), printing).trimEnd();
    case 'notice':
      return led(event, `${style.yellow(style.signs.needed)} ${t(reasonText(event.reason))}`, printing);
    case 'step-finished':
      return finished(event, printing);
    case 'batches-planned':
      return style.dim(t(batchesText(event)));
    case 'batch-started':
      return style.bold(t(batchText(event.batch, event.of)));
    case 'node-finished':
      return event.reason
        ? led(event, `${style.yellow(style.signs.cancelled)} ${t(reasonText(event.reason))}`, printing)
        : undefined;
    case 'run-refused':
      return style.red(style.signs.failed) + spaced(failureTexts(event.failure), t);
    default:
      return undefined;
  }
}
