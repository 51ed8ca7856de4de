import type { PackageAction, YumEvent, YumPhase, YumTool } from './events.ts';

/** The progress of a run, for a progress bar and the text next to it. */
export interface YumProgress {
  readonly phase: YumPhase | 'idle';
  readonly tool?: YumTool;
  /** Within the phase: downloaded files, or transaction elements; `total` is 0 while unknown. */
  readonly done: number;
  readonly total: number;
  /** The latest file or package. */
  readonly label: string;
  /** Over download and transaction together, 0 to 100; never decreases within a run, undefined until the tool prints a countable line. */
  readonly percent?: number;
  /** Number of packages by action, from the transaction summary; includes dependencies. */
  readonly counts: Readonly<Partial<Record<PackageAction, number>>>;
  /** The process that holds the package lock while the run waits for it. */
  readonly lockHolder?: { readonly pid: number; readonly holder: string };
  /** The latest error lines, the oldest first. */
  readonly errors: readonly string[];
  readonly finished: boolean;
}

export const initialYum: YumProgress = {
  phase: 'idle',
  done: 0,
  total: 0,
  label: '',
  counts: {},
  errors: [],
  finished: false,
};

const keptErrors = 50;

/** Where each phase starts in the bar; dnf 5 does not verify afterwards. */
const downloadShare = 40;
const verifyShare = 10;

/** Phases that start when all downloads are complete; yum 3 does not report that earlier. */
const afterDownload: ReadonlySet<YumPhase> = new Set(['check', 'test', 'transaction']);

function advance(state: YumProgress, percent: number, change: Partial<YumProgress>): YumProgress {
  return { ...state, ...change, percent: Math.min(100, Math.max(state.percent ?? 0, percent)) };
}

function enterPhase(state: YumProgress, phase: YumPhase): YumProgress {
  if (phase === 'setup') return { ...initialYum, phase };
  const change = { phase, done: 0, total: 0 };
  return afterDownload.has(phase) && state.tool !== 'packstack'
    ? advance(state, downloadShare, change)
    : { ...state, ...change };
}

function addStep(state: YumProgress, event: Extract<YumEvent, { type: 'step' }>): YumProgress {
  const { done, total, name } = event;
  const label = `${event.action} ${name}`.trim();
  // dnf 4 counts its preparation separately.
  if (name === '' && total === 1) return { ...state, label };
  // Packstack counts only its manifests.
  if (state.tool === 'packstack') return advance(state, (100 * done) / total, { done, total, label });
  const verify = state.tool === 'dnf5' ? 0 : verifyShare;
  const share = state.phase === 'verify' ? verify : 100 - downloadShare - verify;
  const base = state.phase === 'verify' ? 100 - verify : downloadShare;
  return advance(state, base + (share * done) / total, { done, total, label });
}

function addSummary(state: YumProgress, event: Extract<YumEvent, { type: 'summary' }>): YumProgress {
  const count = event.count + event.dependent;
  return count > 0 ? { ...state, counts: { ...state.counts, [event.action]: count } } : state;
}

function withoutLock(state: YumProgress): YumProgress {
  if (state.lockHolder === undefined) return state;
  const { lockHolder: _, ...rest } = state;
  return rest;
}

/** The next state; pure. */
export function reduceYum(state: YumProgress, event: YumEvent): YumProgress {
  switch (event.type) {
    case 'tool':
      return { ...state, tool: event.tool };
    case 'phase':
      return enterPhase(withoutLock(state), event.phase);
    case 'lock-wait':
      return { ...state, lockHolder: { pid: event.pid, holder: event.holder } };
    case 'repository':
      return { ...withoutLock(state), label: event.id };
    case 'summary':
      return addSummary(state, event);
    case 'download': {
      const { done, total, file } = event;
      return advance(state, (downloadShare * done) / total, { done, total, label: file });
    }
    case 'step':
      return addStep(state, event);
    case 'error':
      return { ...withoutLock(state), errors: [...state.errors, event.line].slice(-keptErrors) };
    case 'aborted':
    case 'nothing-to-do':
      return { ...withoutLock(state), finished: true };
    case 'complete':
      return { ...withoutLock(state), finished: true, percent: 100 };
    default:
      return state;
  }
}
