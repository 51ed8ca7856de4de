import { msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import { isSurely, type RuleContext } from './context.ts';
import { hasOption, isSystemFile, isSystemFolder, operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';
import { loginUsers } from './lost-accounts.ts';
import type { Word } from './shell-reader.ts';

const accountFile = /^\/etc\/(?:passwd|g?shadow|group|sudoers)$/;

/** The file that a download or dd writes. */
function written({ name, args, command }: Call): Word | undefined {
  const redirected = command.writes.find(
    ({ operator, target }) =>
      operator === '>' && isSystemFile(target.text) && !/sysrq|authorized_keys/.test(target.text),
  );
  if (redirected) return redirected.target;
  if (name === 'dd') {
    const word = args.find(({ text }) => text.startsWith('of='));
    return word && isSystemFile(word.text.slice(3)) ? { ...word, text: word.text.slice(3) } : undefined;
  }
  if (name !== 'curl' && name !== 'wget') return undefined;
  const option = name === 'curl' ? /^(?:-[a-zA-Z]*o|--output)$/ : /^(?:-[a-zA-Z]*O|--output-document)$/;
  const word = args[args.findIndex(({ text }) => option.test(text)) + 1];
  return word && args.some(({ text }) => option.test(text)) && isSystemFile(word.text) ? word : undefined;
}

/** Whether a script of sed deletes every line, or the line of the login user. */
function deletesLines(script: string, users: ReadonlySet<string>): boolean {
  const [, name] = /^\/\^?([\w-]{1,32}):?\/I?d$/.exec(script) ?? [];
  return /^(?:1,\$)?d$/.test(script) || (name !== undefined && users.has(name));
}

/** The file of which sed deletes the lines that matter. */
function emptiedBySed({ name, args }: Call, context: RuleContext): Word | undefined {
  if (name !== 'sed' || !hasOption(args, 'i', '--in-place')) return undefined;
  const scripts = args.filter((_, index) => /^-[a-zA-Z]*e$|^--expression$/.test(args[index - 1]?.text ?? ''));
  const rest = operands(args, /^-[ef]$/);
  const all = scripts.length > 0 ? scripts : rest.slice(0, 1);
  const file = (scripts.length > 0 ? rest : rest.slice(1)).find(({ text }) => isSystemFile(text));
  const users = loginUsers(context);
  return file && all.some(({ text }) => deletesLines(text.trim(), users)) ? file : undefined;
}

/** Where cp, mv, install and ln put their file, if logins or the start of the system need what is there. */
function placed({ name, args }: Call, context: RuleContext): Word | undefined {
  const all = operands(args);
  const last = all.at(-1);
  if (!/^(?:cp|mv|install|ln)$/.test(name) || !last || all.length < 2) return undefined;
  // yum of Enterprise Linux 7 is a program for python 2.
  const isPython = name === 'ln' && /^\/(?:usr\/)?bin\/python$/.test(last.text) && isSurely(context, 7);
  const isNull = name === 'mv' && last.text === '/dev/null';
  return accountFile.test(last.text) || isPython || isNull ? last : undefined;
}

/** The first of the operands that a command empties or deletes. */
function removed({ name, args }: Call): Word | undefined {
  const isTee = name === 'tee' && !hasOption(args, 'a', '--append');
  const isGone = /^(?:rm|unlink|truncate|shred)$/.test(name);
  const all = operands(args, /^-[so]$/);
  if (isTee || isGone)
    return all.find(({ text }) => isSystemFile(text) && !(isTee && /sysrq|authorized_keys$/.test(text)));
  if (name !== 'mv' || all.length < 2) return undefined;
  return all.slice(0, -1).find(({ text }) => isSystemFile(text) || isSystemFolder(text));
}

/** Empties, replaces or deletes a file that logins and the start of the system need. */
export const replaces: LossFinder = (call, context) => {
  const lost = written(call) ?? placed(call, context) ?? removed(call) ?? emptiedBySed(call, context);
  return (
    lost && {
      message: msg(
        'This replaces or removes {0}, which logins or the start of the node need. Change single lines of it, and keep a copy.',
        lost.text,
      ),
      word: lost,
    }
  );
};
