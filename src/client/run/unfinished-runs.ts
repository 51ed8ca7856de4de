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

/** So many of the newest runs are looked at. */
const looked = 30;

/** The waits between looks, milliseconds: the window that a reload closes may let go of its run only after this one has begun. */
const waits = [0, 1000, 2000, 4000, 8000, 16_000];

export interface UnfinishedRunNeeds {
  readonly stateFolder: string;
  readonly engines: EngineSource;
  readonly limit: () => number;
  readonly outlines: OutlineStore;
  readonly runner: Runner;
  /** Whether the file's nodes are gone with the window that had them. */
  readonly isGone: (uri: string) => boolean;
  readonly report: (cause: unknown) => void;
}

export interface UnfinishedRuns extends Disposable {
  /** Closes what a closed window has left of a file, without a question. */
  forget(uri: string): Promise<void>;
}

/** Whether a run was left open; only looks for the note that a run takes away at its end, so that nothing else is loaded. */
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

/** Offers to go on with the runs of this window's cluster files that a closed window has left; connects to nothing before. */
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
