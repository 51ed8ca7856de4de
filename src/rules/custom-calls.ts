import type { Message } from '../base/l10n.ts';
import type { Fix } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Called, type CustomScript, called, customScripts } from './custom.ts';
import type { Rule } from './rule.ts';
import type { Command } from './shell.ts';
import type { Word } from './shell-reader.ts';

/** A command of a custom step with the program that it calls. */
export interface Call extends Called {
  readonly own: CustomScript;
  readonly command: Command;
}

/** Reports a problem of a word of a command, or of the whole command if none is given. */
export type ReportWord = (
  message: Message,
  word?: Pick<Word, 'start' | 'end'>,
  fix?: Fix | undefined,
) => void;

/** Every command of the custom steps in the file. */
const callsOf = perContext((context) =>
  customScripts(context).flatMap((own) =>
    own.script.commands.flatMap((command): readonly Call[] => {
      const found = called(command);
      return found ? [{ ...found, own, command }] : [];
    }),
  ),
);

/** Runs a check on every command of the custom steps. */
export function onCalls(
  check: (call: Call, report: ReportWord, context: RuleContext) => void,
): Rule['check'] {
  return (context, report) => {
    for (const call of callsOf(context)) {
      const reportWord: ReportWord = (
        message,
        word = { start: call.word.start, end: call.command.end },
        fix,
      ) => {
        report(call.own.spanOf(word.start, word.end), message, fix);
      };
      check(call, reportWord, context);
    }
  };
}

/** The fix that inserts text into the script; undefined if its position in the file is unknown. */
export function put(
  { own }: Call,
  title: Message,
  { start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
): Fix | undefined {
  const span = own.isExact ? own.spanOf(start, end) : undefined;
  return fixBy(title, span && [{ span, text }]);
}
