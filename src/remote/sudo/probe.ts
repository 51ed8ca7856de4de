import type { Output } from '../base/transport.ts';
import { collect } from '../channel/collect.ts';
import type { SudoMode } from './command.ts';
import { isAccountRefused } from './failures.ts';

/** How a probe ended and what it wrote, both streams together. */
export interface ProbeOutput {
  readonly end: Exclude<Output, { type: 'data' }>;
  readonly said: string;
}

/** Reads a probe to its end; what it writes beyond a few lines is of no interest. */
export async function collectOutput(outputs: AsyncIterable<Output>): Promise<ProbeOutput> {
  const { end, text } = await collect(outputs, { maxBytes: 4_096 });
  return { end, said: text.trim() };
}

/** Evaluates the probe; `tty` means: repeat it on a terminal. */
export function readProbe({ end, said }: ProbeOutput, tty: boolean): SudoMode | 'tty' | 'failed' {
  if (end.type === 'exit' && end.code === 0) return { tty, password: false };
  if (/must have a tty|no tty present|a terminal is required/i.test(said) && !tty) return 'tty';
  // sudo says next that it needs a password, which would be of no use.
  if (isAccountRefused(said)) return 'failed';
  if (/password is required|interactive authentication is required/i.test(said))
    return { tty, password: true };
  return 'failed';
}
