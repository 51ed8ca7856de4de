import { msg } from '../base/l10n.ts';
import { isYum } from './custom-packages.ts';
import { hasOption, isSystemPackage, operands } from './irreversible.ts';
import type { LossFinder } from './loss.ts';

/** Removes packages of the system, or a transaction of packages in a way that cannot be foreseen. */
export const uninstalls: LossFinder = (call) => {
  const { name, args } = call;
  if (isYum(call)) {
    const [verb, second] = operands(
      args,
      /^(?:-[cdeRx]|--(?:enablerepo|disablerepo|exclude|setopt|installroot|config))$/,
    );
    if (verb?.text === 'history' && second && /^(?:undo|redo|rollback)$/.test(second.text))
      return {
        message: msg(
          '{0} undoes whatever is in that transaction, which differs from node to node. Name the packages.',
          `${name} history ${second.text}`,
        ),
        word: second,
      };
    const isSwap = verb?.text === 'swap';
    if (!isSwap && !/^(?:remove|erase|autoremove|rm)$/.test(verb?.text ?? '')) return undefined;
    const packages = isSwap && second ? [second] : operands(args).slice(1);
    const word = packages.find(({ text }) => isSystemPackage(text));
    return (
      word && {
        message: msg('The node needs {0}: without it, it does not start, or no one can log in.', word.text),
        word,
      }
    );
  }
  if (name !== 'rpm' || !hasOption(args, 'e', '--erase') || hasOption(args, 'q', '--query', '--import'))
    return undefined;
  const word =
    args.find(({ text }) => text === '--nodeps') ?? operands(args).find(({ text }) => isSystemPackage(text));
  return (
    word && {
      message: msg('{0} breaks the packages that need it. Let {1} remove packages.', word.text, 'yum'),
      word,
    }
  );
};
