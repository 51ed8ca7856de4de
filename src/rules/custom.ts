import type { Span } from '../base/problem.ts';
import type { Path } from '../schema/places.ts';
import { type Changed, changeOf } from './command-text.ts';
import { perContext, type RuleContext } from './context.ts';
import { type Command, readShell, type Script } from './shell.ts';
import type { Word } from './shell-reader.ts';

/** One script of a step of the user's own. */
export interface CustomScript {
  readonly name: string;
  readonly kind: 'run' | 'check';
  readonly path: Path;
  /** As it was typed. */
  readonly text: string;
  /** How YAML changes it before the shell gets it. */
  readonly change?: Changed;
  readonly script: Script;
  /** Where a part of the script stands in the file; the whole script where that cannot be told. */
  readonly spanOf: (start: number, end: number) => Span | undefined;
  /** Whether `spanOf` is exact, so that edits can be made. */
  readonly isExact: boolean;
}

/** A command without what only runs it: sudo, env, nohup, assignments. */
export interface Called {
  /** Without its folder: `/usr/bin/yum` is `yum`. */
  readonly name: string;
  readonly word: Word;
  readonly args: readonly Word[];
  readonly wrappers: readonly string[];
}

const wrappers: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'nohup',
  'command',
  'exec',
  'nice',
  'stdbuf',
  'setsid',
]);

function baseName(text: string): string {
  return text.replace(/^.*\//, '');
}

/** What a command really calls; undefined for one of assignments only. */
export function called(command: Command): Called | undefined {
  const seen: string[] = [];
  for (const [index, word] of command.words.entries()) {
    const name = baseName(word.text);
    const isAssignment = /^[A-Za-z_]\w*=/.test(word.text);
    if (isAssignment || (seen.length > 0 && word.text.startsWith('-'))) continue;
    if (!wrappers.has(name)) return { name, word, args: command.words.slice(index + 1), wrappers: seen };
    seen.push(name);
  }
  return undefined;
}

/** Where each line of a block scalar begins in the file; undefined where the lines differ from the value's. */
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

/** The index of the last of the ascending numbers that is not above the limit. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns an offset of a script into one of its source; undefined where the two do not run in parallel. */
function mapping(source: string, text: string): ((offset: number) => number) | undefined {
  const first = source[0] ?? '';
  if (first === '|') {
    const offsets = blockOffsets(source, text);
    if (!offsets) return undefined;
    const starts = [0];
    for (const line of text.split('\n')) starts.push((starts.at(-1) ?? 0) + line.length + 1);
    return (offset) => {
      const line = lastUpTo(starts, offset);
      // Behind the last line feed there is no line of the block any more.
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

/** Every script of the file's own steps. */
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
