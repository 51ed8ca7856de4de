import { largest } from '../base/extremes.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { packstackFormerKeys, packstackOldNames } from '../data/packstack-old-names.ts';
import { distance } from '../schema/suggest.ts';
import { answerKeys, findAnswerKey } from './keys.ts';

const newNames = new Map(
  Object.entries(packstackOldNames).flatMap(([now, names]) => names.map((name) => [name, now] as const)),
);

/** The name that a key has today; undefined where the name is none of the old ones. */
export function newNameOf(name: string): string | undefined {
  return newNames.get(name.toUpperCase());
}

/** The key's name in the table: in capitals, an old name as the new one. */
export function currentName(name: string): string {
  return newNameOf(name) ?? name.toUpperCase();
}

/** The first and the last release with a key that ended before Ocata. */
export function formerKeyOf(name: string): readonly [first: string, last: string] | undefined {
  return own(packstackFormerKeys, name.toUpperCase());
}

/** An answer as far as its name matters; the value is compared as text. */
export interface NamedAnswer {
  readonly key: string;
  readonly value: string;
}

/** An answer under an old name. */
export interface OldAnswer<T extends NamedAnswer> {
  readonly answer: T;
  readonly now: string;
  /**
   * `counts`: Packstack takes its value; `unused`: the new name is answered too, or the value is empty;
   * `contradicts`: another old name of the same key has another value, and Packstack stops.
   */
  readonly fate: 'counts' | 'unused' | 'contradicts';
  /** Whether the key is answered under no other old name. */
  readonly isAlone: boolean;
}

/** What Packstack makes of a list of answers: those in force by their new names, and what becomes of each old name. */
export interface Resolved<T extends NamedAnswer> {
  readonly inForce: ReadonlyMap<string, T>;
  readonly old: readonly OldAnswer<T>[];
}

/** Takes old names as Packstack does (PS run_setup.py, `_loadParamFromFile`): the new name first, then any old one that is not empty. */
export function resolveOldNames<T extends NamedAnswer>(answers: readonly T[]): Resolved<T> {
  const inForce = new Map<string, T>();
  for (const answer of answers) {
    const name = answer.key.toUpperCase();
    if (newNameOf(name) === undefined && !inForce.has(name)) inForce.set(name, answer);
  }
  const answered = new Set(inForce.keys());
  const counts = new Map<string, number>();
  for (const { key } of answers) {
    const now = newNameOf(key);
    if (now !== undefined) counts.set(now, (counts.get(now) ?? 0) + 1);
  }
  const old = answers.flatMap((answer): readonly OldAnswer<T>[] => {
    const now = newNameOf(answer.key);
    if (now === undefined) return [];
    const isAlone = counts.get(now) === 1;
    if (answered.has(now) || answer.value === '') return [{ answer, now, isAlone, fate: 'unused' }];
    const taken = inForce.get(now) ?? answer;
    inForce.set(now, taken);
    return [{ answer, now, isAlone, fate: taken.value === answer.value ? 'counts' : 'contradicts' }];
  });
  return { inForce, old };
}

/** What becomes of an answer under an old name, as a sentence. */
export function oldNameText({ answer, now, fate }: OldAnswer<NamedAnswer>): Message {
  const { key, value } = answer;
  if (fate === 'counts') return msg('{0} is the old name of {1}. Packstack still uses its value.', key, now);
  if (fate === 'contradicts')
    return msg(
      '{0} is an old name of {1}, and another old name of it has a different value. Packstack stops. Answer {1} once.',
      key,
      now,
    );
  return value === ''
    ? msg('{0} is the old name of {1}. It is empty and has no effect.', key, now)
    : msg('{0} is the old name of {1}, which is answered as well. Packstack ignores the old name.', key, now);
}

/** Whether an old name can be changed to the new one: its value counts, and no other name of the key is answered. */
export function canRename({ fate, isAlone }: OldAnswer<NamedAnswer>): boolean {
  return fate === 'counts' && isAlone;
}

const names = answerKeys.map(({ name }) => name);
const smallWord = 4;

/** Whether a word is most likely a slip of the other: one letter, or two in a long word; never a short word or a number. */
function isSlip(word: string, of: string): boolean {
  if (Math.min(word.length, of.length) < smallWord || /\d/.test(word + of)) return false;
  return distance(word, of) <= (of.length > 6 ? 2 : 1);
}

/** A known name with one of its words left out. */
interface Gap {
  readonly name: string;
  readonly word: string;
}

function gapsOf(name: string): readonly (readonly [frame: string, word: string])[] {
  const words = name.split('_');
  return words.map((word, at) => [words.with(at, '*').join('_'), word] as const);
}

const squeeze = (name: string): string => name.replaceAll('_', '');

function grouped<Item>(items: readonly (readonly [key: string, item: Item])[]): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const [key, item] of items) groups.set(key, [...(groups.get(key) ?? []), item]);
  return groups;
}

const allNames = [...names, ...newNames.keys()];
const longestName = largest(allNames.map((name) => name.length));
/** The known names by what two near ones have in common: a file may have thousands of unknown keys. */
const bySqueezed = grouped(allNames.map((name) => [squeeze(name), name]));
const byFrame = grouped(
  allNames.flatMap((name) => gapsOf(name).map(([frame, word]): [string, Gap] => [frame, { name, word }])),
);

function nearNames(wanted: string): readonly string[] {
  if (wanted.length > longestName + 2) return [];
  const slips = gapsOf(wanted).flatMap(([frame, word]) =>
    (byFrame.get(frame) ?? []).flatMap((gap) =>
      gap.word !== word && isSlip(word, gap.word) ? [gap.name] : [],
    ),
  );
  return [...new Set([...(bySqueezed.get(squeeze(wanted)) ?? []), ...slips])];
}

/**
 * The key of which a name is a misspelling; undefined where none or more than one is near. Keys that differ in a short word
 * (`_DB_PW`, `_KS_PW`) mean different things, so only one word may differ, and only by a slip.
 */
export function misspelledKey(name: string): string | undefined {
  const wanted = name.toUpperCase();
  if (findAnswerKey(currentName(wanted)) || formerKeyOf(wanted)) return undefined;
  const whole = wanted.startsWith('CONFIG_') ? wanted : `CONFIG_${wanted}`;
  if (findAnswerKey(whole)) return whole;
  const near = nearNames(wanted);
  const [only] = near;
  return near.length === 1 && only !== undefined ? currentName(only) : undefined;
}
