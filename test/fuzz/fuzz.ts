import { mutated, type Random } from '../support/random.ts';
import type { Boundary } from './boundaries.ts';

/** Longer inputs are cut: the limits of size have their own tests. */
const maxLength = 20_000;
/** One input may take this long, milliseconds; measured again before it counts. */
const maxMs = 250;

/** An input that made its reader throw or took too long. */
export interface Fault {
  readonly boundary: string;
  readonly input: string;
  readonly cause: string;
}

/** Reads an input: what kind of result it gave, or how it broke. */
export function attempt(
  { name, read }: Boundary,
  input: string,
): { readonly kind: string } | { readonly fault: Fault } {
  const fault = (cause: string) => ({ fault: { boundary: name, input, cause } });
  const timed = (): { readonly kind: string; readonly ms: number } => {
    const before = process.cpuUsage();
    const kind = read(input);
    const { user, system } = process.cpuUsage(before);
    return { kind, ms: (user + system) / 1_000 };
  };
  try {
    const first = timed();
    const ms = first.ms > maxMs ? Math.min(timed().ms, timed().ms) : first.ms;
    return ms > maxMs
      ? fault(`took ${Math.round(ms)} ms for ${input.length} characters`)
      : { kind: first.kind };
  } catch (cause) {
    return fault(String((cause as Error).stack ?? cause));
  }
}

export interface Fuzzing {
  /** Whether to continue; called before every input. */
  readonly goesOn: () => boolean;
  /** An input with a new kind of result. */
  readonly onNew: (input: string) => void;
}

/** Reads mutations of the seeds; an input with a new kind of result becomes a seed. Returns the inputs that broke it, each cause once. */
export function fuzz(
  boundary: Boundary,
  seeds: readonly string[],
  source: Random,
  { goesOn, onNew }: Fuzzing,
): readonly Fault[] {
  const inputs: string[] = [];
  const words = new Set<string>();
  const faults = new Map<string, Fault>();
  const take = (input: string, isSeed: boolean): void => {
    const result = attempt(boundary, input);
    if ('fault' in result) {
      const [line = ''] = result.fault.cause.split('\n').filter((each) => each.includes('/src/'));
      faults.set(line || result.fault.cause.slice(0, 80), result.fault);
      return;
    }
    // A new set of known words is nothing new: their number has no limit.
    const fresh = result.kind.split(' ').filter((word) => !words.has(word));
    const isNew = fresh.length > 0;
    for (const word of fresh) words.add(word);
    if (isSeed || isNew) inputs.push(input);
    if (isNew && !isSeed) onNew(input);
  };
  for (const seed of seeds) take(seed, true);
  while (goesOn() && inputs.length > 0) {
    let input = inputs[source.below(inputs.length)] ?? '';
    for (let times = 1 + source.below(4); times > 0; times -= 1) input = mutated(input, source);
    take(input.slice(0, maxLength), false);
  }
  return [...faults.values()];
}
