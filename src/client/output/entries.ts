import type { RunKind } from '../../base/states.ts';
import type { TimedEvent } from '../../run/events.ts';
import { type LogLevel, type LogLine, logLines } from '../../view/log-lines.ts';
import { cleanLine } from '../../yum/clean.ts';

/** A line of the output channel; yum's classification of it follows later. */
export interface Entry {
  readonly line: LogLine;
  level: LogLevel;
}

/** Converts events to lines. */
export interface Entries {
  /** The lines that an event adds, and an earlier line that it classifies. */
  take(event: TimedEvent, kind: RunKind): { readonly added: readonly Entry[]; readonly raised?: Entry };
}

/** Maximum number of lines of a step that wait for classification by yum's parser, which may hold a line until the next one. */
const kept = 4;

function levelOf(event: Extract<TimedEvent, { type: 'yum' }>['event']): LogLevel | undefined {
  if (event.type === 'warning' || event.type === 'lock-wait') return 'warning';
  if (event.type === 'error') return event.severity === 'minor' ? 'warning' : 'error';
  return event.type === 'aborted' ? 'error' : undefined;
}

/** `nameOf` returns the name of a node in the channel. */
export function createEntries(nameOf: (node: string) => string): Entries {
  const recent = new Map<string, { readonly said: string; readonly entry: Entry }[]>();
  return {
    take(event, kind) {
      const added = logLines(event, kind).map(({ node, ...line }): Entry => {
        const named = node === undefined ? line : { ...line, node: nameOf(node) };
        return { line: named, level: line.level };
      });
      if (!('step' in event)) return { added };
      const key = JSON.stringify([event.node, event.step]);
      const [entry] = added;
      if (event.type === 'log' && entry)
        recent.set(key, [...(recent.get(key) ?? []).slice(1 - kept), { said: cleanLine(event.line), entry }]);
      if (event.type === 'step-finished') recent.delete(key);
      const level = event.type === 'yum' ? levelOf(event.event) : undefined;
      if (level === undefined || event.type !== 'yum' || !('line' in event.event)) return { added };
      const { line } = event.event;
      const raised = recent.get(key)?.findLast(({ said }) => said === line)?.entry;
      if (!raised || raised.level === 'error') return { added };
      raised.level = level;
      return { added, raised };
    },
  };
}
