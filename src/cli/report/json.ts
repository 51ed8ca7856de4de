import type { Translate } from '../../base/l10n.ts';
import type { TimedEvent } from '../../run/events.ts';
import { reasonText } from '../../view/reasons.ts';
import type { Out } from '../io.ts';
import { explanationJson } from '../logs/report-json.ts';
import type { Reporter } from './reporter.ts';

/** Where the log of a step is. */
export type LogFileOf = (on: {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}) => string;

function troubleOf({ trouble }: Extract<TimedEvent, { type: 'step-finished' }>, t: Translate): object {
  if (!trouble) return {};
  const { line, explanation } = trouble;
  return {
    trouble: {
      ...(line === undefined ? {} : { line }),
      ...(explanation ? { explanation: explanationJson(explanation, t) } : {}),
    },
  };
}

/** The texts that an event's data stand for, beside the data. */
function rendered(event: TimedEvent, t: Translate): object {
  switch (event.type) {
    case 'node-failed':
    case 'run-refused':
      return { message: t(event.failure.message), action: t(event.failure.action) };
    case 'notice':
      return { message: t(reasonText(event.reason)) };
    case 'step-state':
      return { messages: event.reasons.map((reason) => t(reasonText(reason))) };
    case 'step-finished':
      return { messages: event.reasons.map((reason) => t(reasonText(reason))), ...troubleOf(event, t) };
    default:
      return {};
  }
}

/** One JSON object a line: every event, with its texts rendered, a finished step also with its log file. */
export function jsonReporter(out: Out, t: Translate, logFileOf: LogFileOf): Reporter {
  let run = '';
  return {
    event: (event) => {
      if (event.type === 'run-started') run = event.run;
      const ran = event.type === 'step-finished' && !['skipped', 'unavailable'].includes(event.outcome);
      const log = ran ? { logFile: logFileOf({ run, node: event.node, step: event.step }) } : {};
      out.write(`${JSON.stringify({ ...event, ...rendered(event, t), ...log })}\n`);
    },
    notice: () => undefined,
    suspend: () => undefined,
    resume: () => undefined,
    end: () => undefined,
  };
}
