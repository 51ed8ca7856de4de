import { msg } from '../../core/l10n.ts';
import type { TimedEvent } from '../../core/run/events.ts';
import { createExplainer, type Explainer } from '../../core/yum/explain/explain.ts';
import { createSummarizer, type YumSummarizer } from '../../core/yum/summarize.ts';
import { pageWidth } from '../commands/operate.ts';
import { type Context, say } from '../context.ts';
import { printable } from '../text/printable.ts';
import { explanationRows, rowsText } from './report-text.ts';

interface Reader {
  readonly node: string;
  readonly step: string;
  readonly summarizer: YumSummarizer;
  readonly explainer: Explainer;
  failed: boolean;
}

/** Finds out, event by event, what the failed steps of a run failed of. */
export interface Failures {
  add(event: TimedEvent): void;
  /** Prints each with its main line, the cause and what to do; nothing where nothing is known. */
  print(context: Context): void;
}

function printOne(context: Context, { node, step, summarizer, explainer }: Reader): void {
  const { t, style } = context;
  const summary = summarizer.finish();
  const { explanation } = explainer.find(summary);
  const { mainError } = summary;
  if (mainError === undefined && !explanation) return;
  say(context);
  say(
    context,
    `${style.red(style.signs.failed)} ${style.bold(node)} ${style.dim(style.signs.dot)} ${style.bold(step)}`,
  );
  const rows = [
    ...(mainError === undefined ? [] : [{ label: t(msg('Error')), text: printable(mainError).trim() }]),
    ...(explanation ? explanationRows(explanation, t) : []),
  ];
  say(context, rowsText(rows, { style, columns: pageWidth(context) }));
}

export function createFailures(): Failures {
  const readers = new Map<string, Reader>();
  return {
    add(event) {
      if (event.type !== 'yum' && event.type !== 'step-finished') return;
      const { node, step } = event;
      const key = JSON.stringify([node, step]);
      const reader = readers.get(key) ?? {
        node,
        step,
        summarizer: createSummarizer(),
        explainer: createExplainer(),
        failed: false,
      };
      readers.set(key, reader);
      if (event.type === 'yum') {
        reader.summarizer.add(event.event);
        reader.explainer.add(event.event);
      } else reader.failed = event.outcome === 'failed';
    },
    print(context) {
      for (const reader of readers.values()) if (reader.failed) printOne(context, reader);
    },
  };
}
