import { asRoot } from '../plan/command.ts';
import { collect } from '../remote/channel/collect.ts';
import type { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { jobTimes } from './jobs/times.ts';

/** An answer is the id of a boot, a word, or nothing. */
const maxAnswerBytes = 4_096;

/** Where a command runs; `signal` ends it early. */
export interface CommandContext {
  readonly link: NodeConnection;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** The output of a short command, run as root; undefined if it fails or does not complete. */
export async function outputOf(
  { link, ports, signal }: CommandContext,
  argv: readonly string[],
): Promise<string | undefined> {
  if (!link.transport) return undefined;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(jobTimes(ports).answerMs)]);
  const outputs = link.transport.exec(asRoot(link.node, { argv }), stop);
  const { end, text } = await collect(outputs, { stream: 'stdout', maxBytes: maxAnswerBytes });
  return end.type === 'exit' && end.code === 0 ? text : undefined;
}
