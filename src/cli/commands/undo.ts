import { msg } from '../../core/l10n.ts';
import { runnableStep } from '../../core/plan/payload.ts';
import { selectNodes } from '../../core/plan/plan.ts';
import { findStep } from '../../core/steps/catalogue.ts';
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
    const item = cluster.steps.find((each) => each.id === id);
    const [node] = selectNodes(cluster, selection);
    if (!item || !node || runnableStep(cluster, node, item)?.script.revert) continue;
    const byHand = findStep(id);
    return wrongUse(
      context,
      byHand?.script
        ? msg('Stackprep cannot undo {0}. By hand: {1}', id, byHand.undo)
        : msg('Stackprep cannot undo {0}; it does not know what it has changed.', id),
    );
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
