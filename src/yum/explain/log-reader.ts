import { type Changes, createChangeReader } from '../changes.ts';
import { createYumParser } from '../parser.ts';
import { createSummarizer, type YumSummary } from '../summarize.ts';
import { createExplainer, type Explained } from './explain.ts';

/** The result of reading a complete log of yum or dnf. */
export interface LogFindings extends Explained {
  readonly summary: YumSummary;
}

/** Reads a log in chunks, in constant memory. */
export interface LogReader {
  /** Takes decoded text in chunks of any size. */
  push(text: string): void;
  /** Reads the rest; the exit code of the tool, if known, determines the outcome. */
  end(exitCode?: number): LogFindings;
}

export function createLogReader(): LogReader {
  const parser = createYumParser();
  const summarizer = createSummarizer();
  const explainer = createExplainer();
  const take = (events: ReturnType<typeof parser.push>): void => {
    for (const event of events) {
      summarizer.add(event);
      explainer.add(event);
    }
  };
  return {
    push: (text) => take(parser.push(text)),
    end(exitCode) {
      take(parser.end());
      const summary = summarizer.finish(exitCode);
      return { summary, ...explainer.find(summary) };
    },
  };
}

/** The package changes in a complete text. */
export function changesIn(text: string): Changes {
  const parser = createYumParser();
  const summarizer = createSummarizer();
  const reader = createChangeReader();
  for (const event of [...parser.push(text), ...parser.end()]) {
    summarizer.add(event);
    reader.add(event);
  }
  return reader.changes(summarizer.finish());
}
