import { type Disposable, window } from 'vscode';
import { msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import { outputLanguageId } from '../../protocol/contributions.ts';
import type { TimedEvent } from '../../run/events.ts';
import { t } from '../editor/texts.ts';
import { createBatch } from './batch.ts';
import { createEntries, type Entries, type Entry } from './entries.ts';
import { limitEntries, passes, type ShownLevel } from './level-filter.ts';
import { logText } from './log-text.ts';
import type { NodeNames } from './names.ts';

/** Interval in which lines are collected, in milliseconds, and the maximum number of lines written at once. */
const batchFor = 100;
const burst = 2000;
/** Number of lines that can be shown again when the level changes. */
const kept = 20_000;

/** The output channel with the logs of all nodes. */
export interface LogChannel extends Disposable {
  /** Writes the lines for an event of a run. */
  event(uri: string, event: TimedEvent, kind: RunKind): void;
  /** Writes a line about Stackprep itself. */
  note(text: string): void;
  show(): void;
  /** Rewrites the contents for the current level. */
  applyLevel(): void;
}

function textOf(entries: readonly Entry[]): string {
  return entries.map(({ line }) => `${logText(line, t)}\n`).join('');
}

/** A channel with its own language id: a log channel would prepend time and level to node and step, and could not link them. */
export function createLogChannel(level: () => ShownLevel, names: NodeNames): LogChannel {
  const channel = window.createOutputChannel('Stackprep', outputLanguageId);
  const clusters = new Map<string, Entries>();
  const entriesOf = (uri: string): Entries => {
    const entries = clusters.get(uri) ?? createEntries((node) => names.of(uri, node));
    clusters.set(uri, entries);
    return entries;
  };
  let all: Entry[] = [];
  const batch = createBatch<Entry>(batchFor, (waiting) => {
    const shown = waiting.filter((entry) => passes(entry, level()));
    const { entries: some, left } = limitEntries(shown, burst);
    const note =
      left > 0 ? `${t(msg('… {0} lines omitted. The logs of the steps have all lines.', left))}\n` : '';
    if (note !== '' || some.length > 0) channel.append(note + textOf(some));
    all = [...all, ...waiting].slice(-kept);
  });
  const late = new WeakSet<Entry>();
  return {
    event: (uri, event, kind) => {
      const { added, raised } = entriesOf(uri).take(event, kind);
      for (const entry of added) batch.add(entry);
      // The line was omitted before it was known to be important.
      if (raised && !batch.has(raised) && !late.has(raised) && !passes({ level: 'info' }, level())) {
        late.add(raised);
        batch.add(raised);
      }
    },
    note: (text) => batch.add({ line: { text, level: 'note' }, level: 'note' }),
    show: () => {
      batch.flush();
      channel.show(true);
    },
    applyLevel: () => {
      batch.flush();
      channel.replace(textOf(all.filter((entry) => passes(entry, level()))));
    },
    dispose: () => {
      batch.flush();
      channel.dispose();
    },
  };
}
