import type { Call } from './call.ts';
import { innerProgram, shellIn } from './inner-programs.ts';
import { operands } from './irreversible.ts';
import type { Word } from './shell-reader.ts';

/** A script in an argument or in the input of a command. */
interface InnerScript {
  readonly text: string;
  /** The words in the outer script that hold it. */
  readonly at: Pick<Word, 'start' | 'end'>;
  /** Whether the outer script has the same characters from `at.start` on. */
  readonly isExact?: boolean;
  /** Whether it runs on another host. */
  readonly isElsewhere?: boolean;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ksh', 'zsh', 'su', 'runuser']);
const sshValued = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;

/** Several words as one script. */
function joined(words: readonly Word[]): InnerScript | undefined {
  const [first] = words;
  const text = words.map((word) => word.text).join(' ');
  return first && { text, at: { start: first.start, end: words.at(-1)?.end ?? first.end } };
}

/** What a command gets as its input, if the script says so: a here-document, or the text of echo, printf and cat before the pipe. */
export function inputOf({ command, from }: Call): InnerScript | undefined {
  if (command.document)
    return { text: command.document.text, at: command.document, isExact: command.document.isExact };
  if (!from) return undefined;
  if (from.name === 'cat') return inputOf(from);
  if (from.name !== 'echo' && from.name !== 'printf') return undefined;
  const input = joined(
    from.name === 'echo' ? from.args.filter(({ text }) => !/^-[neE]+$/.test(text)) : from.args,
  );
  return input && { ...input, text: input.text.replaceAll('\\n', '\n') };
}

/** The script of a shell: the word after `-c`, or its input. */
function ofShell(call: Call): InnerScript | undefined {
  const { name, args } = call;
  const index = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text) || text === '--command');
  const script = index === -1 ? undefined : args[index + 1];
  if (script) return { text: script.text, at: script };
  const reads =
    name === 'su' ||
    name === 'runuser' ||
    operands(args).length === 0 ||
    args.some(({ text }) => text === '-s');
  return reads ? inputOf(call) : undefined;
}

/** The script that runs on other hosts. */
function ofOthers(call: Call): InnerScript | undefined {
  const { name, args } = call;
  if (name === 'ssh') {
    const host = args.findIndex(
      (word, index) => !word.text.startsWith('-') && !sshValued.test(args[index - 1]?.text ?? ''),
    );
    return host === -1 ? undefined : (joined(args.slice(host + 1)) ?? inputOf(call));
  }
  if (!/^(?:ansible|pdsh|clush|pssh)$/.test(name)) return undefined;
  const index = args.findIndex(({ text }) => text === '-a' || text === '--args');
  const script = index === -1 || name !== 'ansible' ? args.at(-1) : args[index + 1];
  return script && { text: script.text, at: script };
}

/** The scripts in the arguments and the input of a call: of `sh -c`, `ssh HOST`, `eval`, `trap`, in programs and in substitutions. */
export function innerScripts(call: Call): readonly InnerScript[] {
  const { name, args, word } = call;
  const found: InnerScript[] = [word, ...args].flatMap((each) =>
    (each.substitutions ?? []).map((text) => ({ text, at: each })),
  );
  const put = (script: InnerScript | undefined, isElsewhere = false): void => {
    if (script) found.push(isElsewhere ? { ...script, isElsewhere } : script);
  };
  if (name === 'eval') put(joined(args));
  if (name === 'trap' && args[0] && args.length > 1) put({ text: args[0].text, at: args[0] });
  if (shells.has(name)) put(ofShell(call));
  put(ofOthers(call), true);
  const program = innerProgram(call);
  const inProgram = program ? shellIn(program.text).map((text) => ({ text, at: program.at })) : [];
  return [...found, ...inProgram];
}
