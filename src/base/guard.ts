import { own } from './own.ts';

/** Checks that foreign data, such as JSON, has the shape that its type promises. */
export type Guard<Value> = (value: unknown) => value is Value;

/** One guard per key; the guard of an optional key also accepts undefined. */
export type Fields<Value> = {
  readonly [Key in keyof Value]-?: Record<never, never> extends Pick<Value, Key>
    ? Guard<Value[Key] | undefined>
    : Guard<Value[Key]>;
};

export const isText: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);
/** Milliseconds since 1970 that a Date can have; ECMA-262, Time Values. */
export const isMoment: Guard<number> = (value): value is number =>
  isNumber(value) && Math.abs(value) <= 8.64e15;
export const isFlag: Guard<boolean> = (value) => typeof value === 'boolean';

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One of a fixed set of words; the record makes the compiler report a missing one. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): Guard<Word> {
  return (value): value is Word => typeof value === 'string' && Object.hasOwn(words, value);
}

export function maybe<Value>(guard: Guard<Value>): Guard<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || guard(value);
}

export function listOf<Value>(guard: Guard<Value>): Guard<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(guard);
}

/** A record with any keys, whose values are all of one shape. */
export function recordOf<Value>(guard: Guard<Value>): Guard<Readonly<Record<string, Value>>> {
  return (value): value is Readonly<Record<string, Value>> =>
    isRecord(value) && Object.values(value).every(guard);
}

/** A record with these keys; other keys are ignored. */
export function shape<Value extends object>(fields: Fields<Value>): Guard<Value> {
  const guards: readonly [string, Guard<unknown>][] = Object.entries(fields);
  return (value): value is Value => isRecord(value) && guards.every(([key, guard]) => guard(own(value, key)));
}

/** A record whose `type` determines its other keys. */
export function typed<Value extends { readonly type: string }>(
  fieldsOf: {
    readonly [Type in Value['type']]: Fields<Omit<Extract<Value, { readonly type: Type }>, 'type'>>;
  },
): Guard<Value> {
  const guards = new Map<unknown, Guard<object>>(
    Object.entries<Fields<object>>(fieldsOf).map(([type, fields]) => [type, shape(fields)]),
  );
  return (value): value is Value => isRecord(value) && (guards.get(own(value, 'type'))?.(value) ?? false);
}
