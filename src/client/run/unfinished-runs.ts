import { type Disposable, Uri, window, workspace } from 'vscode';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { isUnfinished } from '../../run/unfinished.ts';
import { runKindText } from '../../view/run-words.ts';
import type { ListedRun } from '../../view/runs.ts';
import { iconText, t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { EarlierRuns, HistoryRun } from '../stores/earlier-runs.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { EngineSource } from './engine.ts';
import type { Runner } from './runner.ts';
import { unfinishedText } from './unfinished-text.ts';

/**
 * For how long after its file was found a run is offered in a notification, in milliseconds: on reload, the closing window may
 * release its run only after this one has started.
 */
const offerFor = 32_000;

export interface UnfinishedRunNeeds {
  readonly earlier: EarlierRuns;
  readonly engines: EngineSource;
  readonly limit: () => number;
  readonly outlines: OutlineStore;
  readonly runner: Runner;
  /** Whether the file's nodes ended with the window that ran them. */
  readonly isGone: (uri: string) => boolean;
  readonly report: (cause: unknown) => void;
}

/** Runs of closed windows that may still be in progress on their nodes. */
export interface UnfinishedRuns extends Disposable {
  /** Whether the run has no end, no process follows it, and its cluster file is known here. */
  isOpen(run: ListedRun): boolean;
  /** Follows the jobs of a run, then runs the remaining steps; without a run, the user picks one of those given. */
  resume(runs: readonly HistoryRun[]): Promise<void>;
  /** Asks, and closes the run as cancelled; its jobs are not touched. */
  discard(runs: readonly HistoryRun[]): Promise<void>;
  /** Closes unfinished runs of a file without asking. */
  forget(uri: string): Promise<void>;
}

/** One of the runs, picked by the user if there are several. */
async function pick(runs: readonly HistoryRun[], title: Message): Promise<HistoryRun | undefined> {
  if (runs.length === 0) void window.showInformationMessage(t(msg('No run is unfinished.')));
  if (runs.length <= 1) return runs[0];
  const items = runs.map((run) => ({
    label: timeText(run.started),
    description: iconText(joined([run.cluster, runKindText(run.kind)], ', ')),
    run,
  }));
  return (await window.showQuickPick(items, { title: t(title) }))?.run;
}

/** Finds unfinished runs for this window's cluster files and offers to resume them; does not connect before. */
export function createUnfinishedRuns(needs: UnfinishedRunNeeds): UnfinishedRuns {
  const { earlier, engines, limit, outlines, runner, isGone, report } = needs;
  /** When each file was found. */
  const found = new Map<string, number>();
  const offered = new Set<string>();

  function uriOf({ file, cluster }: ListedRun): string | undefined {
    const outline = outlines
      .all()
      .find((each) => each.cluster.id === cluster && Uri.parse(each.uri).fsPath === file);
    return outline && !isGone(outline.uri) ? outline.uri : undefined;
  }
  const isOpen = (run: ListedRun): boolean =>
    isUnfinished(run, Date.now()) && run.follower === undefined && uriOf(run) !== undefined;

  async function resume(run: HistoryRun): Promise<void> {
    const uri = uriOf(run);
    if (uri !== undefined) await runner.resume(uri, run);
  }

  async function abandon(run: HistoryRun): Promise<void> {
    await (await engines.get(limit())).abandon(run);
    earlier.refresh();
  }

  async function offer(run: HistoryRun): Promise<void> {
    const [goOn, forget] = [t(msg('Resume')), t(msg('Discard Run'))];
    const text = unfinishedText(run.kind, run.cluster, timeText(run.last));
    const picked = await window.showInformationMessage(t(text), goOn, forget);
    const now = earlier.find(run.run);
    if (!now || !isOpen(now)) return;
    if (picked === goOn) await resume(now);
    if (picked === forget) await abandon(now);
  }

  function look(): void {
    const now = Date.now();
    for (const { uri } of outlines.all()) if (!found.has(uri)) found.set(uri, now);
    if (!workspace.isTrusted) return;
    for (const run of earlier.all() ?? []) {
      const uri = isOpen(run) ? uriOf(run) : undefined;
      if (uri === undefined || offered.has(run.run) || now - (found.get(uri) ?? now) > offerFor) continue;
      offered.add(run.run);
      offer(run).catch(report);
    }
  }
  const unsubscribe = [outlines.onDidChange(look), earlier.onDidChange(look)];
  look();
  return {
    isOpen,
    resume: async (runs) => {
      const run = await pick(runs, msg('Select the run to resume'));
      if (run) await resume(run);
    },
    discard: async (runs) => {
      const run = await pick(runs, msg('Select the run to discard'));
      if (!run) return;
      const question = msg('Discard the run of {0} from {1}?', run.cluster, timeText(run.started));
      const detail = msg(
        'It is closed as cancelled and can no longer be resumed. Jobs that are still in progress on the nodes continue there.',
      );
      const yes = t(msg('Discard Run'));
      const answer = await window.showWarningMessage(t(question), { modal: true, detail: t(detail) }, yes);
      if (answer === yes) await abandon(run);
    },
    forget: async (uri) => {
      const stored = earlier.of(Uri.parse(uri).fsPath);
      if (stored?.every((run) => !isUnfinished(run, Date.now()))) return;
      const engine = await engines.get(limit());
      for (const run of await engine.openRuns())
        if (run.file === Uri.parse(uri).fsPath) await engine.abandon(run);
    },
    dispose: () => {
      for (const leave of unsubscribe) leave();
    },
  };
}
