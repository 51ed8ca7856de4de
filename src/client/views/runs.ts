import { access } from 'node:fs/promises';
import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import { msg, plain } from '../../base/l10n.ts';
import { commands, views } from '../../protocol/contributions.ts';
import type { RunState } from '../../run/state.ts';
import { type RunRow, type RunsOptions, runNodeRows, runRow, runStepRows } from '../../view/runs.ts';
import { decodeRunAddress, runAddressId } from '../cluster/run-address.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { EarlierRuns, HistoryRun } from '../stores/earlier-runs.ts';
import { themeIcon } from './icons.ts';
import { markdown } from './markdown.ts';

export interface RunsView extends Disposable {
  /** Refreshes what has changed. */
  update(): void;
}

export interface RunsNeeds {
  readonly earlier: EarlierRuns;
  /** The state of a run of this window. */
  readonly live: (run: HistoryRun) => RunState | undefined;
  /** Whether the run is of a cluster file of this window. */
  readonly isOfWindow: (file: string) => boolean;
  readonly canResume: RunsOptions['canResume'];
  readonly report: (cause: unknown) => void;
}

/** The id of the group of runs whose cluster file is gone. */
const goneId = 'gone';

async function isGone(file: string): Promise<boolean> {
  return await access(file).then(
    () => false,
    () => true,
  );
}

function draw(row: RunRow): TreeItem {
  const item = new TreeItem(
    t(plain(row.label)),
    row.isLeaf ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  const description = t(row.description);
  item.id = runAddressId(row.address);
  item.description = description;
  item.iconPath = themeIcon(row.icon);
  item.tooltip = markdown(row.tooltip);
  item.contextValue = [row.kind, ...row.traits].join(' ');
  item.accessibilityInformation = { label: `${t(plain(row.label))}, ${description}` };
  // A click on a node opens it like any item with children.
  if (row.kind !== 'node')
    item.command = { title: t(msg('Open')), command: commands.openRun, arguments: [item.id] };
  return item;
}

function goneGroup(): TreeItem {
  const item = new TreeItem(t(msg('Cluster files that no longer exist')), TreeItemCollapsibleState.Collapsed);
  item.id = goneId;
  item.iconPath = new ThemeIcon('archive');
  item.contextValue = 'gone';
  return item;
}

/** The rows of a run in progress, or of a stored one, which is read when it is opened. */
async function childRows(needs: RunsNeeds, run: HistoryRun, node?: string): Promise<readonly RunRow[]> {
  const state = needs.live(run) ?? (await needs.earlier.state(run));
  if (!state) return [];
  return node === undefined ? runNodeRows(run, state) : runStepRows(run, state, node);
}

/** The view of all stored runs: elements are the ids of rows, so that VS Code keeps selection and expansion. */
export function createRunsView(needs: RunsNeeds): RunsView {
  const { earlier, live, isOfWindow, canResume, report } = needs;
  const changed = new EventEmitter<string | undefined>();
  const drawn = new Map<string, TreeItem>();
  /** The states of runs in other windows, as of the last look. */
  const going = new Map<string, RunState>();
  let [here, gone]: [readonly string[], readonly string[]] = [[], []];
  let before = '';
  let isBusy = false;
  let isStale = false;

  function place(rows: readonly RunRow[]): readonly string[] {
    return rows.map((row) => {
      const id = runAddressId(row.address);
      drawn.set(id, draw(row));
      return id;
    });
  }

  async function follow(runs: readonly HistoryRun[]): Promise<void> {
    going.clear();
    for (const run of runs) {
      if (run.outcome !== undefined || !run.follower) continue;
      const state = live(run) ?? (await earlier.state(run));
      if (state) going.set(run.run, state);
    }
  }

  async function look(): Promise<void> {
    const all = earlier.all() ?? [];
    const files = [...new Set(all.flatMap(({ file }) => file ?? []))];
    const missing = new Set<string>();
    for (const file of files) if (await isGone(file)) missing.add(file);
    const shown = all.filter(({ file }) => file !== undefined && (missing.has(file) || isOfWindow(file)));
    await follow(shown);
    const options: RunsOptions = {
      time: timeText,
      stateOf: (run) => going.get(run),
      canResume,
      manyClusters: new Set(shown.map(({ cluster }) => cluster)).size > 1,
    };
    const parts = [false, true].map((isMissing) =>
      shown.filter(({ file = '' }) => missing.has(file) === isMissing).map((run) => runRow(run, options)),
    );
    const now = JSON.stringify([parts, shown.filter(({ follower }) => follower).map(({ last }) => last)]);
    if (now === before) return;
    before = now;
    drawn.clear();
    [here, gone] = [place(parts[0] ?? []), place(parts[1] ?? [])];
    if (gone.length > 0) drawn.set(goneId, goneGroup());
    changed.fire(undefined);
  }

  async function update(): Promise<void> {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isStale) {
        isStale = false;
        await look();
      }
    } finally {
      isBusy = false;
    }
  }

  const provider: TreeDataProvider<string> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (id) => {
      if (id === undefined) return [...here, ...(gone.length > 0 ? [goneId] : [])];
      if (id === goneId) return [...gone];
      const address = decodeRunAddress(id);
      const run = address && earlier.find(address.run);
      return run ? [...place(await childRows(needs, run, address.node))] : [];
    },
    getTreeItem: (id) => drawn.get(id) ?? new TreeItem(''),
  };
  const view = window.createTreeView(views.runs, { treeDataProvider: provider, showCollapseAll: true });
  return {
    update: () => void update().catch(report),
    dispose: () => {
      view.dispose();
      changed.dispose();
    },
  };
}
