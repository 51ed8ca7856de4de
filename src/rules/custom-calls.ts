import type { Message } from '../base/l10n.ts';
import type { Fix } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import type { Call } from './call.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Called, type CustomScript, called, customScripts } from './custom.ts';
import { innerScripts } from './inner-scripts.ts';
import { absolute } from './irreversible.ts';
import type { Rule } from './rule.ts';
import { type Command, readShell } from './shell.ts';
import type { Word } from './shell-reader.ts';

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

/** The arguments of a call with those that xargs adds from the text that it reads. */
function withRead(found: Called, from: Call | undefined): Called {
  if (!from || !found.wrappers.includes('xargs') || !/^(?:echo|printf)$/.test(from.name)) return found;
  return { ...found, args: [...found.args, ...from.args] };
}

/** The commands of a script in a script; without exact offsets, all of them are at the words that hold it. */
function commandsOf({ text, at, isExact }: ReturnType<typeof innerScripts>[number]): readonly Command[] {
  const moved = <Part extends { readonly start: number; readonly end: number }>(part: Part): Part =>
    isExact
      ? { ...part, start: part.start + at.start, end: part.end + at.start }
      : { ...part, start: at.start, end: at.end };
  const word = (each: Word): Word => ({
    ...moved(each),
    variables: isExact ? each.variables.map(moved) : [],
  });
  return readShell(text).commands.map(
    (each): Command => ({
      ...each,
      end: isExact ? each.end + at.start : at.end,
      words: each.words.map(word),
      writes: each.writes.map(({ operator, target }) => ({ operator, target: word(target) })),
      ...(each.document
        ? { document: { ...moved(each.document), isExact: isExact === true && each.document.isExact } }
        : {}),
    }),
  );
}

/** How deep a script is in others, and whether it runs on another host. */
interface Nesting {
  readonly depth: number;
  readonly isElsewhere?: boolean;
}

/** The folder that a script is in, call by call: what a subshell changes to ends with it. */
class Folder {
  current: string | undefined;
  #outer: string | undefined;

  enter({ before }: Command): void {
    if (before === '(') this.#outer = this.current;
  }

  leave({ after }: Command, { name, args }: Called): void {
    if (name === 'cd' || name === 'pushd') this.current = absolute(args[0]?.text ?? '~', this.current);
    if (after === ')') this.current = this.#outer;
  }
}

/** The calls of commands, and of the scripts in their arguments and input. */
function callsIn(
  own: CustomScript,
  all: readonly Command[],
  nesting: Nesting = { depth: 0 },
): readonly Call[] {
  const constants = constantsOf(all);
  const last = all.findLastIndex((command) => called(command));
  const folder = new Folder();
  let previous: Call | undefined;
  return all.flatMap((command, index): readonly Call[] => {
    const words = command.words.map((word) => filled(word, constants));
    const from = command.before === '|' ? previous : undefined;
    const found = called({ ...command, words }) ?? emptyCall(command, words);
    previous = undefined;
    if (!found) return [];
    folder.enter(command);
    const call: Call = {
      ...withRead(found, from),
      own,
      command: { ...command, words },
      isLast: index >= last,
      ...(folder.current === undefined ? {} : { folder: folder.current }),
      ...(from ? { from } : {}),
      ...(nesting.isElsewhere ? { isElsewhere: true } : {}),
    };
    previous = call;
    folder.leave(command, found);
    return nesting.depth === deepest ? [call] : [call, ...callsInside(call, nesting)];
  });
}

function callsInside(call: Call, { depth, isElsewhere = false }: Nesting): readonly Call[] {
  return innerScripts(call).flatMap((script) =>
    callsIn(script.isExact ? call.own : { ...call.own, isExact: false }, commandsOf(script), {
      depth: depth + 1,
      isElsewhere: isElsewhere || script.isElsewhere === true,
    }),
  );
}

/** Every command of the custom steps in the file. */
const callsOf = perContext((context) =>
  customScripts(context).flatMap((own) => callsIn(own, own.script.commands)),
);

/** Runs a check on every command of the custom steps, also on those for other hosts if the rule holds there. */
export function onCalls(
  check: (call: Call, report: ReportWord, context: RuleContext) => void,
  { hasOtherHosts = false }: { readonly hasOtherHosts?: boolean } = {},
): Rule['check'] {
  return (context, report) => {
    for (const call of callsOf(context)) {
      if (call.isElsewhere && !hasOtherHosts) continue;
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
