import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Disposable, Uri, window, workspace } from 'vscode';
import type { Engine, StoredRun } from '../../app/entry.ts';
import { msg } from '../../base/l10n.ts';
import { noticeText } from '../editor/notice.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import type { EngineSource } from './engine.ts';
import type { Runner } from './runner.ts';
import { unfinishedText } from './unfinished-text.ts';

/** Maximum number of newest runs that are checked. */
const looked = 30;

/** Delays between checks, in milliseconds: on reload, the closing window may release its run only after this one has started. */
const waits = [0, 1000, 2000, 4000, 8000, 16_000];

export interface UnfinishedRunNeeds {
  readonly stateFolder: string;
  readonly engines: EngineSource;
  readonly limit: () => number;
  readonly outlines: OutlineStore;
  readonly runner: Runner;
  /** Whether the file's nodes ended with the window that ran them. */
  readonly isGone: (uri: string) => boolean;
  readonly report: (cause: unknown) => void;
}

export interface UnfinishedRuns extends Disposable {
  /** Closes unfinished runs of a file without asking. */
  forget(uri: string): Promise<void>;
}

/** Whether a run is unfinished; checks only for the marker file that a run deletes at its end, so that nothing else is loaded. */
async function hasOpenRun(stateFolder: string): Promise<boolean> {
  const folder = join(stateFolder, 'runs');
  const names = await readdir(folder).catch(() => []);
  for (const name of names.sort().slice(-looked)) {
    const isNoted = await access(join(folder, name, 'owner')).then(
      () => true,
      () => false,
    );
    if (isNoted) return true;
  }
  return false;
}

/** Offers to resume unfinished runs of closed windows for this window's cluster files; does not connect before. */
export function offerUnfinishedRuns(needs: UnfinishedRunNeeds): UnfinishedRuns {
  const { stateFolder, engines, limit, outlines, runner, isGone, report } = needs;
  const stop = new AbortController();
  const seen = new Set<string>();

  async function openRunsOf(engine: Engine, uri: string): Promise<readonly StoredRun[]> {
    return (await engine.openRuns()).filter(({ file }) => file === Uri.parse(uri).fsPath);
  }

  async function offer(engine: Engine, uri: string, run: StoredRun): Promise<void> {
    const goOn = t(msg('Resume'));
    const forget = t(msg('Discard Run'));
    const { kind, cluster, last } = run;
    const text = unfinishedText(kind, cluster, timeText(last));
    const picked = await window.showInformationMessage(noticeText(t(text)), goOn, forget);
    if (picked === goOn) await runner.resume(uri, run);
    if (picked === forget) await engine.abandon(run);
  }

  async function look(uri: string): Promise<void> {
    for (const wait of waits) {
      await delay(wait, undefined, { signal: stop.signal, ref: false });
      const cluster = outlines.get(uri)?.cluster.id;
      if (cluster === undefined || !workspace.isTrusted || !(await hasOpenRun(stateFolder))) return;
      const engine = await engines.get(limit());
      const run = (await openRunsOf(engine, uri)).find((each) => each.cluster === cluster);
      if (run) return await offer(engine, uri, run);
    }
  }

  const soon = (uri: string): void => {
    if (seen.has(uri) || !outlines.get(uri) || isGone(uri)) return;
    seen.add(uri);
    look(uri).catch((cause: unknown) => {
      if (!stop.signal.aborted) report(cause);
    });
  };
  const unsubscribe = outlines.onDidChange(soon);
  for (const { uri } of outlines.all()) soon(uri);
  return {
    forget: async (uri) => {
      if (!(await hasOpenRun(stateFolder))) return;
      const engine = await engines.get(limit());
      for (const run of await openRunsOf(engine, uri)) await engine.abandon(run);
    },
    dispose: () => {
      unsubscribe();
      stop.abort();
    },
  };
}
