import { resolve } from 'node:path';
import { writeArchive } from '../../app/logs/export-run.ts';
import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { msg } from '../../base/l10n.ts';
import { exportNote } from '../../view/log/export.ts';
import { systemErrorMessage } from '../cluster/cluster-file.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { wantedOf } from './show-run.ts';

/** Writes the journal and the logs of a run, or of the chosen nodes, to an archive for a bug report. */
export async function exportRun(context: Context, run: StoredRun): Promise<number> {
  const { io, t, options } = context;
  const file = options.output ?? `stackprep-${run.run}.tar.gz`;
  const chosen = wantedOf(run, context);
  if (!chosen.ok) return wrongUse(context, chosen.message);
  const nodes = options.nodes.length > 0 ? { nodes: chosen.wanted.nodes } : {};
  try {
    await writeArchive({ ...run, ...nodes }, resolve(io.cwd, file));
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    if (cause.code === 'EEXIST')
      return wrongUse(context, msg('{0} already exists. Choose another file with --output.', file));
    return wrongUse(context, systemErrorMessage(file, cause));
  }
  say(context, t(msg('Journal and logs of the run: {0}.', file)));
  say(context, t(exportNote));
  return exit.fine;
}
