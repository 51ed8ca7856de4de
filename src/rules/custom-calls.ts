import type { Message } from '../base/l10n.ts';
import type { Fix } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Called, type CustomScript, called, customScripts } from './custom.ts';
import type { Rule } from './rule.ts';
import type { Command } from './shell.ts';
import type { Word } from './shell-reader.ts';

/** One command of an own step with what it calls. */
export interface Call extends Called {
  readonly own: CustomScript;
  readonly command: Command;
}

/** Announces a problem of one word of a command, or of the command where none is given. */
export type Tell = (message: Message, word?: Pick<Word, 'start' | 'end'>, fix?: Fix | undefined) => void;

/** Every command of the file's own steps. */
const callsOf = perContext((context) =>
  customScripts(context).flatMap((own) =>
    own.script.commands.flatMap((command): readonly Call[] => {
      const found = called(command);
      return found ? [{ ...found, own, command }] : [];
    }),
  ),
);

/** Runs a check on every command of the own steps. */
export function onCalls(check: (call: Call, tell: Tell, context: RuleContext) => void): Rule['check'] {
  return (context, report) => {
    for (const call of callsOf(context)) {
      const tell: Tell = (message, word = { start: call.word.start, end: call.command.end }, fix) => {
        report(call.own.spanOf(word.start, word.end), message, fix);
      };
      check(call, tell, context);
    }
  };
}

/** The fix that puts a text into the script; undefined where its place in the file cannot be told. */
export function put(
  { own }: Call,
  title: Message,
  { start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
): Fix | undefined {
  const span = own.isExact ? own.spanOf(start, end) : undefined;
  return fixBy(title, span && [{ span, text }]);
}
