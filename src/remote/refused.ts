import type { RefusedKeys } from './keys/keyring.ts';
import type { DeclinedPasswords } from './sudo/passwords.ts';

/** What was asked for in one run in vain: its other nodes do not ask again, however late they come. */
export interface Refused {
  readonly keys: RefusedKeys;
  readonly sudo: DeclinedPasswords;
}

export function nothingRefused(): Refused {
  return { keys: new Map(), sudo: new Set() };
}
