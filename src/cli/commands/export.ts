import { msg } from '../../base/l10n.ts';
import { answerPage } from '../../packstack/page.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';

/** `stackprep export packstack FILE`: prints the answer file of a cluster to standard output. */
export async function exportFor(context: Context): Promise<number> {
  const { io, t, options } = context;
  const [kind, ...files] = options.files;
  if (kind !== 'packstack' || files.length !== 1)
    return wrongUse(context, msg('export requires a format and a file: stackprep export packstack FILE.'));
  const opened = await openCluster({ ...context, options: { ...options, files } });
  if (!opened.ok) return opened.code;
  io.stdout.write(answerPage(opened.cluster, t));
  return exit.fine;
}
