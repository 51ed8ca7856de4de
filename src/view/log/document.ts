import { createExplainer, type Explained } from '../../yum/explain/explain.ts';
import { type Explanation, hitsAmongScriptlets, hitsOf } from '../../yum/explain/match.ts';
import { createYumParser } from '../../yum/parser.ts';
import { createSummarizer, type YumSummary } from '../../yum/summarize.ts';
import { createOutlineReader, type LogOutline } from './outline.ts';

/** What is known of a log that is shown. */
export interface LogView extends Explained {
  readonly outline: LogOutline;
  readonly summary: YumSummary;
}

/** A log that is shown and may grow: what is added is read, not the whole again. */
export interface LogDocument {
  /** The newest text of the document. */
  read(text: string): LogView;
}

interface Reading {
  readonly push: (text: string) => void;
  readonly view: () => LogView;
}

function begin(): Reading {
  const parser = createYumParser();
  const outline = createOutlineReader();
  const summarizer = createSummarizer();
  const explainer = createExplainer();
  return {
    push: (text) => {
      for (const event of parser.push(text)) {
        outline.add(event);
        summarizer.add(event);
        explainer.add(event);
      }
    },
    view: () => {
      const summary = summarizer.finish();
      return { outline: outline.outline(), summary, ...explainer.find(summary) };
    },
  };
}

export function createLogDocument(): LogDocument {
  let reading = begin();
  let known = '';
  return {
    read(text) {
      // A line that has no end yet may still change; the writer ends every line.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (!whole.startsWith(known)) {
        reading = begin();
        known = '';
      }
      reading.push(whole.slice(known.length));
      known = whole;
      return reading.view();
    },
  };
}

/** What a line means: the log's own explanation where it is about that line or the main error, else what the line tells by itself. */
export function explainLine(
  { explanation, notes, summary }: Pick<LogView, 'explanation' | 'notes' | 'summary'>,
  line: string,
): Explanation | undefined {
  if (explanation && line === summary.mainError) return explanation;
  const told = [...(explanation ? [explanation] : []), ...notes].find((each) => each.line === line);
  return told ?? hitsOf(line)[0]?.explanation ?? hitsAmongScriptlets(line)[0]?.explanation;
}
