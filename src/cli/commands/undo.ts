import { msg } from '../../base/l10n.ts';
import { cannotUndo, undoingOf } from '../../view/undo.ts';
import { confirmRun } from '../confirm.ts';
import { type Context, wrongUse } from '../context.ts';
import { openCluster } from '../open-cluster.ts';
import { prepare } from '../prepare.ts';
import { operate } from './operate.ts';

/** `stackprep undo`: takes back steps; one that cannot be undone is refused before anything is connected. */
export async function undo(context: Context): Promise<number> {
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const { cluster, selection } = opened;
  const { steps } = selection;
  if (!steps) return wrongUse(context, msg('Name the step to undo: --step ID.'));
  for (const id of steps) {
    const { possible, told } = undoingOf(cluster, id);
    if (!possible) return wrongUse(context, msg('{0} {1}', cannotUndo(id), told));
  }
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const refused = await confirmRun(context, cluster, selection);
  if (refused !== undefined) return refused;
  return await operate(context, {
    ...opened,
    ...prepared,
    kind: 'undo',
    verbose: context.options.verbose,
  });
}
