import { msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import type { LossFinder } from './loss.ts';

/** Whether a signal ends a process: not one that makes it reload, reopen its logs or only shows that it is there. */
export function isEnding(args: Call['args']): boolean {
  return !args.some(({ text }, index) => {
    const isValue = /^-(?:s|n)$|^--signal$/.test(args[index - 1]?.text ?? '');
    const signal = isValue ? text : /^-(?:-signal=)?(.{1,12})$/.exec(text)?.[1];
    return (
      signal !== undefined && /^(?:SIG)?(?:0|1|10|12|17|18|28|HUP|USR1|USR2|CONT|CHLD|WINCH)$/i.test(signal)
    );
  });
}

/** Whether a command ends the first process, or all of them. */
function endsAll({ name, args }: Call): boolean {
  if (name === 'killall5') return isEnding(args);
  if (name === 'kill') {
    const numbers = args.filter(
      ({ text }, index) =>
        !/^-(?:s|n)$/.test(args[index - 1]?.text ?? '') &&
        (/^\d+$/.test(text) || (index > 0 && text === '-1')),
    );
    // Process 1 ends by SIGTERM no more than by nothing: systemd starts itself again.
    const isHard = args.some(({ text }) => /^-?(?:9|(?:SIG)?(?:KILL|INT|QUIT))$/i.test(text));
    return (
      isEnding(args.slice(0, -1)) && numbers.some(({ text }) => text === '-1' || (text === '1' && isHard))
    );
  }
  if (name !== 'pkill' && name !== 'killall') return false;
  const isRoot = args.some(
    ({ text }, index) => /^-[uU]$|^--e?uid$/.test(args[index - 1]?.text ?? '') && /^(?:root|0)$/.test(text),
  );
  const isManager = args.some(({ text }) => /^(?:systemd|init)$/.test(text));
  const isNarrow = args.some(({ text }) => /^-[a-zA-Z]*[ftP]/.test(text));
  const operand = args.some(
    ({ text }, index) => !text.startsWith('-') && !/^-[uUstPgGn]$/.test(args[index - 1]?.text ?? ''),
  );
  return isEnding(args) && !isNarrow && (isManager || (isRoot && !operand));
}

/** Whether a function calls itself twice in the background: a fork bomb. */
function isBomb({ name, command, own }: Call): boolean {
  if (command.after !== '|' || name.length > 40) return false;
  const text = own.text.replaceAll(/\s/g, '');
  return text.includes(`${name}(){${name}|${name}&}`);
}

/** Ends the processes that a node needs, or starts more than it can run. */
export const exhausts: LossFinder = (call) => {
  if (isBomb(call))
    return { message: msg('This starts processes without end, until the node no longer responds.') };
  return endsAll(call)
    ? {
        message: msg(
          'This ends processes that the node needs to run, and with them the step. Restart single services with {0}.',
          'systemctl',
        ),
      }
    : undefined;
};
