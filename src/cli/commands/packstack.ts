import { joined, type Message, msg } from '../../base/l10n.ts';
import { type AnswerChange, compareAnswers } from '../../packstack/compare.ts';
import { beginsWithAnswers } from '../../packstack/name.ts';
import { readClusterFile } from '../cluster/cluster-file.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { jsonText } from '../text/json.ts';

function valueText(value: string | undefined, isLacking: boolean): string | Message {
  if (isLacking) return msg('not a key of this Packstack');
  if (value === undefined) return msg('computed by Packstack');
  return value === '' ? msg('empty') : value;
}

function headline({ key, from, to, isSecret, lacking }: AnswerChange): Message {
  if (isSecret) return msg('{0}: a secret changes.', key);
  return joined(
    [joined([key, valueText(from, lacking === 'old')], ': '), valueText(to, lacking === 'new')],
    ' → ',
  );
}

function printJson({ io, t }: Context, changes: readonly AnswerChange[]): void {
  const list = changes.map(({ about, effects, ...change }) => ({
    ...change,
    ...(about ? { about: t(about) } : {}),
    effects: effects.map((effect) => t(effect)),
  }));
  io.stdout.write(`${jsonText(list, 2)}\n`);
}

/** `stackprep packstack diff OLD NEW`: what changes between two answer files; exits 1 if something does. */
export async function packstack(context: Context): Promise<number> {
  const { io, options, t } = context;
  const [word, oldFile, newFile, ...more] = options.files;
  if (word !== 'diff' || oldFile === undefined || newFile === undefined || more.length > 0)
    return wrongUse(context, msg('packstack compares two answer files: stackprep packstack diff OLD NEW.'));
  const before = await readClusterFile(oldFile, io.cwd);
  if (!before.ok) return wrongUse(context, before.message);
  const after = await readClusterFile(newFile, io.cwd);
  if (!after.ok) return wrongUse(context, after.message);
  const other = [oldFile, newFile].find((_file, at) => !beginsWithAnswers([before, after][at]?.text ?? ''));
  if (other !== undefined)
    return wrongUse(
      context,
      msg('{0} is not an answer file of Packstack: it does not begin with [general] and an answer.', other),
    );
  const changes = compareAnswers(before.text, after.text);
  if (options.json) printJson(context, changes);
  else if (changes.length === 0) say(context, t(msg('The two files have the same effect.')));
  else
    for (const change of changes) {
      say(context, t(headline(change)));
      for (const line of [...(change.about ? [change.about] : []), ...change.effects])
        say(context, `    ${t(line)}`);
    }
  return changes.length === 0 ? exit.fine : exit.findings;
}
