import {
  type Guard,
  isMoment,
  isNumber,
  isRecord,
  isText,
  listOf,
  maybe,
  oneOf,
  recordOf,
  shape,
} from '../base/guard.ts';
import { own } from '../base/own.ts';
import { isRunKind } from '../base/run-kind.ts';
import {
  isFacts,
  isFailure,
  isFailureCause,
  isNodeOutcome,
  isOccupant,
  isReason,
  isRunOutcome,
  isStepOutcome,
  isStepState,
} from './decode.ts';
import type { NodeStatus, RunInfo, RunState, StepStatus } from './state.ts';

type LastRun = NonNullable<NodeStatus['lastRun']>;

/** Nothing is in progress in a stored result. */
const isAbsent: Guard<undefined> = (value): value is undefined => value === undefined;

const isStep = shape<StepStatus>({
  state: maybe(isStepState),
  reasons: listOf(isReason),
  notices: listOf(isReason),
  checkedAt: maybe(isMoment),
  startedAt: maybe(isMoment),
  phase: isAbsent,
  yum: isAbsent,
  pace: isAbsent,
  hasTransaction: maybe((value): value is true => value === true),
  outcome: maybe(isStepOutcome),
  milliseconds: maybe(isNumber),
  trouble: maybe(isFailureCause),
  logRun: maybe(isText),
  logKind: maybe(isRunKind),
  endedIn: maybe(isText),
  isOld: isAbsent,
});

const isNode = shape<NodeStatus>({
  connection: oneOf({ idle: true, connecting: true, connected: true, failed: true }),
  failure: maybe(isFailure),
  facts: maybe(isFacts),
  factsAt: maybe(isMoment),
  outcome: maybe(isNodeOutcome),
  notStarted: maybe(isReason),
  lastRun: maybe(shape<LastRun>({ id: isText, kind: isRunKind, startedAt: isMoment })),
  occupant: maybe(isOccupant),
  waits: isAbsent,
  steps: recordOf(isStep),
  isOld: isAbsent,
});

const isInfo = shape<RunInfo>({
  id: isText,
  kind: isRunKind,
  onlyStep: maybe(isText),
  startedAt: isMoment,
  finishedAt: maybe(isMoment),
  outcome: maybe(isRunOutcome),
  batch: maybe(shape<NonNullable<RunInfo['batch']>>({ number: isNumber, of: isNumber })),
  refusal: maybe(isFailure),
  isOld: isAbsent,
});

/** Decodes the state of a finished run; undefined if it is not one of this version. */
export function decodeRunState(value: unknown): RunState | undefined {
  if (!isRecord(value)) return undefined;
  const [run, nodes] = [own(value, 'run'), own(value, 'nodes')];
  return isInfo(run) && recordOf(isNode)(nodes) ? { run, nodes } : undefined;
}
