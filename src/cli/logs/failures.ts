import { msg } from '../../base/l10n.ts';
import type { TimedEvent } from '../../run/events.ts';
import { pageWidth } from '../commands/operate.ts';
import { type Context, say } from '../context.ts';
import { printable } from '../text/printable.ts';
import { explanationRows, rowsText } from './report-text.ts';

type Finished = Extract<TimedEvent, { type: 'step-finished' }>;

/** Prints what a failed step failed of: its main line, the cause and what to do; nothing where nothing is known. */
export function printFailure(context: Context, { node, step, trouble }: Finished): void {
  if (!trouble) return;
  const { t, style } = context;
  const { line, explanation } = trouble;
  say(context);
  say(
    context,
    `${style.red(style.signs.failed)} ${style.bold(node)} ${style.dim(style.signs.dot)} ${style.bold(step)}`,
  );
  const rows = [
    ...(line === undefined ? [] : [{ label: t(msg('Error')), text: printable(line).trim() }]),
    ...(explanation ? explanationRows(explanation, t) : []),
  ];
  say(context, rowsText(rows, { style, columns: pageWidth(context) }));
}
