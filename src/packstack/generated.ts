import type { Cluster } from '../cluster/model.ts';
import { answersOf } from './answers.ts';
import { findAnswerKey } from './keys.ts';

/** Whether Packstack itself makes a random value if the answer is missing (its `PW_PLACEHOLDER` or a UUID). */
function isMadeByPackstack(key: string): boolean {
  const value = findAnswerKey(key)?.defaults.at(-1)?.value ?? '';
  return value === 'PW_PLACEHOLDER' || value.startsWith('<uuid.');
}

/** The secrets in a cluster's answers by name, and whether each may be random in every answer that has it. */
export function answerSecrets(cluster: Cluster): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { key, value } of answersOf(cluster))
    if (typeof value !== 'string')
      found.set(value.secret, (found.get(value.secret) ?? true) && isMadeByPackstack(key));
  return found;
}
