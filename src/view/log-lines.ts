import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg } from '../base/l10n.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { NodeOutcome, RunKind, StepOutcome } from '../base/states.ts';
import type { TimedEvent } from '../run/events.ts';
import { cleanLine } from '../yum/clean.ts';
import { batchesText, batchText } from './batches.ts';
import { failureText } from './failures.ts';
import { occupantLine } from './occupant.ts';
import { outcomeWords } from './outcome-words.ts';
import { reasonText } from './reasons.ts';
import { durationText, statusText } from './status.ts';
import { adviceTexts, causeTexts } from './trouble.ts';

/** `info` is unclassified output of a node, `note` is a message about the run. */
export type LogLevel = 'info' | 'note' | 'warning' | 'error';

/** A line of the log of all nodes: node output unchanged, or a message. */
export interface LogLine {
  readonly node?: string;
  readonly step?: string;
  readonly level: LogLevel;
  readonly text: Message | string;
}

type StepEvent = Extract<TimedEvent, { step: string }>;

function endText(outcome: StepOutcome, kind: RunKind, took: Message): Message {
  switch (outcome) {
    case 'changed':
      return outcomeWords(kind).changedAfter(took);
    case 'unchanged':
      return outcomeWords(kind).nothingToDo;
    case 'failed':
      return msg('== failed after {0}', took);
    case 'interrupted':
      return msg('== interrupted after {0}', took);
    case 'cancelled':
      return msg('== cancelled after {0}', took);
    case 'skipped':
      return msg('== blocked');
    case 'unavailable':
      return msg('== skipped: no packages for the release');
    default:
      return assertNever(outcome);
  }
}

const outcomes: Readonly<Record<NodeOutcome, Message>> = {
  'not-started': msg('== not started'),
  ok: msg('== finished'),
  failed: msg('== finished with failures'),
  cancelled: msg('== cancelled'),
  unreachable: msg('== unreachable'),
};

function beginText(kind: RunKind, cluster: string, nodes: readonly string[]): Message {
  const names = nodes.join(', ');
  switch (kind) {
    case 'check':
      return msg('== check of {0} on {1}', cluster, names);
    case 'run':
      return msg('== run of {0} on {1}', cluster, names);
    case 'undo':
      return msg('== undo of {0} on {1}', cluster, names);
    default:
      return assertNever(kind);
  }
}

/** A message of Stackprep in a log. */
function noted(text: Message): Message {
  return joined(['==', text], ' ');
}

function ledBy(lead: Message, texts: readonly Message[]): Message {
  if (texts.length === 0) return lead;
  return joined([lead, joined(texts, ' ')], ': ');
}

function finished(event: Extract<StepEvent, { type: 'step-finished' }>, kind: RunKind): readonly Message[] {
  const { outcome, reasons, trouble, milliseconds } = event;
  const end = endText(outcome, kind, durationText(milliseconds));
  if (outcome !== 'failed' && outcome !== 'interrupted') return [end];
  return [ledBy(end, causeTexts(trouble, reasons)), ...adviceTexts(trouble).map((advice) => noted(advice))];
}

function stepTexts(event: StepEvent, kind: RunKind): readonly (Message | string)[] {
  switch (event.type) {
    case 'log':
      return [cleanLine(event.line)];
    case 'step-state':
      return changesNodes(kind) ? [] : [ledBy(noted(statusText(event.state)), event.reasons.map(reasonText))];
    case 'phase':
      return event.phase === 'apply' ? [noted(outcomeWords(kind).begun)] : [];
    case 'notice':
      return [noted(reasonText(event.reason))];
    case 'step-finished':
      return finished(event, kind);
    case 'step-started':
    case 'yum':
      return [];
    default:
      return assertNever(event);
  }
}

function stepLevel(event: StepEvent): LogLevel {
  if (event.type === 'log') return 'info';
  const isBad = event.type === 'step-finished' && ['failed', 'interrupted'].includes(event.outcome);
  return isBad ? 'error' : 'note';
}

/** The lines that an event adds to the log of all nodes; none for mere progress. */
export function logLines(event: TimedEvent, kind: RunKind): readonly LogLine[] {
  if ('step' in event) {
    const level = stepLevel(event);
    return stepTexts(event, kind).map((text) => ({ node: event.node, step: event.step, level, text }));
  }
  switch (event.type) {
    case 'run-started':
      return [{ level: 'note', text: beginText(event.kind, event.cluster, event.nodes) }];
    case 'run-finished':
      return [{ level: 'note', text: outcomes[event.outcome] }];
    case 'run-resumed':
      return [{ level: 'note', text: msg('== run resumed: {0}', event.run) }];
    case 'batches-planned':
      return [{ level: 'note', text: noted(batchesText(event)) }];
    case 'batch-started':
      return [{ level: 'note', text: noted(batchText(event.batch, event.of)) }];
    case 'run-refused':
      return [{ level: 'error', text: noted(failureText(event.failure)) }];
    case 'node-connecting':
      return [{ node: event.node, level: 'note', text: msg('== connecting') }];
    case 'node-waiting':
      return event.reason ? [{ node: event.node, level: 'note', text: noted(reasonText(event.reason)) }] : [];
    case 'node-connected':
    case 'node-freed':
      return [];
    case 'node-occupied':
      return [{ node: event.node, level: 'note', text: occupantLine(event.by) }];
    case 'node-failed':
      return [{ node: event.node, level: 'error', text: noted(failureText(event.failure)) }];
    case 'facts':
      return [
        {
          node: event.node,
          level: 'note',
          text: msg('== connected: {0}, kernel {1}', event.facts.osName, event.facts.kernel),
        },
      ];
    case 'node-finished':
      return [
        {
          node: event.node,
          level: event.outcome === 'not-started' ? 'error' : 'note',
          text: event.reason ? noted(reasonText(event.reason)) : outcomes[event.outcome],
        },
      ];
    default:
      return assertNever(event);
  }
}
