import { largest } from '../base/extremes.ts';
import { type Message, msg } from '../base/l10n.ts';
import { once } from '../base/once.ts';
import { own } from '../base/own.ts';
import { packstackFormerKeys, packstackOldNames } from '../data/packstack-old-names.ts';
import { distance } from '../schema/suggest.ts';
import { answerKeys, findAnswerKey } from './keys.ts';

const newNames = new Map(
  Object.entries(packstackOldNames).flatMap(([now, names]) => names.map((name) => [name, now] as const)),
);

/** The current name of a key; undefined if the name is not an old one. */
export function newNameOf(name: string): string | undefined {
  return newNames.get(name.toUpperCase());
}

/** The name of a key in the table: in upper case, old names replaced by the current ones. */
export function currentName(name: string): string {
  return newNameOf(name) ?? name.toUpperCase();
}

/** The first and the last release of a key that was removed before Ocata. */
export function formerKeyOf(name: string): readonly [first: string, last: string] | undefined {
  return own(packstackFormerKeys, name.toUpperCase());
}

/** An answer with its value as text, as needed to resolve names. */
export interface NamedAnswer {
  readonly key: string;
  readonly value: string;
}

/** An answer under an old name. */
export interface OldAnswer<T extends NamedAnswer> {
  readonly answer: T;
  readonly now: string;
  /**
   * `counts`: Packstack uses its value; `unused`: the current name is also answered, or the value is empty;
   * `contradicts`: another old name of the same key has a different value, and Packstack stops.
   */
  readonly fate: 'counts' | 'unused' | 'contradicts';
  /** Whether no other old name of the key is answered. */
  readonly isAlone: boolean;
}

/** The result of resolving old names: the effective answers by current name, and the effect of each old name. */
export interface Resolved<T extends NamedAnswer> {
  readonly inForce: ReadonlyMap<string, T>;
  readonly old: readonly OldAnswer<T>[];
}

/** Resolves old names like Packstack (PS run_setup.py, `_loadParamFromFile`): the current name first, then any old one that is not empty. */
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

/** The effect of an answer under an old name, as a sentence. */
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

/** Whether an old name can be changed to the current one: its value is used, and no other name of the key is answered. */
export function canRename({ fate, isAlone }: OldAnswer<NamedAnswer>): boolean {
  return fate === 'counts' && isAlone;
}

const smallWord = 4;

/** Whether a word is probably a misspelling of the other: one letter differs, or two in a long word; never for short words or numbers. */
function isSlip(word: string, of: string): boolean {
  if (Math.min(word.length, of.length) < smallWord || /\d/.test(word + of)) return false;
  return distance(word, of) <= (of.length > 6 ? 2 : 1);
}

/** A known name with one of its words removed. */
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

/** Index of the known names by the part that similar names share: a file may have thousands of unknown keys. */
const similar = once(() => {
  const all = [...answerKeys.map(({ name }) => name), ...newNames.keys()];
  return {
    maxLength: largest(all.map((name) => name.length)),
    bySqueezed: grouped(all.map((name) => [squeeze(name), name])),
    byFrame: grouped(
      all.flatMap((name) => gapsOf(name).map(([frame, word]): [string, Gap] => [frame, { name, word }])),
    ),
  };
});

function nearNames(wanted: string): readonly string[] {
  const { maxLength, bySqueezed, byFrame } = similar();
  if (wanted.length > maxLength + 2) return [];
  const slips = gapsOf(wanted).flatMap(([frame, word]) =>
    (byFrame.get(frame) ?? []).flatMap((gap) =>
      gap.word !== word && isSlip(word, gap.word) ? [gap.name] : [],
    ),
  );
  return [...new Set([...(bySqueezed.get(squeeze(wanted)) ?? []), ...slips])];
}

/**
 * The key that a name is a misspelling of; undefined if none or several are similar. Keys that differ in a short word
 * (`_DB_PW`, `_KS_PW`) have different meanings, so only one word may differ, and only by a misspelling.
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
