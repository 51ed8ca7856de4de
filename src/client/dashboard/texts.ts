import { type Message, msg, type Translate } from '../../base/l10n.ts';
import type { DashboardLabel, DashboardTexts } from '../../protocol/dashboard.ts';
import { cellWord } from '../../view/dashboard/cells.ts';
import type { CellStatus, DashboardAction } from '../../view/dashboard/model.ts';

const actions: Readonly<Record<DashboardAction, Message>> = {
  log: msg('Open Log'),
  openFile: msg('Open File'),
  run: msg('Run…'),
  check: msg('Check'),
  retry: msg('Run Again'),
  cancel: msg('Cancel Run…'),
  stopAfterStep: msg('Stop After Current Step'),
  replaceHostKey: msg('Replace Host Key…'),
};

const labels: Readonly<Record<DashboardLabel, Message>> = {
  causes: msg('Failures'),
  current: msg('Show Current State'),
  hint: msg(
    'Click or Enter opens the log, or the file if there is no log. Right-click or Shift+F10 for more actions.',
  ),
  length: msg('took'),
  matrix: msg('Steps of every node'),
  node: msg('Node'),
  noFailures: msg('No failures.'),
  onlyFailures: msg('Failures Only'),
  runs: msg('Runs'),
  searching: msg('Looking for the cluster file…'),
  start: msg('started'),
  time: msg('Time'),
  timeline: msg('Timeline'),
};

const words: Readonly<Record<CellStatus, Message>> = {
  changed: cellWord('changed'),
  unchanged: cellWord('unchanged'),
  interrupted: cellWord('interrupted'),
  'not-started': cellWord('not-started'),
  undone: cellWord('undone'),
  'nothing-to-undo': cellWord('nothing-to-undo'),
  running: cellWord('running'),
  failed: cellWord('failed'),
  unreachable: cellWord('unreachable'),
  blocked: cellWord('blocked'),
  drifted: cellWord('drifted'),
  needed: cellWord('needed'),
  cancelled: cellWord('cancelled'),
  unknown: cellWord('unknown'),
  unchecked: cellWord('unchecked'),
  done: cellWord('done'),
  unavailable: cellWord('unavailable'),
  none: cellWord('none'),
};

function translated<Key extends string>(
  table: Readonly<Record<Key, Message>>,
  translate: Translate,
): Readonly<Record<Key, string>> {
  const entries = Object.entries<Message>(table).map(([key, message]) => [key, translate(message)]);
  return Object.fromEntries(entries) as Record<Key, string>;
}

/** The texts of the page in the display language. */
export function dashboardTexts(translate: Translate): DashboardTexts {
  return {
    statuses: translated(words, translate),
    actions: translated(actions, translate),
    labels: translated(labels, translate),
  };
}
