import type { NodeFacts } from '../facts.ts';
import type { El } from '../openstack/releases.ts';

const generations: Readonly<Record<string, El>> = { '7': 7, '8': 8, '9': 9, '10': 10 };

/** The facts out of a probe's `fact` markers; what a node did not say stays empty. */
export function factsOf(values: ReadonlyMap<string, string>): NodeFacts {
  const text = (key: string): string => values.get(key) ?? '';
  const el = generations[text('el')];
  const manager = text('manager');
  return {
    hostname: text('hostname'),
    osId: text('osId'),
    osVersion: text('osVersion'),
    osName: text('osName'),
    ...(el === undefined ? {} : { el }),
    arch: text('arch'),
    kernel: text('kernel'),
    manager: manager === 'dnf' || manager === 'yum' ? manager : 'none',
    user: text('user'),
    bootId: text('bootId'),
  };
}
