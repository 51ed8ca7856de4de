import type { ErrorSeverity, PackageAction, PlacedYumEvent, YumEvent, YumPhase, YumTool } from './events.ts';

/** The part of a run that the next line belongs to; determines how an ambiguous line is read. */
export type Stage =
  | 'open'
  | 'header'
  | 'table'
  | 'summary'
  | 'download'
  | 'transaction'
  | 'results'
  | 'packstack'
  | 'closed';

export type Explaining = 'no' | 'paragraph' | 'run';

/** Expectations from earlier transaction elements, which a scriptlet's imitation does not meet. */
export interface StepShape {
  total: number;
  done: number;
  /** Columns up to the end of the counter, which the tool keeps constant. */
  width: number;
  /** Whether two elements had the same width, so the text was not rewrapped. */
  aligned: boolean;
  verifying: boolean;
}

/** A held line that is incomplete without the next: the long name of a table row, the head of a key block. */
export interface HeldLine {
  readonly line: string;
  readonly kind: 'row' | 'key';
}

/** The state of the parser; mutated line by line. */
export interface State {
  stage: Stage;
  tool: YumTool | undefined;
  started: boolean;
  failed: boolean;
  /** Whether the following lines explain the preceding error: until a blank line, or until the end of the run. */
  explaining: Explaining;
  /** Its value before the current line. */
  explained: Explaining;
  /** Number of blank lines above the current line. */
  blanks: number;
  /** Whether the next line says why the run ended. */
  awaitsReason: boolean;
  /** Whether the previous line was a rule of dashes, so that a total follows. */
  underRule: boolean;
  describingKey: boolean;
  /** Whether a plugin reports after the end of a run. */
  uploading: boolean;
  action: PackageAction;
  dependency: boolean;
  result: PackageAction | 'failed';
  sizes: number;
  names: Set<string>;
  steps: StepShape;
  lock: { pid: number; holder: string };
  held: HeldLine | undefined;
  row: number;
  firstRow: number;
  unaccounted: number;
  /** Takes the events. */
  sink: (event: PlacedYumEvent) => void;
}

export function freshSteps(): StepShape {
  return { total: 0, done: 0, width: 0, aligned: false, verifying: false };
}

function freshRun() {
  return {
    stage: 'open' as Stage,
    tool: undefined,
    started: false,
    failed: false,
    explaining: 'no' as Explaining,
    explained: 'no' as Explaining,
    action: 'other' as PackageAction,
    awaitsReason: false,
    dependency: false,
    result: 'other' as PackageAction | 'failed',
    sizes: 0,
    names: new Set<string>(),
    steps: freshSteps(),
    lock: { pid: 0, holder: '' },
  };
}

export function createState(sink: State['sink']): State {
  return {
    ...freshRun(),
    blanks: 0,
    underRule: false,
    describingKey: false,
    uploading: false,
    held: undefined,
    row: -1,
    firstRow: 0,
    unaccounted: 0,
    sink,
  };
}

/** Resets the state of the previous run, but keeps the position in the text. */
export function startRun(state: State): void {
  Object.assign(state, freshRun());
}

/** An independent copy. */
export function copyState(state: State): State {
  const { names, steps, lock } = state;
  return { ...state, names: new Set(names), steps: { ...steps }, lock: { ...lock } };
}

/** Lines that may also occur before a run. */
export const preliminary: ReadonlySet<YumEvent['type']> = new Set(['unparsed', 'text', 'warning', 'answer']);

type Writable<T> = T extends unknown ? Omit<T, 'row' | 'rows'> & { row: number; rows: number } : never;

/** Adds an event; the first one of a line covers that line and the lines held before it. */
export function emit(state: State, event: YumEvent): void {
  // Callers pass a new object, so it can be completed in place.
  const placed = event as Writable<PlacedYumEvent>;
  placed.row = state.unaccounted > 0 ? state.firstRow : state.row;
  placed.rows = state.unaccounted;
  state.unaccounted = 0;
  state.started ||= !preliminary.has(event.type);
  state.sink(placed);
}

/** Events that only have a line. */
export type LineType = Extract<
  YumEvent,
  { readonly type: 'text' | 'warning' | 'scriptlet' | 'unparsed' | 'answer' }
>['type'];

/** Adds an event that only has a line: most of a log. */
export function emitLine(state: State, type: LineType, line: string): void {
  const rows = state.unaccounted;
  state.unaccounted = 0;
  state.started ||= type === 'scriptlet';
  state.sink({ type, line, row: rows > 0 ? state.firstRow : state.row, rows });
}

export function emitPhase(state: State, phase: YumPhase): void {
  emit(state, { type: 'phase', phase });
}

export function emitError(state: State, severity: ErrorSeverity, line: string): void {
  emit(state, { type: 'error', severity, line });
}

/** Adds an event implied by the line; another event of the same line covers it. */
export function emitImplied(state: State, event: YumEvent): void {
  const { unaccounted } = state;
  state.unaccounted = 0;
  emit(state, event);
  state.unaccounted = unaccounted;
}

/** Records which tool is running; the first evidence in a run is kept. */
export function noteTool(state: State, tool: YumTool): void {
  if (state.tool !== undefined) return;
  state.tool = tool;
  emitImplied(state, { type: 'tool', tool });
}
