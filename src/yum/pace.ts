import type { YumEvent } from './events.ts';

/** Speed of a transaction: its first and its latest element; times in milliseconds since 1970. */
export interface Pace {
  readonly total: number;
  readonly from: number;
  readonly fromAt: number;
  readonly done: number;
  readonly at: number;
}

/** Minimum number of elements and time for an estimate. */
const minimum = { elements: 2, milliseconds: 2000 };

/** The pace after an event; a transaction and its verification are measured separately. */
export function reducePace(pace: Pace | undefined, event: YumEvent, at: number): Pace | undefined {
  switch (event.type) {
    case 'phase':
    case 'complete':
    case 'aborted':
      return undefined;
    case 'step': {
      const { name, done, total } = event;
      // dnf 4 counts its preparation separately.
      if (name === '' && total === 1) return pace;
      if (pace?.total !== total || done < pace.done) return { total, from: done, fromAt: at, done, at };
      return { ...pace, done, at };
    }
    default:
      return pace;
  }
}

/** Estimated milliseconds until the transaction ends; undefined if there is no estimate yet. */
export function timeLeft({ total, from, fromAt, done, at }: Pace): number | undefined {
  const elements = done - from;
  const elapsed = at - fromAt;
  if (done >= total || elements < minimum.elements || elapsed < minimum.milliseconds) return undefined;
  return (elapsed / elements) * (total - done);
}
