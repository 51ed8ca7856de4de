import { createUnwrapper } from '../../yum/carrier/unwrap.ts';
import type { PlacedYumEvent } from '../../yum/events.ts';
import { createExplainer } from '../../yum/explain/explain.ts';
import { createLogReader, type LogFindings } from '../../yum/explain/log-reader.ts';
import { createYumParser } from '../../yum/parser.ts';
import { preliminary } from '../../yum/state.ts';
import { createSummarizer } from '../../yum/summarize.ts';
import type { LogDocument, LogPart, LogView } from './document.ts';
import { createOutlineReader } from './outline.ts';

/** The parts of a log are the runs of the tool in it. */
function beginRun(first: number) {
  const outline = createOutlineReader();
  const summarizer = createSummarizer();
  const explainer = createExplainer();
  let hasBegun = false;
  return {
    isNext: ({ type, ...event }: PlacedYumEvent): boolean =>
      hasBegun && type === 'phase' && 'phase' in event && event.phase === 'setup',
    add(event: PlacedYumEvent): void {
      hasBegun ||= !preliminary.has(event.type);
      outline.add(event);
      summarizer.add(event);
      explainer.add(event);
    },
    part(exitCode?: number): LogPart {
      const summary = summarizer.finish(exitCode);
      return { first, outline: outline.outline(), summary, ...explainer.find(summary) };
    },
  };
}

function viewOf(text: string): LogView {
  const unwrapper = createUnwrapper();
  const parser = createYumParser();
  const rows: number[] = [];
  let run = beginRun(0);
  const runs = [run];
  const take = (events: readonly PlacedYumEvent[]): void => {
    for (const event of events) {
      const placed = { ...event, row: rows[event.row] ?? 0 };
      if (run.isNext(event)) {
        run = beginRun(placed.row);
        runs.push(run);
      }
      run.add(placed);
    }
  };
  for (const line of [...unwrapper.push(text), ...unwrapper.end()]) {
    rows.push(line.row);
    take(parser.line(line.text));
  }
  take(parser.end());
  const parts = runs.map((each) => each.part(each === run ? unwrapper.exitCode() : undefined));
  return {
    parts,
    headRows: 0,
    sections: parts.flatMap(({ outline }) => outline.sections),
    marks: parts.flatMap(({ outline }) => outline.marks),
  };
}

/** A log that another program wrote, also inside other lines; each change reads it again. */
export function createPackageLog(): LogDocument {
  let known: { readonly text: string; readonly view: LogView } | undefined;
  return {
    read(text) {
      if (known?.text !== text) known = { text, view: viewOf(text) };
      return known.view;
    },
  };
}

/** The run that answers why a log was kept: the last one, or the last that failed if that one says nothing. */
export function answeringPart({ parts }: Pick<LogView, 'parts'>): LogPart | undefined {
  const last = parts.at(-1);
  const isSilent = last?.summary.outcome === 'incomplete' && (last.explanation?.line ?? '') === '';
  return (isSilent ? parts.findLast(({ summary }) => summary.outcome === 'failed') : undefined) ?? last;
}

/** Characters at each end of a text that are enough to recognize it. */
const recognized = 32_768;

/** Whether a text is output of yum, dnf, rpm or Packstack: it names its tool, or a failure that is known. */
export function isPackageLog(text: string): boolean {
  const reader = createLogReader();
  reader.push(text.slice(0, recognized));
  if (text.length > recognized) reader.push(`\n${text.slice(-recognized)}`);
  const { summary, explanation }: LogFindings = reader.end();
  return summary.tool !== undefined || (explanation?.line ?? '') !== '';
}
