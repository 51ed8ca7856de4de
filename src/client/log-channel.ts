import { type Disposable, window } from 'vscode';
import type { RunKind, TimedEvent } from '../core/run/events.ts';
import { logLines } from '../core/view/log-lines.ts';
import { createBatch } from './batch.ts';
import { logText } from './log-text.ts';
import { t } from './texts.ts';

/** How long lines are gathered before the editor gets them, milliseconds. */
const batchFor = 100;

/** The one output channel: the logs of all nodes. */
export interface LogChannel extends Disposable {
  event(event: TimedEvent, kind: RunKind): void;
  /** Writes a line about Stackprep itself. */
  note(text: string): void;
  show(): void;
}

/** A plain channel in the language `log`: a log channel would put its own time and level before every line. */
export function createLogChannel(): LogChannel {
  const channel = window.createOutputChannel('Stackprep', 'log');
  const batch = createBatch(batchFor, (text) => channel.append(text));
  return {
    event: (event, kind) => {
      for (const line of logLines(event, kind)) batch.add(`${logText(line, t)}\n`);
    },
    note: (text) => batch.add(`${text}\n`),
    show: () => {
      batch.flush();
      channel.show(true);
    },
    dispose: () => {
      batch.flush();
      channel.dispose();
    },
  };
}
