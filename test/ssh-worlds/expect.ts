import type { Expected } from './case.ts';

/** Claims about things that are not known. */
export const never: readonly string[] = ['may go on', 'may still be running', 'Read the log', 'cancelled'];

/** Everything works with one login. */
export const works: Expected = { code: 0, says: ['+ 2 nodes - 2 done'], logins: 1, connections: 2 };

/** The node is unusable, for a reason in these words; the other node is not affected. Without it, the exit code is 3. */
export function refused(...says: (string | RegExp)[]): Expected {
  return { code: 1, says, never, logins: 2, connections: 3 };
}
