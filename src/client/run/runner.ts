import { type CancellationToken, ProgressLocation, Uri, window } from 'vscode';
import { type Cancellation, createCancellation } from '../../app/cancellation.ts';
import type { StoredRun } from '../../app/entry.ts';
import type { Secrets } from '../../app/jobs/ports.ts';
import { readClusterText } from '../../app/logs/cluster-text.ts';
import type { Operation } from '../../app/operation.ts';
import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Rollout } from '../../cluster/rollout.ts';
import type { Selection } from '../../plan/selection.ts';
import { maskText } from '../../run/mask-shapes.ts';
import { failureText } from '../../view/failures.ts';
import type { ClusterSource, Target } from '../../view/live.ts';
import { progressLine } from '../../view/progress-line.ts';
import { reachOf } from '../../view/reach.ts';
import { summaryOf } from '../../view/summary.ts';
import { fileText } from '../cluster/file-text.ts';
import { soundCluster } from '../cluster/sound-cluster.ts';
import { t } from '../editor/texts.ts';
import type { LogChannel } from '../output/log-channel.ts';
import type { RunStore } from '../stores/run-store.ts';
import { askChange } from './ask-run.ts';
import type { Cancel } from './cancel.ts';
import { confirmation, undoConfirmation } from './confirm.ts';
import type { EngineSource } from './engine.ts';
import {
  type Action,
  logAction,
  rebuiltActions,
  refusalActions,
  remedyActions,
  resultPlace,
  sudoActions,
} from './remedies.ts';
import { resultText, runTitles } from './result.ts';
import { selectionOf, targetOf } from './selection.ts';
import { canUndo, pickUndoStep } from './undo.ts';

/** The settings of a run, read at its start. */
export interface RunSettings {
  readonly confirmRun: boolean;
  readonly parallelNodes: number;
}

export interface RunnerNeeds {
  readonly runs: RunStore;
  readonly engines: EngineSource;
  readonly secrets: (uri: string, cluster: string) => Secrets;
  readonly log: LogChannel;
  readonly settings: () => RunSettings;
  readonly source: (uri: string) => ClusterSource | undefined;
  readonly cancel: Cancel;
  /** What to offer after a success. */
  readonly after: (kind: RunKind, uri: string) => readonly Action[];
}

export interface Runner {
  /** Reads the file, asks the user if required (always before an undo, also for its step), and runs; resolves at the end of the run. */
  start(kind: RunKind, target: Target): Promise<void>;
  /** Checks some steps on some nodes of a file; resolves at the end, false if nothing was checked. */
  check(uri: string, selection: Selection, onDifference?: Operation['onDifference']): Promise<boolean>;
  /** Follows the jobs of an unfinished run on the nodes, then runs its remaining steps. */
  resume(uri: string, open: StoredRun): Promise<void>;
}

interface Work {
  readonly kind: RunKind;
  readonly uri: string;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** The text of the cluster file; of a resumed run, the one that it began with. */
  readonly text: string;
  /** The run to resume; undefined for a new one. */
  readonly open?: StoredRun;
  /** The user's choice of batches. */
  readonly rollout?: Rollout;
  readonly onDifference?: Operation['onDifference'];
}

/** Starts checks and runs, one at a time per cluster. */
export function createRunner(needs: RunnerNeeds): Runner {
  const { runs, engines, secrets, log, settings, source, cancel } = needs;
  async function notify(
    level: 'info' | 'warning' | 'error',
    text: Message,
    actions: readonly Action[] = [],
    show: Action = { label: t(msg('Show Log')), act: () => log.show() },
  ): Promise<void> {
    const tellers = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    };
    const all = [...actions, show];
    const picked = await tellers[level](t(text), ...all.map(({ label }) => label));
    await all.find(({ label }) => label === picked)?.act();
  }

  /** The user's choice of batches, empty for those of the file; undefined if the user cancels. */
  async function confirm({ kind, cluster, selection }: Work): Promise<Rollout | undefined> {
    const reach = reachOf(cluster, selection);
    switch (kind) {
      case 'check':
        return {};
      case 'run': {
        const question = confirmation(cluster, reach);
        if (!settings().confirmRun) return {};
        return await askChange({ kind, cluster, reach, question, answer: msg('Run') });
      }
      case 'undo': {
        const question = undoConfirmation(cluster, reach);
        return await askChange({ kind, cluster, reach, question, answer: msg('Undo') });
      }
      default:
        return assertNever(kind);
    }
  }

  async function drive(work: Work, cancellation: Cancellation): Promise<void> {
    const { kind, uri, cluster, selection, open, text, rollout = {}, onDifference } = work;
    const engine = await engines.get(settings().parallelNodes);
    const wish = {
      cluster,
      secrets: secrets(uri, cluster.name),
      file: Uri.parse(uri).fsPath,
      text,
      cancellation,
    };
    const { signal } = new AbortController();
    const events = open
      ? engine.resume({ ...wish, open }, signal)
      : engine.operate(
          { ...wish, policy: { rollout }, kind, selection, ...(onDifference && { onDifference }) },
          signal,
        );
    for await (const event of events) {
      runs.apply(uri, event);
      log.event(uri, event, kind);
    }
  }

  /** Shows the progress of the run until it ends or the user presses Cancel; true for the latter. */
  async function showProgress({ kind, uri, cluster }: Work, over: Promise<void>): Promise<boolean> {
    const title = t(runTitles[kind](cluster.name));
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    return await window.withProgress(options, async (progress, token: CancellationToken) => {
      let shown = 0;
      const report = (): void => {
        const now = source(uri);
        if (!now) return;
        const { brief, percent } = progressLine(now);
        progress.report({ message: t(brief), increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      };
      report();
      const unsubscribe = runs.onDidChange((uris) => {
        if (uris.has(uri)) report();
      });
      let press: (value: boolean) => void = () => undefined;
      const pressed = new Promise<boolean>((resolve) => {
        press = resolve;
      });
      const listening = token.onCancellationRequested(() => press(true));
      try {
        return await Promise.race([over.then(() => false), pressed]);
      } finally {
        listening.dispose();
        unsubscribe();
      }
    });
  }

  async function withProgress(work: Work, cancellation: Cancellation): Promise<void> {
    const driven = drive(work, cancellation);
    // VS Code closes the notification when Cancel is pressed; the run continues until the question is answered, and after it.
    while (await showProgress(work, driven))
      cancel({ uri: work.uri }).catch((cause: unknown) => log.note(String(cause)));
    await driven;
  }

  /** Runs, and shows the result; false if another run is in progress. */
  async function run(work: Work): Promise<boolean> {
    const { kind, uri, cluster, selection } = work;
    const cancellation = createCancellation();
    const outline = source(uri)?.outline;
    const begun = outline && { outline, text: maskText(work.text) };
    if (!runs.begin(uri, cancellation, begun)) {
      refuseSecond(cluster.name);
      return false;
    }
    try {
      await withProgress(work, cancellation);
    } finally {
      runs.end(uri);
    }
    const refusal = runs.get(uri).run?.refusal;
    if (refusal) {
      void notify('error', failureText(refusal), refusalActions(refusal, uri));
      return true;
    }
    const summary = summaryOf({ cluster, selection, state: runs.get(uri) });
    const level = summary.outcome === 'ok' ? 'info' : summary.outcome === 'cancelled' ? 'warning' : 'error';
    const steps = cluster.steps.map(({ id }) => id);
    const remedies = await remedyActions(summary, { uri, steps, start });
    const again = sudoActions(runs.get(uri), (nodes) => start(kind, targetOf(uri, selection, nodes)));
    const rebuilt = rebuiltActions(runs.get(uri), uri);
    const after = summary.outcome === 'ok' ? needs.after(kind, uri) : [];
    const actions = [...unfinishedRunActions(uri), ...again, ...rebuilt, ...remedies, ...after];
    const text = resultText(kind, cluster.name, { ...summary, isPartly: !cancellation.run.before.aborted });
    const id = runs.get(uri).run?.id;
    void notify(level, text, actions, id === undefined ? undefined : logAction(resultPlace(summary, id)));
    return true;
  }

  /** Offers to resume a run whose journal could not be written. */
  function unfinishedRunActions(uri: string): readonly Action[] {
    const { nodes } = runs.get(uri);
    if (!Object.values(nodes).some(({ failure }) => failure?.code === 'journal-unwritable')) return [];
    const act = async (): Promise<void> => {
      const engine = await engines.get(settings().parallelNodes);
      const open = (await engine.openRuns()).find(({ file }) => file === Uri.parse(uri).fsPath);
      if (open) await resume(uri, open);
    };
    return [{ label: t(msg('Resume')), act }];
  }

  function refuseSecond(cluster: string): Promise<void> {
    return notify(
      'warning',
      msg('A run is already in progress on {0}. Wait for it to finish, or cancel it.', cluster),
    );
  }

  /** The cluster of a file that can be used now; otherwise shows why not. */
  async function ready(uri: string): Promise<Cluster | undefined> {
    const cluster = await soundCluster(uri);
    if (!cluster) return undefined;
    if (!runs.isRunning(uri)) return cluster;
    refuseSecond(cluster.name);
    return undefined;
  }

  /** The step to undo; undefined if the user cancels, or picks a step that cannot be undone. */
  async function undoSelection(cluster: Cluster, target: Target): Promise<Selection | undefined> {
    const step = target.step ?? (await pickUndoStep(cluster, selectionOf(target)));
    if (step === undefined || !(await canUndo(cluster, step))) return undefined;
    return selectionOf({ ...target, step });
  }

  /** The selection to run; undefined if the user cancels. */
  async function selectionFor(
    kind: RunKind,
    cluster: Cluster,
    target: Target,
  ): Promise<Selection | undefined> {
    switch (kind) {
      case 'check':
      case 'run':
        return selectionOf(target);
      case 'undo':
        return await undoSelection(cluster, target);
      default:
        return assertNever(kind);
    }
  }

  const start: Runner['start'] = async (kind, target) => {
    const { uri } = target;
    const cluster = await ready(uri);
    if (!cluster) return;
    const text = (await fileText(uri)) ?? '';
    const selection = await selectionFor(kind, cluster, target);
    if (!selection) return;
    const work = { kind, uri, cluster, selection, text };
    if (reachOf(cluster, selection).nodes.length === 0) {
      void notify('warning', msg('{0} has no step that this version can run here.', cluster.name));
      return;
    }
    const rollout = await confirm(work);
    if (rollout) await run({ ...work, rollout });
  };
  const resume: Runner['resume'] = async (uri, open) => {
    const cluster = await ready(uri);
    const selection = { nodes: open.nodes, steps: open.steps };
    const text = (await readClusterText(open.folder)) ?? (await fileText(uri)) ?? '';
    if (cluster) await run({ kind: open.kind, uri, cluster, selection, open, text });
  };
  const check: Runner['check'] = async (uri, selection, onDifference) => {
    const cluster = await ready(uri);
    if (!cluster) return false;
    const text = (await fileText(uri)) ?? '';
    return await run({ kind: 'check', uri, cluster, selection, text, ...(onDifference && { onDifference }) });
  };
  return { start, check, resume };
}
