import { msg, plain } from '../../base/l10n.ts';
import type { TimedEvent } from '../../run/events.ts';
import { type Context, pageWidth, say } from '../command-line/context.ts';
import { failureLines } from '../report/failure-lines.ts';
import { printable } from '../text/printable.ts';
import { explanationRows, rowsText } from './report-text.ts';

type Failed = Extract<TimedEvent, { type: 'node-failed' | 'run-refused' }>;
type Finished = Extract<TimedEvent, { type: 'step-finished' }>;

/** Prints why a node failed or a run was refused. */
export function printLost(context: Context, { failure }: Failed): void {
  const { t, style } = context;
  say(context);
  for (const line of failureLines(failure, { t, style, columns: pageWidth(context) })) say(context, line);
}

/** Prints the main line, the cause and the remedy of a failed step; nothing if they are unknown. */
export function printFailure(context: Context, { node, step, trouble }: Finished): void {
  if (!trouble) return;
  const { t, style } = context;
  const { line, explanation } = trouble;
  say(context);
  say(
    context,
    `${style.red(style.signs.failed)} ${style.bold(t(plain(node)))} ${style.dim(style.signs.dot)} ${style.bold(t(plain(step)))}`,
  );
  const rows = [
    ...(line === undefined ? [] : [{ label: t(msg('Error')), text: printable(line).trim() }]),
    ...(explanation ? explanationRows(explanation, t) : []),
  ];
  say(context, rowsText(rows, { style, columns: pageWidth(context) }));
}
