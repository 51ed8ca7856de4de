import type { Span } from '../base/problem.ts';
import { readCluster } from '../rules/decode.ts';
import { pathKey } from '../schema/reading.ts';

/** The position of a key (dotted path) in a cluster file; if it is missing, of its nearest existing parent. */
export function spanOfKey(text: string, key: string): Span | undefined {
  const { reading } = readCluster(text);
  const path = key.split('.');
  for (let length = path.length; length > 0; length--) {
    const span = reading?.places.get(pathKey(...path.slice(0, length)))?.key;
    if (span) return span;
  }
  return reading?.places.get(pathKey('cluster'))?.key;
}
