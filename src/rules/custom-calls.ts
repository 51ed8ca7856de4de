import type { Message } from '../base/l10n.ts';
import type { Fix } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Called, type CustomScript, called, customScripts } from './custom.ts';
import { innerScripts } from './inner-scripts.ts';
import { absolute } from './irreversible.ts';
import type { Rule } from './rule.ts';
import { type Command, readShell } from './shell.ts';
import type { Word } from './shell-reader.ts';

/** A command of a custom step with the program that it calls. */
export interface Call extends Called {
  readonly own: CustomScript;
  readonly command: Command;
  /** The folder that the script has changed to, if it is known. */
  readonly folder?: string;
  /** Whether no command of the script follows. */
  readonly isLast: boolean;
}

/** Reports a problem of a word of a command, or of the whole command if none is given. */
export type ReportWord = (
  message: Message,
  word?: Pick<Word, 'start' | 'end'>,
  fix?: Fix | undefined,
) => void;

/** Maximum depth of scripts in arguments: `bash -c 'sh -c "…"'`. */
const deepest = 3;

/** The literal values of variables that a script sets once. */
function constantsOf(commands: readonly Command[]): ReadonlyMap<string, string> {
  const values = new Map<string, string | undefined>();
  for (const { words } of commands)
    for (const { text, variables } of words) {
      const [whole, name = ''] = /^([A-Za-z_]\w*)=/.exec(text) ?? [];
      if (whole === undefined) continue;
      const isKnown =
        variables.length === 0 && !values.has(name) && !text.includes('`') && !text.includes('$(');
      values.set(name, isKnown ? text.slice(whole.length) : undefined);
    }
  return new Map(
    [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** A word with the variables that are known. */
function filled(word: Word, constants: ReadonlyMap<string, string>): Word {
  if (word.variables.length === 0 || constants.size === 0) return word;
  const text = word.text.replaceAll(
    /\$\{(\w+)\}|\$(\w+)/g,
    (whole, braced?: string, plain?: string) => constants.get(braced ?? plain ?? '') ?? whole,
  );
  return text === word.text ? word : { ...word, text };
}

/** An assignment or a redirection alone, as a call of the command that does nothing. */
function emptyCall({ writes }: Command, words: readonly Word[]): Called | undefined {
  const [word = writes[0]?.target] = words;
  return word && { name: ':', word, args: words, wrappers: [] };
}

/** The calls of commands, and of the scripts in their arguments; those are reported at the whole argument. */
function callsIn(own: CustomScript, all: readonly Command[], depth = 0): readonly Call[] {
  const constants = constantsOf(all);
  const last = all.findLastIndex((command) => called(command));
  let folder: string | undefined;
  return all.flatMap((command, index): readonly Call[] => {
    const words = command.words.map((word) => filled(word, constants));
    const found = called({ ...command, words }) ?? emptyCall(command, words);
    if (!found) return [];
    const call: Call = {
      ...found,
      own,
      command: { ...command, words },
      isLast: index >= last,
      ...(folder === undefined ? {} : { folder }),
    };
    if (found.name === 'cd') folder = absolute(found.args[0]?.text ?? '', folder);
    if (depth === deepest) return [call];
    const inner = innerScripts(call).flatMap(({ text, at }) => {
      const commands = readShell(text).commands.map(
        (each): Command => ({
          ...each,
          end: at.end,
          words: each.words.map((word) => ({ ...word, start: at.start, end: at.end, variables: [] })),
          writes: each.writes.map(({ operator, target }) => ({
            operator,
            target: { ...target, start: at.start, end: at.end },
          })),
        }),
      );
      return callsIn({ ...own, isExact: false }, commands, depth + 1);
    });
    return [call, ...inner];
  });
}

/** Every command of the custom steps in the file. */
const callsOf = perContext((context) =>
  customScripts(context).flatMap((own) => callsIn(own, own.script.commands)),
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
