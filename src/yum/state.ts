import type { ErrorSeverity, PackageAction, PlacedYumEvent, YumEvent, YumPhase, YumTool } from './events.ts';

/** Which part of a run the next line belongs to; it decides how an ambiguous line is read. */
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

/** What the steps seen so far say about the steps to come; a scriptlet's imitation does not fit. */
export interface StepShape {
  total: number;
  done: number;
  /** Columns up to the end of the counter, which the tool keeps equal. */
  width: number;
  /** Two steps had the same width: the text was not reflowed on its way. */
  aligned: boolean;
  verifying: boolean;
}

/** A line that says nothing alone: the long name of a table row, the head of a key block. */
export interface HeldLine {
  readonly line: string;
  readonly kind: 'row' | 'key';
}

/** The parser's memory; changed in place, one line at a time. */
export interface State {
  stage: Stage;
  tool: YumTool | undefined;
  started: boolean;
  failed: boolean;
  /** Whether the lines that follow explain the error before them: until a blank line, or until the run's end. */
  explaining: Explaining;
  /** The same as it was before the line that is read now. */
  explained: Explaining;
  afterBlank: boolean;
  /** The line before was a rule of dashes: a sum follows. */
  underRule: boolean;
  describingKey: boolean;
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
  out: PlacedYumEvent[];
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
    dependency: false,
    result: 'other' as PackageAction | 'failed',
    sizes: 0,
    names: new Set<string>(),
    steps: freshSteps(),
    lock: { pid: 0, holder: '' },
  };
}

export function createState(): State {
  return {
    ...freshRun(),
    afterBlank: false,
    underRule: false,
    describingKey: false,
    held: undefined,
    row: -1,
    firstRow: 0,
    unaccounted: 0,
    out: [],
  };
}

/** Forgets the run before, but not the place in the text. */
export function startRun(state: State): void {
  Object.assign(state, freshRun());
}

/** A copy that later changes of the original do not reach. */
export function copyState(state: State): State {
  const { names, steps, lock } = state;
  return { ...state, names: new Set(names), steps: { ...steps }, lock: { ...lock } };
}

/** Lines that may come before a run, too. */
const tellsNothing: ReadonlySet<YumEvent['type']> = new Set(['unparsed', 'text', 'warning', 'answer']);

type Writable<T> = T extends unknown ? Omit<T, 'row' | 'rows'> & { row: number; rows: number } : never;

/** Adds an event; the first one after a line accounts for that line and for those held before it. */
export function emit(state: State, event: YumEvent): void {
  // Every event is made for this call, so that it can be completed instead of copied.
  const placed = event as Writable<PlacedYumEvent>;
  placed.row = state.unaccounted > 0 ? state.firstRow : state.row;
  placed.rows = state.unaccounted;
  state.out.push(placed);
  state.unaccounted = 0;
  state.started ||= !tellsNothing.has(event.type);
}

export function emitPhase(state: State, phase: YumPhase): void {
  emit(state, { type: 'phase', phase });
}

export function emitError(state: State, severity: ErrorSeverity, line: string): void {
  emit(state, { type: 'error', severity, line });
}

/** Adds an event that the line implies; another one of the same line accounts for it. */
export function emitImplied(state: State, event: YumEvent): void {
  const { unaccounted } = state;
  state.unaccounted = 0;
  emit(state, event);
  state.unaccounted = unaccounted;
}

/** Notes which tool is at work; the first evidence of a run stays. */
export function noteTool(state: State, tool: YumTool): void {
  if (state.tool !== undefined) return;
  state.tool = tool;
  emitImplied(state, { type: 'tool', tool });
}
