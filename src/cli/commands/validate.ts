import { resolve } from 'node:path';
import { version } from '../../../package.json';
import { createProjectFiles } from '../../app/project-file.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { Problem, Severity } from '../../base/problem.ts';
import { settle } from '../../cluster/suppressions.ts';
import { checkAnswers } from '../../packstack/check.ts';
import { beginsWithAnswers, isAnswerFile } from '../../packstack/name.ts';
import { readCluster } from '../../rules/decode.ts';
import { readClusterFile } from '../cluster/cluster-file.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { type Findings, findingList, findingsText } from '../report/findings.ts';
import { sarifLog } from '../report/sarif.ts';
import { jsonText } from '../text/json.ts';

function counted(count: number, one: Message, many: Message): readonly Message[] {
  if (count === 0) return [];
  return [count === 1 ? one : many];
}

/** `2 errors, 1 warning`, as messages to be joined. */
function totals(problems: readonly Problem[]): readonly Message[] {
  const count = (severity: Severity): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('information')];
  return [
    ...counted(errors, msg('1 error'), msg('{0} errors', errors)),
    ...counted(warnings, msg('1 warning'), msg('{0} warnings', warnings)),
    ...counted(notes, msg('1 note'), msg('{0} notes', notes)),
  ];
}

function printText(context: Context, all: readonly Findings[]): void {
  const { io, t, style } = context;
  for (const findings of all) {
    if (findings.problems.length === 0) continue;
    io.stdout.write(`${findingsText(findings, t, style)}\n`);
  }
  const problems = all.flatMap((findings) => findings.problems);
  const files = all.length === 1 ? (all[0]?.file ?? '') : msg('{0} files', all.length);
  const ignored = all.reduce((sum, { suppressed = [] }) => sum + suppressed.length, 0);
  if (ignored > 0) say(context, t(msg('Problems ignored by comments: {0}.', ignored)));
  if (problems.length === 0) say(context, style.green(t(msg('No problems found in {0}.', files))));
  else say(context, t(msg('{0} in {1}.', totals(problems).map(t).join(', '), files)));
}

function printJson({ io, t }: Context, all: readonly Findings[]): void {
  const list = all.flatMap((findings) =>
    findingList(findings, t).map((finding) =>
      all.length > 1 ? { file: findings.file, ...finding } : finding,
    ),
  );
  io.stdout.write(`${jsonText(list, 2)}\n`);
}

/** `stackprep validate`: the problems of cluster files and of Packstack answer files. */
export async function validate(context: Context): Promise<number> {
  const { io, options, t } = context;
  const all: Findings[] = [];
  const projects = createProjectFiles();
  for (const file of options.files) {
    const read = await readClusterFile(file, io.cwd);
    if (!read.ok) return wrongUse(context, read.message);
    const { text } = read;
    const today = new Date().toISOString().slice(0, 10);
    const isAnswers = isAnswerFile(file) || beginsWithAnswers(text);
    const settings = projects.of(resolve(io.cwd, file));
    for (const name of settings?.unread ?? [])
      say(
        context,
        t(
          msg(
            '{0}: {1} is neither a code of a problem with a severity nor a setting. It is not used.',
            settings?.path ?? '',
            name,
          ),
        ),
      );
    const severities = settings?.severities;
    const settled = isAnswers
      ? settle(checkAnswers(text), text, severities)
      : readCluster(text, { today, severities }).decoded;
    all.push({ file, text, ...settled });
  }
  const format = options.format ?? (options.json ? 'json' : 'text');
  if (format === 'sarif') io.stdout.write(`${jsonText(sarifLog(all, t, { version, cwd: io.cwd }), 2)}\n`);
  else if (format === 'json') printJson(context, all);
  else printText(context, all);
  const found = all.some(({ problems }) => problems.some(({ severity }) => severity !== 'information'));
  return found ? exit.findings : exit.fine;
}
