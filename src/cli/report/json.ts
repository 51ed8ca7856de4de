import type { Failure } from '../../base/failure.ts';
import type { Translate } from '../../base/l10n.ts';
import type { TimedEvent } from '../../run/events.ts';
import { saidOf } from '../../view/failures.ts';
import { reasonText } from '../../view/reasons.ts';
import type { Out } from '../terminal/io.ts';
import { jsonText } from '../text/json.ts';
import { explanationJson } from './explanation-json.ts';
import type { LogPlaces } from './log-places.ts';
import type { Reporter } from './reporter.ts';

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

function failureJson(failure: Failure, t: Translate): object {
  const detail = saidOf(failure);
  return {
    message: t(failure.message),
    ...(detail === undefined ? {} : { detail }),
    action: t(failure.action),
  };
}

/** The rendered texts of an event, in addition to its data. */
function rendered(event: TimedEvent, t: Translate): object {
  switch (event.type) {
    case 'node-failed':
    case 'run-refused':
      return failureJson(event.failure, t);
    case 'notice':
      return { message: t(reasonText(event.reason)) };
    case 'node-waiting':
    case 'node-finished':
      return event.reason ? { message: t(reasonText(event.reason)) } : {};
    case 'step-state':
      return { messages: event.reasons.map((reason) => t(reasonText(reason))) };
    case 'step-finished':
      return { messages: event.reasons.map((reason) => t(reasonText(reason))), ...troubleOf(event, t) };
    default:
      return {};
  }
}

/** An event as one line of JSON, with its texts rendered. */
export function eventJson(event: TimedEvent, t: Translate, more: object = {}): string {
  return jsonText({ ...event, ...rendered(event, t), ...more });
}

/** Prints one JSON object per line: every event with its texts, and for a finished step with a log the path of its file. */
export function jsonReporter(out: Out, t: Translate, logs: LogPlaces): Reporter {
  let run = '';
  return {
    event: (event) => {
      if (event.type === 'run-started') run = event.run;
      const logFile =
        event.type === 'step-finished' ? logs.file({ run, node: event.node, step: event.step }) : undefined;
      out.write(`${eventJson(event, t, logFile === undefined ? {} : { logFile })}\n`);
    },
    notice: () => undefined,
    suspend: () => undefined,
    resume: () => undefined,
    end: () => undefined,
  };
}
