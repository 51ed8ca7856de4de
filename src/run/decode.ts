import type { El, NodeFacts, NodeInterface } from '../base/facts.ts';
import type { Failure, FailureCode } from '../base/failure.ts';
import {
  type Guard,
  isMoment,
  isNumber,
  isRecord,
  isText,
  listOf,
  maybe,
  oneOf,
  shape,
  typed,
} from '../base/guard.ts';
import type { Message, MessageArg } from '../base/l10n.ts';
import type { Occupant } from '../base/occupant.ts';
import { own } from '../base/own.ts';
import { isRunKind } from '../base/run-kind.ts';
import type { NodeOutcome, Phase, Reason, RunOutcome, StepOutcome, StepState } from '../base/states.ts';
import { isYumEvent } from '../yum/decode.ts';
import type { Remedy } from '../yum/explain/known-failure.ts';
import type { Explanation } from '../yum/explain/match.ts';
import type { FailureCause, RunEvent, TimedEvent } from './events.ts';

/** Messages nest only a few levels deep. */
const maxMessageDepth = 8;

function isMessageArg(value: unknown, depth: number): value is MessageArg {
  return isText(value) || isNumber(value) || isMessageAt(value, depth + 1);
}

function isMessageAt(value: unknown, depth: number): value is Message {
  if (depth > maxMessageDepth || !isRecord(value)) return false;
  const areArgs = (args: unknown): boolean =>
    Array.isArray(args) && args.every((arg) => isMessageArg(arg, depth));
  // Same order as in the translator, so that an object with the keys of two forms is read as the form that was checked.
  if (Object.hasOwn(value, 'plain')) return isText(value.plain);
  if (Object.hasOwn(value, 'parts')) return areArgs(value.parts) && isText(own(value, 'separator'));
  return isText(own(value, 'text')) && areArgs(own(value, 'args'));
}

const isMessage: Guard<Message> = (value) => isMessageAt(value, 0);

/** A later version may add codes; unknown ones are displayed as they are. */
const isFailureCode: Guard<FailureCode> = (value): value is FailureCode => isText(value);

export const isFailure = shape<Failure>({
  code: isFailureCode,
  message: isMessage,
  action: isMessage,
  detail: maybe(isText),
});

export const isReason = shape<Reason>({ code: isText, args: listOf(isText) });

const isRunStep = shape<Extract<Remedy, { kind: 'run-step' }>>({
  kind: oneOf({ 'run-step': true }),
  step: isText,
});
const isSetKey = shape<Extract<Remedy, { kind: 'set-key' }>>({
  kind: oneOf({ 'set-key': true }),
  key: isText,
  value: isText,
});
const isRemedy: Guard<Remedy> = (value): value is Remedy => isRunStep(value) || isSetKey(value);

const isExplanation = shape<Explanation>({
  id: isText,
  line: isText,
  cause: isMessage,
  advice: isMessage,
  remedies: listOf(isRemedy),
});

export const isFailureCause = shape<FailureCause>({ line: maybe(isText), explanation: maybe(isExplanation) });

const isEl: Guard<El> = (value): value is El => value === 7 || value === 8 || value === 9 || value === 10;

export const isFacts = shape<NodeFacts>({
  hostname: isText,
  osId: isText,
  osVersion: isText,
  osName: isText,
  el: maybe(isEl),
  arch: isText,
  kernel: isText,
  manager: oneOf({ dnf: true, yum: true, none: true }),
  user: isText,
  bootId: isText,
  interfaces: maybe(listOf(shape<NodeInterface>({ name: isText, addresses: listOf(isText) }))),
  memory: maybe(isNumber),
});

const runOutcomes = { ok: true, failed: true, cancelled: true, unreachable: true } as const;
export const isRunOutcome = oneOf<RunOutcome>(runOutcomes);
export const isNodeOutcome = oneOf<NodeOutcome>({ ...runOutcomes, 'not-started': true });
const isPhase = oneOf<Phase>({ check: true, apply: true, verify: true });
export const isStepState = oneOf<StepState>({ done: true, needed: true, drifted: true, unknown: true });
export const isStepOutcome = oneOf<StepOutcome>({
  changed: true,
  unchanged: true,
  failed: true,
  interrupted: true,
  cancelled: true,
  skipped: true,
  unavailable: true,
});

export const isOccupant = shape<Occupant>({
  ...{ who: isText, run: isText, since: isMoment },
  ...{ kind: maybe(isRunKind), step: maybe(isText) },
});

const onNode = { node: isText };
const onStep = { ...onNode, step: isText };

const fieldsOf = {
  'run-started': {
    run: isText,
    kind: isRunKind,
    cluster: isText,
    nodes: listOf(isText),
    steps: listOf(isText),
    file: maybe(isText),
  },
  'run-resumed': { run: isText },
  'batches-planned': { batches: listOf(listOf(isText)), maxFailed: maybe(isText) },
  'batch-started': { batch: isNumber, of: isNumber },
  'run-refused': { failure: isFailure },
  'node-connecting': onNode,
  'node-waiting': { ...onNode, reason: maybe(isReason) },
  'node-connected': onNode,
  'node-failed': { ...onNode, failure: isFailure },
  'node-occupied': { ...onNode, by: isOccupant },
  'node-freed': onNode,
  facts: { ...onNode, facts: isFacts },
  'step-state': { ...onStep, state: isStepState, reasons: listOf(isReason) },
  'step-started': onStep,
  phase: { ...onStep, phase: isPhase },
  log: { ...onStep, stream: oneOf({ stdout: true, stderr: true }), line: isText },
  yum: { ...onStep, event: isYumEvent },
  notice: { ...onStep, reason: isReason },
  'step-finished': {
    ...onStep,
    outcome: isStepOutcome,
    reasons: listOf(isReason),
    milliseconds: isNumber,
    trouble: maybe(isFailureCause),
  },
  'node-finished': { ...onNode, outcome: isNodeOutcome, reason: maybe(isReason) },
  'run-finished': { outcome: isRunOutcome },
} as const;

const isRunEvent = typed<RunEvent>(fieldsOf);

/** Whether an event has a node and a step decides how it is read: one that should have neither is none of this version. */
function isPlaced(event: RunEvent): boolean {
  return ['node', 'step'].every(
    (key) => !Object.hasOwn(event, key) || Object.hasOwn(fieldsOf[event.type], key),
  );
}

const isTimed = shape<{ readonly at: number }>({ at: isMoment });

/** Decodes a value from a journal; undefined if it is not an event of this version. */
export function decodeTimedEvent(value: unknown): TimedEvent | undefined {
  return isRunEvent(value) && isPlaced(value) && isTimed(value) ? value : undefined;
}
