import { packstackGroups } from '../data/packstack-groups.ts';
import type { Values } from './need.ts';

/** A term of a condition: one of the keys has a value that passes the test. */
interface Term {
  readonly keys: readonly string[];
  readonly test: (value: string) => boolean;
}

function termOf(text: string): Term {
  const at = text.search(/[=~]/);
  const names = (at < 0 ? text : text.slice(0, at)).split('|').map((name) => `CONFIG_${name}`);
  const wanted = text.slice(at + 1).split('|');
  if (at < 0) return { keys: names, test: (value) => value !== '' };
  return {
    keys: names,
    test: (value) =>
      text[at] === '=' ? wanted.includes(value) : wanted.some((part) => value.includes(part)),
  };
}

const conditionOf: ReadonlyMap<string, readonly Term[]> = new Map(
  Object.entries(packstackGroups).flatMap(([condition, names]) => {
    const terms = condition.split(' & ').map(termOf);
    return names.split(' ').map((name) => [`CONFIG_${name}`, terms] as const);
  }),
);

/**
 * Whether Packstack reads a key with these answers; it neither validates nor uses the others.
 * A condition about a value that only the node knows counts as fulfilled.
 */
export function isRead(key: string, value: Values): boolean {
  return (conditionOf.get(key) ?? []).every(({ keys, test }) =>
    keys.some((each) => {
      const found = value(each);
      return found === undefined || test(found);
    }),
  );
}

/** The key of the last condition for a key to be read, which is the answer that asks for it; undefined if it is always read. */
export function askedBy(key: string): string | undefined {
  return conditionOf.get(key)?.at(-1)?.keys[0];
}
