import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { msg } from '../../core/l10n.ts';
import type { EngineSource } from '../engine.ts';
import type { OutlineStore } from '../stores/outline-store.ts';
import { t } from '../texts.ts';
import { timeText } from '../time.ts';
import type { Runner } from './runner.ts';

/** So many of the newest runs are looked at. */
const looked = 30;

export interface LeftRunNeeds {
  readonly stateFolder: string;
  readonly engines: EngineSource;
  readonly limit: () => number;
  readonly outlines: OutlineStore;
  readonly runner: Runner;
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
export async function offerLeftRuns(needs: LeftRunNeeds): Promise<void> {
  const { stateFolder, engines, limit, outlines, runner } = needs;
  if (!workspace.isTrusted || !(await hasOpenRun(stateFolder))) return;
  const engine = await engines.get(limit());
  const open = await engine.openRuns();
  for (const { uri, cluster } of outlines.all()) {
    const run = open.find((each) => each.cluster === cluster.id && each.file === Uri.parse(uri).fsPath);
    if (!run) continue;
    const goOn = t(msg('Go On'));
    const forget = t(msg('Forget'));
    const text = msg(
      'A run of {0} was left open at {1}; its jobs go on on the nodes.',
      cluster.id,
      timeText(run.last),
    );
    const picked = await window.showInformationMessage(t(text), goOn, forget);
    if (picked === goOn) void runner.resume(uri, run);
    if (picked === forget) await engine.abandon(run);
  }
}
