import type { Called } from './custom.ts';
import type { Word } from './shell-reader.ts';

/** A script in an argument of a command. */
interface InnerScript {
  readonly text: string;
  readonly at: Word;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ksh', 'zsh', 'su', 'runuser']);

/** The text of `$( … )` and of backticks in a word. */
function substitutions({ text }: Word): readonly string[] {
  const found: string[] = [];
  const open = text.indexOf('$(');
  const close = text.lastIndexOf(')');
  if (open !== -1 && close > open && text[open + 2] !== '(') found.push(text.slice(open + 2, close));
  const [first, last] = [text.indexOf('`'), text.lastIndexOf('`')];
  if (first !== -1 && last > first) found.push(text.slice(first + 1, last));
  return found;
}

/** The scripts in the arguments of a call: of `sh -c`, `su -c`, `eval`, `find -exec`, and in substitutions. */
export function innerScripts({ name, args, word }: Called): readonly InnerScript[] {
  const found = [word, ...args].flatMap((each) => substitutions(each).map((text) => ({ text, at: each })));
  if (name === 'eval') {
    const [first] = args;
    if (first) found.push({ text: args.map(({ text }) => text).join(' '), at: first });
  }
  if (shells.has(name)) {
    const index = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text) || text === '--command');
    const script = index === -1 ? undefined : args[index + 1];
    if (script) found.push({ text: script.text, at: script });
  }
  return found;
}
