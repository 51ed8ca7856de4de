import { assertNever } from '../base/assert-never.ts';
import type { NodeFacts } from '../base/facts.ts';
import type { Failure } from '../base/failure.ts';
import type { Occupant } from '../base/occupant.ts';
import { own } from '../base/own.ts';
import type {
  NodeOutcome,
  Phase,
  Reason,
  RunKind,
  RunOutcome,
  StepOutcome,
  StepState,
} from '../base/states.ts';
import { type Pace, reducePace } from '../yum/pace.ts';
import { initialYum, reduceYum, type YumProgress } from '../yum/progress.ts';
import type { FailureCause, TimedEvent } from './events.ts';

/** What is known about one step on one node. */
export interface StepStatus {
  readonly state?: StepState;
  readonly reasons: readonly Reason[];
  readonly notices: readonly Reason[];
  /** When the state was determined, milliseconds since 1970. */
  readonly checkedAt?: number;
  /** The current phase; absent if nothing is running. */
  readonly phase?: Phase | 'queued';
  readonly yum?: YumProgress;
  /** The speed of its package transaction. */
  readonly pace?: Pace;
  /** Its log has a package transaction. */
  readonly hasTransaction?: true;
  readonly outcome?: StepOutcome;
  /** When the last run started it, milliseconds since 1970. */
  readonly startedAt?: number;
  readonly milliseconds?: number;
  /** The cause of the failure, from its log. */
  readonly trouble?: FailureCause;
  /** The run that its log belongs to, and the kind of that run. */
  readonly logRun?: string;
  readonly logKind?: RunKind;
  /** The run that its outcome comes from; without a log of that run if it did not start. */
  readonly endedIn?: string;
  /** Read from a stored run; absent once an event has confirmed or replaced it. */
  readonly isOld?: true;
}

/** What is known about one node. */
export interface NodeStatus {
  readonly connection: 'idle' | 'connecting' | 'connected' | 'failed';
  readonly failure?: Failure;
  readonly facts?: NodeFacts;
  /** When the facts were read, milliseconds since 1970. */
  readonly factsAt?: number;
  readonly outcome?: NodeOutcome;
  /** Why the run did not start on it. */
  readonly notStarted?: Reason;
  /** The last run that included the node: what is not from that run is older. */
  readonly lastRun?: Pick<RunInfo, 'id' | 'kind' | 'startedAt'>;
  /** The run of another window or computer that worked on the node when it was last contacted. */
  readonly occupant?: Occupant;
  readonly steps: Readonly<Record<string, StepStatus>>;
  /** What its connection waits for. */
  readonly waits?: Reason;
  /** Read from a stored run, as of a step. */
  readonly isOld?: true;
}

export interface RunInfo {
  readonly id: string;
  readonly kind: RunKind;
  /** The step, if the run has only one. */
  readonly onlyStep?: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly outcome?: RunOutcome;
  /** The current batch of a run that has several; the number counts from 1. */
  readonly batch?: { readonly number: number; readonly of: number };
  /** Why nothing was started. */
  readonly refusal?: Failure;
  /** A stored run, not one that was observed from its start. */
  readonly isOld?: true;
}

/** Everything that is known about the nodes of a cluster and its last run. */
export interface RunState {
  readonly run?: RunInfo;
  readonly nodes: Readonly<Record<string, NodeStatus>>;
}

export const emptyRunState: RunState = { nodes: {} };
const emptyNode: NodeStatus = { connection: 'idle', steps: {} };
/** Limit for the notices of a step: their codes come from the node, which may send any number of them. */
const maxNotices = 50;
const emptyStep: StepStatus = { reasons: [], notices: [] };

/** The node tables that only their reducer has so far, by themselves; every other table stays as it is. */
const unshared = new WeakMap<RunState['nodes'], Record<string, NodeStatus>>();

function withNode(state: RunState, name: string, change: (node: NodeStatus) => NodeStatus): RunState {
  const { isOld: _, ...node } = own(state.nodes, name) ?? emptyNode;
  const table = unshared.get(state.nodes);
  if (!table) return { ...state, nodes: { ...state.nodes, [name]: change(node) } };
  // An assignment would give `__proto__` another meaning.
  const property = { value: change(node), writable: true, enumerable: true, configurable: true };
  Object.defineProperty(table, name, property);
  return state;
}

/** A note has its own text for each known failure. */
function isSameNotice(one: Reason, other: Reason): boolean {
  return one.code === other.code && (one.code !== 'package-note' || one.args[0] === other.args[0]);
}

type StepEvent = Extract<TimedEvent, { step: string }>;

function withStep(state: RunState, event: StepEvent, change: (step: StepStatus) => StepStatus): RunState {
  return withNode(state, event.node, (node) => {
    const { isOld: _, ...step } = own(node.steps, event.step) ?? emptyStep;
    return { ...node, steps: { ...node.steps, [event.step]: change(step) } };
  });
}

function withoutProgress(step: StepStatus): StepStatus {
  const { phase: _, yum: __, pace: ___, ...rest } = step;
  return rest;
}

function reduceStep(state: RunState, event: StepEvent): RunState {
  switch (event.type) {
    case 'step-state':
      return withStep(state, event, (step) => ({
        ...step,
        state: event.state,
        reasons: event.reasons,
        // The check has ended, and with it what it waited for.
        notices: step.notices.filter(({ code }) => code !== 'yum-locked'),
        checkedAt: event.at,
      }));
    case 'step-started':
      return withStep(state, event, (step) => {
        const { outcome: _, milliseconds: __, trouble: ___, hasTransaction: ____, ...rest } = step;
        return {
          ...rest,
          phase: 'check',
          notices: [],
          startedAt: event.at,
          ...(state.run ? { logRun: state.run.id, logKind: state.run.kind } : {}),
        };
      });
    case 'phase':
      return withStep(state, event, (step) => {
        // A step that is being undone is no longer done until a check finds it so.
        const { state: found, ...rest } = step;
        const isOpen = event.phase === 'apply' && found === 'done';
        return { ...(isOpen ? rest : step), phase: event.phase };
      });
    case 'yum':
      return withStep(state, event, ({ pace: before, ...step }) => {
        const pace = reducePace(before, event.event, event.at);
        const yum = reduceYum(step.yum ?? initialYum, event.event);
        const { event: said } = event;
        const isChange = said.type === 'package' && said.action !== 'skip';
        const changes = isChange ? ({ hasTransaction: true } as const) : {};
        return { ...step, yum, ...(pace ? { pace } : {}), ...changes };
      });
    case 'notice':
      // A newer notice with the same code replaces the older one: waiting is reported repeatedly.
      return withStep(state, event, (step) => ({
        ...step,
        notices: [
          ...step.notices.filter((each) => !isSameNotice(each, event.reason)).slice(1 - maxNotices),
          event.reason,
        ],
      }));
    case 'step-finished':
      return withStep(state, event, (step) => ({
        ...withoutProgress(step),
        ...(state.run ? { endedIn: state.run.id } : {}),
        outcome: event.outcome,
        milliseconds: event.milliseconds,
        ...(event.trouble ? { trouble: event.trouble } : {}),
        ...(event.reasons.length > 0 ? { reasons: event.reasons } : {}),
      }));
    case 'log':
      return state;
    default:
      return assertNever(event);
  }
}

function started(state: RunState, event: Extract<TimedEvent, { type: 'run-started' }>): RunState {
  const [onlyStep, ...more] = event.steps;
  const run: RunInfo = {
    ...{ id: event.run, kind: event.kind, startedAt: event.at },
    ...(onlyStep === undefined || more.length > 0 ? {} : { onlyStep }),
  };
  return event.nodes.reduce<RunState>(
    (next, name) =>
      withNode(next, name, (node) => {
        const { failure: _, outcome: __, notStarted: ___, occupant: ____, ...rest } = node;
        return { ...rest, lastRun: { id: run.id, kind: run.kind, startedAt: run.startedAt } };
      }),
    { ...state, run },
  );
}

/** The next state. Pure; nothing else changes the state. */
export function reduceRun(state: RunState, event: TimedEvent): RunState {
  switch (event.type) {
    case 'run-started':
      return started(state, event);
    case 'run-resumed':
    case 'batches-planned':
      return state;
    case 'batch-started':
      return state.run
        ? { ...state, run: { ...state.run, batch: { number: event.batch, of: event.of } } }
        : state;
    case 'run-refused':
      return state.run ? { ...state, run: { ...state.run, refusal: event.failure } } : state;
    case 'node-connecting':
      return withNode(state, event.node, ({ waits: _, ...node }) => ({ ...node, connection: 'connecting' }));
    case 'node-waiting':
      return withNode(state, event.node, ({ waits: _, ...node }) => ({
        ...node,
        ...(event.reason && { waits: event.reason }),
      }));
    case 'node-connected':
      return withNode(state, event.node, (node) => ({ ...node, connection: 'connected' }));
    case 'node-failed':
      return withNode(state, event.node, (node) => ({
        ...node,
        connection: 'failed',
        failure: event.failure,
      }));
    case 'node-occupied':
      return withNode(state, event.node, (node) => ({ ...node, occupant: event.by }));
    case 'node-freed':
      return withNode(state, event.node, ({ occupant: _, ...node }) => node);
    case 'facts':
      return withNode(state, event.node, (node) => ({
        ...node,
        facts: event.facts,
        factsAt: event.at,
      }));
    case 'node-finished':
      return withNode(state, event.node, ({ waits: _, ...node }) => ({
        ...node,
        connection: node.connection === 'failed' ? 'failed' : 'idle',
        outcome: event.outcome,
        ...(event.reason ? { notStarted: event.reason } : {}),
        steps: Object.fromEntries(
          Object.entries(node.steps).map(([id, step]) => [id, withoutProgress(step)]),
        ),
      }));
    case 'run-finished':
      return state.run
        ? { ...state, run: { ...state.run, finishedAt: event.at, outcome: event.outcome } }
        : state;
    default:
      return reduceStep(state, event);
  }
}

/** A state that many events change between two reads. */
export interface Reducer {
  add(event: TimedEvent): void;
  /** The state now; later events do not change it. */
  state(): RunState;
}

/** The same as `reduceRun` event by event, with one copy of the node table per read instead of one per event. */
export function createReducer(start: RunState = emptyRunState): Reducer {
  let state = start;
  return {
    add: (event) => {
      if (!unshared.has(state.nodes)) {
        const nodes = { ...state.nodes };
        unshared.set(nodes, nodes);
        state = { ...state, nodes };
      }
      state = reduceRun(state, event);
    },
    state: () => {
      unshared.delete(state.nodes);
      return state;
    },
  };
}
