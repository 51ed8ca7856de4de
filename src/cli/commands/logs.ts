import { resolve } from 'node:path';
import { storedRuns } from '../../app/logs/stored-runs.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { type Context, exit, pageWidth, wrongUse } from '../command-line/context.ts';
import { isBundle } from '../logs/bundle.ts';
import { compareLogs, type Side, sidesOfRun } from '../logs/compare.ts';
import { exportRun } from '../logs/export-run.ts';
import { listRuns } from '../logs/list-runs.ts';
import { type BundleSummary, readBundle } from '../logs/read-bundle.ts';
import { type LogReport, pathOf, readLog } from '../logs/read-log.ts';
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
  const print = (report: LogReport): void => {
    if (options.json) io.stdout.write(`${reportJson(report, t)}\n`);
    else io.stdout.write(gap + reportText(report, page));
    gap = '\n';
  };
  for (const file of files) {
    const found = await whatIs(file, context);
    if (found.kind === 'wrong') code = wrongUse(context, found.message);
    else if (found.kind === 'bundle')
      code = Math.max(code, await explainBundle(context, { file, path: found.path, print }));
    else {
      const read = await readLog(file, io, options.exitCode);
      if (read.ok) print(read.report);
      else code = wrongUse(context, read.message);
    }
  }
  return code;
}

type Argument =
  | { readonly kind: 'log' }
  | { readonly kind: 'bundle'; readonly path: string }
  | { readonly kind: 'wrong'; readonly message: Message };

async function whatIs(file: string, { io }: Context): Promise<Argument> {
  if (file === '-') return { kind: 'log' };
  if (/^(?:https?|ftp):\/\//i.test(file))
    return {
      kind: 'wrong',
      message: msg(
        '{0} is not on this computer. Download it first: curl -fsSL URL | stackprep logs explain -',
        file,
      ),
    };
  try {
    const path = pathOf(file, io.cwd);
    return (await isBundle(path)) ? { kind: 'bundle', path } : { kind: 'log' };
  } catch (cause) {
    if (cause instanceof TypeError)
      return { kind: 'wrong', message: msg('{0} is not the URL of a file on this computer.', file) };
    // Reading it says why it cannot be read.
    if (isSystemError(cause)) return { kind: 'log' };
    throw cause;
  }
}

interface Bundle {
  readonly file: string;
  readonly path: string;
  readonly print: (report: LogReport) => void;
}

/** Explains all logs of the package tools in a folder or an archive, then says what was read. */
async function explainBundle(context: Context, { file, path, print }: Bundle): Promise<number> {
  const { io, t } = context;
  const summary: BundleSummary = { read: 0, found: 0, large: 0, isCut: false };
  const reports = readBundle(file, path, summary);
  let next = await reports.next();
  for (; !next.done; next = await reports.next()) print(next.value);
  if (next.value) return wrongUse(context, next.value.message);
  if (summary.found === 0)
    return wrongUse(
      context,
      msg('{0} has no log of yum, dnf, rpm or Packstack ({1} logs read).', file, summary.read),
    );
  const left = summary.large > 0 || summary.isCut;
  const notes = [
    msg('{0} logs read, {1} of them of yum, dnf, rpm or Packstack.', summary.read, summary.found),
    ...(left ? [msg('Not everything was read: the bundle is too large.')] : []),
  ];
  io.stderr.write(`${notes.map(t).join(' ')}\n`);
  return exit.fine;
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
  const { io, options, t } = context;
  const [word, ...rest] = options.files;
  if (word === 'explain') return await explain(context, rest);
  if (word === 'compare') return await compare(context, rest);
  const runs = await storedRuns(stateFolderOf(io, options.stateDir), (run, cause) =>
    io.stderr.write(`${t(msg('Run {0} cannot be read: {1}.', run, cause))}\n`),
  );
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
