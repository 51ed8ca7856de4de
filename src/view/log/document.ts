import { createExplainer, type Explained } from '../../yum/explain/explain.ts';
import { type Explanation, hitsAmongScriptlets, hitsOf } from '../../yum/explain/match.ts';
import { createYumParser } from '../../yum/parser.ts';
import { createSummarizer, type YumSummary } from '../../yum/summarize.ts';
import { createOutlineReader, type LogOutline } from './outline.ts';

/** What is known about a displayed log. */
export interface LogView extends Explained {
  readonly outline: LogOutline;
  readonly summary: YumSummary;
}

/** A displayed log that may grow: only added text is parsed. */
export interface LogDocument {
  /** The current text of the document. */
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
      // An incomplete line may still change; the writer terminates every line.
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

/** The explanation of a line: that of the log if it is about this line or the main error, else that of the line alone. */
export function explainLine(
  { explanation, notes, summary }: Pick<LogView, 'explanation' | 'notes' | 'summary'>,
  line: string,
): Explanation | undefined {
  if (explanation && line === summary.mainError) return explanation;
  const told = [...(explanation ? [explanation] : []), ...notes].find((each) => each.line === line);
  return told ?? hitsOf(line)[0]?.explanation ?? hitsAmongScriptlets(line)[0]?.explanation;
}
