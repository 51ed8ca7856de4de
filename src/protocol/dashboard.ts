import {
  type Guard,
  isFlag,
  isNumber,
  isRecord,
  isText,
  listOf,
  maybe,
  oneOf,
  shape,
  typed,
} from '../base/guard.ts';
import { own } from '../base/own.ts';
import type {
  CellStatus,
  DashboardAction,
  DashboardCause,
  DashboardCell,
  DashboardHead,
  DashboardRun,
  DashboardStep,
  DashboardTrait,
  StatusCount,
} from '../view/dashboard/model.ts';
import type { CellUpdate, DashboardUpdate, RowUpdate } from '../view/dashboard/update.ts';

/** The type of the webview panel, for its menus and to restore it after a reload. */
export const dashboardViewType = 'stackprep.dashboard';

/** The `webviewSection` of an element with a context menu. */
export type DashboardSection = 'cell' | 'node' | 'group' | 'past';

/** The texts of the page that do not depend on the cluster, in the display language. */
export interface DashboardTexts {
  readonly statuses: Readonly<Record<CellStatus, string>>;
  readonly actions: Readonly<Record<DashboardAction, string>>;
  readonly labels: Readonly<Record<DashboardLabel, string>>;
}

const labelWords = {
  causes: true,
  current: true,
  hint: true,
  length: true,
  matrix: true,
  node: true,
  noFailures: true,
  onlyFailures: true,
  runs: true,
  searching: true,
  start: true,
  time: true,
  timeline: true,
} as const;
export type DashboardLabel = keyof typeof labelWords;

/** Extension → page. */
export type DashboardMessage =
  | { readonly type: 'texts'; readonly texts: DashboardTexts }
  | { readonly type: 'update'; readonly update: DashboardUpdate };

/** Page → extension: what the user wants; the names are those of rows and steps that the page was sent. */
export type DashboardIntent =
  | { readonly type: 'ready' }
  | {
      readonly type: 'act';
      readonly action: DashboardAction;
      readonly nodes?: readonly string[];
      readonly step?: string;
    }
  /** Shows an earlier run on this page; without one, the current state. */
  | { readonly type: 'showRun'; readonly run?: string };

/** Limits for what a page may send. */
const maxNodes = 10_000;
const maxName = 1_000;

const isName: Guard<string> = (value): value is string => isText(value) && value.length <= maxName;
const isNames: Guard<readonly string[]> = (value): value is readonly string[] =>
  Array.isArray(value) && value.length <= maxNodes && value.every(isName);

/** A table with a text for each of these words. */
function tableOf<Word extends string>(
  words: Readonly<Record<Word, true>>,
): Guard<Readonly<Record<Word, string>>> {
  const names = Object.keys(words);
  return (value): value is Readonly<Record<Word, string>> =>
    isRecord(value) && names.every((name) => isText(own(value, name)));
}

const actionWords: Readonly<Record<DashboardAction, true>> = {
  log: true,
  openFile: true,
  run: true,
  check: true,
  retry: true,
  cancel: true,
  stopAfterStep: true,
  replaceHostKey: true,
};
const isAction = oneOf(actionWords);

const isIntent = typed<DashboardIntent>({
  ready: {},
  act: { action: isAction, nodes: maybe(isNames), step: maybe(isName) },
  showRun: { run: maybe(isName) },
});

/** Decodes a message of the page; undefined if it is something else. */
export function decodeIntent(value: unknown): DashboardIntent | undefined {
  return isIntent(value) ? value : undefined;
}

const statusWords: Readonly<Record<CellStatus, true>> = {
  running: true,
  failed: true,
  interrupted: true,
  unreachable: true,
  blocked: true,
  'not-started': true,
  drifted: true,
  needed: true,
  undone: true,
  'nothing-to-undo': true,
  cancelled: true,
  unknown: true,
  unchecked: true,
  changed: true,
  unchanged: true,
  done: true,
  unavailable: true,
  none: true,
};
const isStatus = oneOf(statusWords);
const isTrait = oneOf<DashboardTrait>({
  runnable: true,
  idle: true,
  busy: true,
  log: true,
  compare: true,
  failed: true,
  rebuilt: true,
});

const isTrue: Guard<true> = (value): value is true => value === true;

const isCell = shape<DashboardCell>({
  status: isStatus,
  text: maybe(isText),
  percent: maybe(isNumber),
  waits: maybe(isText),
  startedAt: maybe(isNumber),
  milliseconds: maybe(isNumber),
  counts: maybe(listOf(shape<StatusCount>({ status: isStatus, count: isNumber }))),
  traits: listOf(isTrait),
});

const isRow = shape<RowUpdate>({
  id: isText,
  label: isText,
  isGroup: isFlag,
  group: maybe(isText),
  status: isStatus,
  note: maybe(isText),
  size: maybe(isNumber),
  traits: listOf(isTrait),
  cells: listOf(shape<CellUpdate>({ column: isNumber, cell: isCell })),
});

const isHead = shape<DashboardHead>({
  cluster: isText,
  uri: isText,
  file: isText,
  run: maybe(isText),
  isPast: maybe(isTrue),
  text: isText,
  percent: maybe(isNumber),
  actions: listOf(isAction),
  now: isNumber,
  startedAt: maybe(isNumber),
  finishedAt: maybe(isNumber),
  announcement: isText,
});

const isCause = shape<DashboardCause>({
  id: isText,
  status: oneOf({ failed: true, unreachable: true }),
  title: isText,
  nodes: listOf(isText),
  step: maybe(isText),
  text: isText,
  quote: maybe(isText),
  actions: listOf(isAction),
});

const isRun = shape<DashboardRun>({
  id: isText,
  text: isText,
  status: oneOf({
    running: true,
    done: true,
    failed: true,
    cancelled: true,
    unreachable: true,
    unknown: true,
  }),
  isShown: maybe(isTrue),
});

const isUpdate = shape<DashboardUpdate>({
  head: maybe(isHead),
  steps: maybe(listOf(shape<DashboardStep>({ id: isText, runnable: isFlag }))),
  order: maybe(listOf(isText)),
  rows: maybe(listOf(isRow)),
  causes: maybe(listOf(isCause)),
  runs: maybe(listOf(isRun)),
});

const isTexts = shape<DashboardTexts>({
  statuses: tableOf(statusWords),
  actions: tableOf(actionWords),
  labels: tableOf(labelWords),
});

const isMessage = typed<DashboardMessage>({
  texts: { texts: isTexts },
  update: { update: isUpdate },
});

/** Decodes a message of the extension; undefined if it is something else. */
export function decodeMessage(value: unknown): DashboardMessage | undefined {
  return isMessage(value) ? value : undefined;
}

/** What VS Code keeps of a page over a reload: the cluster file, and what the user has opened. */
export interface DashboardMemory {
  readonly uri: string;
  /** The ids of open groups. */
  readonly open: readonly string[];
  readonly onlyFailures: boolean;
}

const isMemory = shape<DashboardMemory>({ uri: isName, open: isNames, onlyFailures: isFlag });

/** Decodes what VS Code has kept; undefined if it is something else. */
export function decodeMemory(value: unknown): DashboardMemory | undefined {
  return isMemory(value) ? value : undefined;
}
