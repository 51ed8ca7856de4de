import { resolve } from 'node:path';
import { storedRuns } from '../../app/logs/stored-runs.ts';
import { msg } from '../../base/l10n.ts';
import { type Context, exit, pageWidth, wrongUse } from '../command-line/context.ts';
import { compareLogs, type Side, sidesOfRun } from '../logs/compare.ts';
import { exportRun } from '../logs/export-run.ts';
import { listRuns } from '../logs/list-runs.ts';
import { readLog } from '../logs/read-log.ts';
import { reportJson } from '../logs/report-json.ts';
import { reportText } from '../logs/report-text.ts';
import { findRun } from '../logs/runs.ts';
import { showRun } from '../logs/show-run.ts';
import { stateFolderOf } from '../operation/state-folder.ts';

/** `stackprep logs explain FILE…`: explains any log of yum or dnf; an unreadable file does not stop the others. */
async function explain(context: Context, files: readonly string[]): Promise<number> {
  const { io, t, style, options } = context;
  if (files.length === 0)
    return wrongUse(
      context,
      msg('logs explain requires a log: stackprep logs explain FILE, or - for standard input.'),
    );
  const page = { t, style, columns: pageWidth(context) };
  let code: number = exit.fine;
  let gap = '';
  for (const file of files) {
    const read = await readLog(file, io, options.exitCode);
    if (!read.ok) {
      code = wrongUse(context, read.message);
      continue;
    }
    if (options.json) io.stdout.write(`${reportJson(read.report, t)}\n`);
    else io.stdout.write(gap + reportText(read.report, page));
    gap = '\n';
  }
  return code;
}

/** `stackprep logs compare`: two files, or the same step on two nodes of a run. */
async function compare(context: Context, rest: readonly string[]): Promise<number> {
  const { io, options } = context;
  const [one, other, more] = rest;
  if (more !== undefined)
    return wrongUse(context, msg('logs compare takes two logs. Unexpected: {0}.', more));
  if (one !== undefined && other !== undefined) {
    const side = (name: string): Side => ({ name, path: resolve(io.cwd, name) });
    return await compareLogs(context, { left: side(one), right: side(other) });
  }
  const found = findRun(await storedRuns(stateFolderOf(io, options.stateDir)), one ?? 'latest');
  if (!found.ok) return wrongUse(context, found.message);
  const sides = sidesOfRun(found.run, options);
  return sides.ok ? await compareLogs(context, sides) : wrongUse(context, sides.message);
}

/** `stackprep logs`: lists the stored runs, shows the logs of one, exports it, or explains any log. */
export async function logs(context: Context): Promise<number> {
  const { io, options } = context;
  const [word, ...rest] = options.files;
  if (word === 'explain') return await explain(context, rest);
  if (word === 'compare') return await compare(context, rest);
  const runs = await storedRuns(stateFolderOf(io, options.stateDir));
  const chosen = options.follow || options.nodes.length > 0 || options.steps.length > 0;
  if (word === undefined && !chosen) {
    listRuns(context, runs);
    return exit.fine;
  }
  const [name = 'latest', more] = word === 'export' ? rest : options.files;
  if (more !== undefined) return wrongUse(context, msg('logs takes one run. Unexpected: {0}.', more));
  const found = findRun(runs, name);
  if (!found.ok) return wrongUse(context, found.message);
  return word === 'export' ? await exportRun(context, found.run) : await showRun(context, found.run);
}
