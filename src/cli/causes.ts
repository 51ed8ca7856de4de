import type { TimedEvent } from '../core/run/events.ts';
import { createSummarizer, type YumSummarizer } from '../core/yum/summarize.ts';

/** Remembers what the nodes printed that tells best why a step failed. */
export interface Causes {
  add(event: TimedEvent): void;
  /** One line of the node, as it was printed; undefined where it printed none. */
  of(node: string, step: string): string | undefined;
}

/** Collects over one run: yum's or dnf's own error where there is one, else the last line of the log. */
export function createCauses(): Causes {
  const steps = new Map<string, { yum: YumSummarizer; last?: string }>();
  const key = (node: string, step: string): string => JSON.stringify([node, step]);
  return {
    add: (event) => {
      if (event.type !== 'log' && event.type !== 'yum') return;
      const at = key(event.node, event.step);
      const found = steps.get(at) ?? { yum: createSummarizer() };
      steps.set(at, found);
      if (event.type === 'yum') found.yum.add(event.event);
      else if (event.line.trim() !== '') found.last = event.line;
    },
    of: (node, step) => {
      const found = steps.get(key(node, step));
      return found?.yum.finish().mainError ?? found?.last;
    },
  };
}
