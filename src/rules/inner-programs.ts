import type { Call } from './call.ts';
import { operands } from './irreversible.ts';
import type { Word } from './shell-reader.ts';

/** A program in another language than the shell's, and the words that hold it. */
export interface InnerProgram {
  readonly text: string;
  readonly at: Word;
}

const interpreters = /^(?:perl|ruby|php|node|(?:platform-)?python[23]?(?:\.\d{1,2})?)$/;

/** The program that a call gives to an interpreter or to awk. */
export function innerProgram({ name, args, word, command }: Call): InnerProgram | undefined {
  if (/^[gmn]?awk$/.test(name)) {
    const [program] = operands(args, /^-[Fvf]$/);
    return program && { text: program.text, at: program };
  }
  if (!interpreters.test(name)) return undefined;
  const index = args.findIndex(({ text }) => /^-[a-zA-Z]{0,9}[ecr]$/.test(text));
  const program = index === -1 ? undefined : args[index + 1];
  if (program) return { text: program.text, at: program };
  return command.document && { text: command.document.text, at: word };
}

/** The shell commands in the strings of a program that starts some. */
export function shellIn(text: string): readonly string[] {
  if (!/\b(?:system|exec|popen|Popen|run|call|check_call|check_output|qx)\b/.test(text)) return [];
  const strings = [...text.matchAll(/(["'])([^"'\n]{1,500})\1/g)].map(([, , inside = '']) => inside);
  // A list of words is one command: subprocess.call(["rm", "-rf", "/"]).
  const lists = [...text.matchAll(/\[([^[\]\n]{1,500})\]/g)].map(([, inside = '']) =>
    inside.replaceAll(/["',]/g, ' '),
  );
  return [...strings, ...lists];
}

/** The paths that a program deletes or empties. */
export function lostPaths(text: string): readonly string[] {
  const deleted = text.matchAll(
    /\b(?:unlink|rmtree|remove_tree|rm_rf|rm_r|removedirs|os\.remove|File\.delete|truncate)\b[\s(]{0,9}(?:glob[\s(]{1,9})?(?:["'])([^"'\n]{1,300})["']/g,
  );
  const emptied = text.matchAll(/\bopen[\s(]{1,9}["']([^"'\n]{1,300})["']\s{0,9},\s{0,9}["']w/g);
  return [...deleted, ...emptied].map(([, path = '']) => path);
}
