import { oneLine } from '../base/visible.ts';
import type { Target } from '../remote/base/target.ts';

/** A line about a login, as `ssh -v` prints them: in English, safe for a terminal, without secrets. */
export interface TraceLine {
  readonly node: string;
  /** The jump host on the way, if the login is to one. */
  readonly jump?: string;
  readonly text: string;
}

/** Longer than the longest list of algorithms. */
const maxTraceLength = 2_000;

export function traceLine({ node, jump }: Target, text: string): TraceLine {
  return { node, ...(jump !== undefined && { jump }), text: oneLine(text, maxTraceLength) };
}
