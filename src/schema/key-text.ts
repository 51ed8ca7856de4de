import { isScalar, type Pair } from 'yaml';

/** The text of a key as written. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value ?? '')) : '';
}

/** Whether the key of a pair merges a map into its own. */
export function isMerge({ key }: Pair): boolean {
  return keyText(key) === '<<';
}
