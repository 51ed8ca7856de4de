import type { Span } from '../base/problem.ts';
import type { Path } from '../schema/places.ts';
import { type Changed, changeOf } from './command-text.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Command, readShell, type Script } from './shell.ts';
import type { Word } from './shell-reader.ts';

/** A script of a custom step. */
export interface CustomScript {
  readonly name: string;
  readonly kind: 'run' | 'check';
  readonly path: Path;
  /** As typed. */
  readonly text: string;
  /** How YAML changes it before the shell gets it. */
  readonly change?: Changed;
  readonly script: Script;
  /** The position of a part of the script in the file; the whole script if the part cannot be located. */
  readonly spanOf: (start: number, end: number) => Span | undefined;
  /** Whether `spanOf` is exact, so that edits are possible. */
  readonly isExact: boolean;
}

/** A command without its wrappers: sudo, env, nohup, assignments. */
export interface Called {
  /** Without the directory: `yum` for `/usr/bin/yum`. */
  readonly name: string;
  readonly word: Word;
  readonly args: readonly Word[];
  readonly wrappers: readonly string[];
}

/** How a program takes the command that it runs: its options with a value, and its own words before the command. */
interface Wrapper {
  readonly valued?: RegExp;
  readonly words?: number;
}

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ...['nohup', 'command', 'builtin', 'exec', 'setsid', 'time', 'busybox', 'systemd-cat'].map(
    (name) => [name, {}] as const,
  ),
  ['sudo', { valued: /^(?:-[ughpCrtTU]|--(?:user|group|host|prompt|role|type|other-user))$/ }],
  ['doas', { valued: /^-[uC]$/ }],
  ['env', { valued: /^(?:-[uCS]|--(?:unset|chdir))$/ }],
  ['nice', { valued: /^(?:-n|--adjustment)$/ }],
  ['ionice', { valued: /^(?:-[cn]|--class(?:data)?)$/ }],
  ['stdbuf', { valued: /^-[ioe]$/ }],
  ['timeout', { valued: /^(?:-[sk]|--(?:signal|kill-after))$/, words: 1 }],
  ['flock', { valued: /^(?:-[wE]|--(?:timeout|wait|conflict-exit-code))$/, words: 1 }],
  ['xargs', { valued: /^(?:-[IniPLdasE]|--(?:max-args|max-procs|replace|delimiter|arg-file))$/ }],
  ['taskset', { words: 1 }],
  ['parallel', { valued: /^(?:-[jINnS]|--(?:jobs|max-args|sshlogin|colsep|delay|timeout))$/ }],
  ['systemd-run', { valued: /^(?:-[pMHE]|--(?:unit|property|slice|uid|gid))$/ }],
]);

function baseName(text: string): string {
  return text.replace(/^.*\//, '');
}

/** The index of the command that a wrapper runs, from the word after the wrapper. */
function wrapped(words: readonly Word[], from: number, { valued, words: count = 0 }: Wrapper): number {
  let index = from;
  let left = count;
  for (; index < words.length; index += 1) {
    const text = words[index]?.text ?? '';
    if (text === '--') continue;
    if (text.startsWith('-')) index += valued?.test(text) ? 1 : 0;
    else if (left > 0) left -= 1;
    else break;
  }
  return index;
}

/** `/etc/init.d/NAME VERB` as `service NAME VERB`. */
function ofService(found: Called): Called {
  if (!/^\/etc\/(?:rc\.d\/)?init\.d\/[^/]+$/.test(found.word.text)) return found;
  const unit = { ...found.word, text: found.name };
  return { ...found, name: 'service', args: [unit, ...found.args] };
}

/** The program that a command really calls; undefined if it consists only of assignments. */
export function called(command: Command): Called | undefined {
  const { words } = command;
  const seen: string[] = [];
  for (let index = 0; index < words.length; ) {
    const word = words[index];
    if (!word) break;
    const name = baseName(word.text);
    const wrapper = wrappers.get(name);
    if (/^[A-Za-z_]\w*=/.test(word.text)) index += 1;
    else if (!wrapper) return ofService({ name, word, args: words.slice(index + 1), wrappers: seen });
    else {
      seen.push(name);
      index = wrapped(words, index + 1, wrapper);
    }
  }
  return undefined;
}

/** Start offsets in the file of the lines of a block scalar; undefined if the lines differ from the value's. */
function blockOffsets(source: string, text: string): readonly number[] | undefined {
  const header = source.indexOf('\n');
  if (header === -1 || !/^\|[+-]?\s*(?:#.*)?$/.test(source.slice(0, header).trimEnd())) return undefined;
  const rest = source.slice(header + 1);
  const indent = /^(?:[ ]*\r?\n)*([ ]*)/.exec(rest)?.[1]?.length ?? 0;
  const offsets: number[] = [];
  let at = header + 1;
  const fileLines = rest.split('\n');
  const isSame = text.split('\n').every((line, index) => {
    const written = (fileLines[index] ?? '').replace(/\r$/, '');
    offsets.push(at + indent);
    at += (fileLines[index] ?? '').length + 1;
    return written.slice(indent) === line || (line === '' && written.trim() === '');
  });
  return isSame ? offsets : undefined;
}

/** The index of the last number that is at most the limit, in an ascending list. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Maps offsets of a script to offsets of its source; undefined if they do not correspond. */
function mapping(source: string, text: string): ((offset: number) => number) | undefined {
  const first = source[0] ?? '';
  if (first === '|') {
    const offsets = blockOffsets(source, text);
    if (!offsets) return undefined;
    const starts = [0];
    for (const line of text.split('\n')) starts.push((starts.at(-1) ?? 0) + line.length + 1);
    return (offset) => {
      const line = lastUpTo(starts, offset);
      // After the last line feed the block has no further line.
      return Math.min((offsets[line] ?? 0) + offset - (starts[line] ?? 0), source.length);
    };
  }
  const lead = first === '"' || first === "'" ? 1 : 0;
  return source.slice(lead, source.length - lead) === text ? (offset) => offset + lead : undefined;
}

function scriptAt(
  context: RuleContext,
  path: Path,
  { name, kind, text: value }: Pick<CustomScript, 'name' | 'kind' | 'text'>,
): CustomScript {
  const { source } = context.reading;
  const whole = context.at(...path);
  const change = whole && changeOf({ ...whole, source, text: value });
  const text = change?.text ?? value;
  const place = whole?.value;
  const map = place && !change ? mapping(source.slice(place.start, place.end), text) : undefined;
  return {
    name,
    kind,
    path,
    text,
    ...(change ? { change } : {}),
    script: readShell(text),
    isExact: map !== undefined,
    spanOf: (start, end) =>
      place && map ? { start: place.start + map(start), end: place.start + map(end) } : place,
  };
}

/** All scripts of the custom steps in the file. */
export const customScripts = perContext((context): readonly CustomScript[] => {
  const kept = context.reading.kept.get('steps') ?? [];
  return (context.file.steps ?? []).flatMap((step, index): readonly CustomScript[] => {
    if (typeof step === 'string') return [];
    const path = ['steps', kept[index] ?? index];
    const run = scriptAt(context, [...path, 'run'], { name: step.name, kind: 'run', text: step.run });
    if (step.check === undefined) return [run];
    const check = { name: step.name, kind: 'check' as const, text: step.check };
    return [scriptAt(context, [...path, 'check'], check), run];
  });
});
