import { msg } from '../../base/l10n.ts';
import { packstackOutlook } from '../../packstack/outlook.ts';
import { answerPage } from '../../packstack/page.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';

/** `stackprep export packstack FILE`: prints the answer file of a cluster to standard output, with `--explain` what Packstack does with it. */
export async function exportFor(context: Context): Promise<number> {
  const { io, t, options } = context;
  const [kind, ...files] = options.files;
  if (kind !== 'packstack' || files.length !== 1)
    return wrongUse(context, msg('export requires a format and a file: stackprep export packstack FILE.'));
  const opened = await openCluster({ ...context, options: { ...options, files } });
  if (!opened.ok) return opened.code;
  if (options.explain) for (const line of packstackOutlook(opened.cluster)) say(context, t(line));
  else io.stdout.write(answerPage(opened.cluster, t));
  return exit.fine;
}
