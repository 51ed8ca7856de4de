import type { CommandSpec } from './command-spec.ts';
import type { Completion, OptionSpec } from './option-spec.ts';
import { commands, everywhere } from './options.ts';

/** What completes a word. */
export type Completes = Completion | 'command' | 'option';

/** The word to complete, and what completes it. */
export interface Completing {
  /** The part before the value in the same word: `--node=`, or empty. */
  readonly lead: string;
  /** The beginning of the value. */
  readonly begun: string;
  /** Undefined if nothing is known. */
  readonly by: Completes | undefined;
  readonly command: CommandSpec | undefined;
  /** The cluster file on the command line so far, as the user wrote it. */
  readonly clusterFile: string | undefined;
}

function completionOf({ choices, completes }: OptionSpec): Completion | undefined {
  return choices ?? completes;
}

/** The operands of a command line and the option whose value comes next. */
interface Walked {
  readonly operands: readonly string[];
  readonly open: OptionSpec | undefined;
  readonly onlyOperands: boolean;
}

function walk(words: readonly string[], known: readonly OptionSpec[]): Walked {
  const operands: string[] = [];
  let open: OptionSpec | undefined;
  let onlyOperands = false;
  for (const word of words) {
    if (open) open = undefined;
    else if (onlyOperands || word === '-' || !word.startsWith('-')) operands.push(word);
    else if (word === '--') onlyOperands = true;
    else {
      const spec = known.find(({ name, short }) => word === `--${name}` || word === `-${short}`);
      open = spec?.value === undefined ? undefined : spec;
    }
  }
  return { operands, open, onlyOperands };
}

function operandAt({ files, operands }: CommandSpec, index: number): Completion | undefined {
  if (index < operands.length) return operands[index];
  return files === 'many' || files === 'any' ? operands.at(-1) : undefined;
}

/** Finds out what completes the word after these words (without the program's name). */
export function completingAt(words: readonly string[], current: string): Completing {
  const [first, ...rest] = words;
  const command = commands.find(({ name }) => name === first);
  const none = { lead: '', begun: current, command, clusterFile: undefined };
  if (first === undefined) return { ...none, by: current.startsWith('-') ? 'option' : 'command' };
  if (!command) return { ...none, by: undefined };
  const known = [...command.options, ...everywhere];
  const { operands, open, onlyOperands } = walk(rest, known);
  const place = command.operands.indexOf('cluster-file');
  const line = { ...none, clusterFile: place < 0 ? undefined : operands[place] };
  if (open) return { ...line, by: completionOf(open) };
  const inline = onlyOperands ? null : /^(--([^=]+)=)(.*)$/s.exec(current);
  if (inline) {
    const [, lead = '', name, begun = ''] = inline;
    const spec = known.find((option) => option.name === name);
    return { ...line, lead, begun, by: spec && completionOf(spec) };
  }
  if (!onlyOperands && current.startsWith('-')) return { ...line, by: 'option' };
  return { ...line, by: operandAt(command, operands.length) };
}
