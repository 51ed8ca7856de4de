import type { PlacedYumEvent } from '../../src/yum/events.ts';
import { createExplainer, type Explained } from '../../src/yum/explain/explain.ts';
import { summarize, type YumSummary } from '../../src/yum/summarize.ts';
import { parse } from './logs.ts';

/** The summary of a log’s text with its explanation. */
export function explain(text: string, exitCode?: number): Explained & { readonly summary: YumSummary } {
  const events: readonly PlacedYumEvent[] = parse(text);
  const explainer = createExplainer();
  for (const event of events) explainer.add(event);
  const summary = summarize(events, exitCode);
  return { ...explainer.find(summary), summary };
}
