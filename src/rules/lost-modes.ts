import { msg } from '../base/l10n.ts';
import { hasOption, isSystemFile, isSystemFolder, isSystemProgram, operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';
import type { Word } from './shell-reader.ts';

/** Whether a mode takes the right to execute away. */
function disables(args: readonly Word[]): boolean {
  return args.some(({ text }) => /^[augo]{0,4}-[rwst]{0,4}x|^0?[0-7]?[0246]{3}$|^0{1,2}$/.test(text));
}

/** Changes owner, mode or labels of a whole folder of the system. */
export const spoils: LossFinder = ({ name, args, folder }) => {
  if (!/^(?:chmod|chown|chgrp|chattr|setfacl|chcon)$/.test(name)) return undefined;
  const [mode, ...rest] = operands(args, /^(?:-[mxtu]|--(?:reference|from|modify))$/);
  const isAll = hasOption(args, 'R', '--recursive');
  const targets =
    name === 'setfacl' || args.some(({ text }) => text.startsWith('--reference')) ? [mode, ...rest] : rest;
  const word = targets.find((target) => target && isSystemFolder(target.text, folder));
  const isOpen =
    name === 'chmod' &&
    /^(?:0?[0-7]?[0-7][0-7][2367]|a?[+=][^\Ww]*w\w*|o\+[^\Ww]*w\w*)$/.test(mode?.text ?? '');
  const file =
    isOpen || (name === 'chmod' && /^0?0{2,3}$/.test(mode?.text ?? ''))
      ? targets.find((target) => target && isSystemFile(target.text))
      : undefined;
  const isDisabled = name === 'chmod' && disables(args);
  const program = isDisabled ? operands(args).find(({ text }) => isSystemProgram(text)) : undefined;
  if (program)
    return {
      message: msg('Without the right to execute {0}, neither logins nor steps work.', program.text),
      word: program,
    };
  if (file)
    return {
      message: msg('Every user could change {0}, or no service could read it.', file.text),
      word: file,
    };
  if (!word || !(isAll || isOpen)) return undefined;
  return {
    message: msg(
      '{0} for all of {1}: sshd, sudo and rpm refuse files with other modes or owners, and the earlier ones are lost.',
      name,
      word.text,
    ),
    word,
  };
};
