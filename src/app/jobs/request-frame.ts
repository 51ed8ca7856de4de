import { createFrames, type Frame } from '../../jobs/frames.ts';
import type { Transport } from '../../remote/base/transport.ts';
import type { Command } from '../../shell/command.ts';

/** Runs a command that answers with one frame; undefined without an answer within `ms` milliseconds. */
export async function requestFrame(
  transport: Transport,
  command: Command,
  { lead, ms, signal }: { readonly lead: string; readonly ms: number; readonly signal?: AbortSignal },
): Promise<Frame | undefined> {
  const frames = createFrames(lead);
  const stop = AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])]);
  for await (const output of transport.exec(command, stop)) {
    if (output.type !== 'data') return undefined;
    const [frame] = output.stream === 'stdout' ? frames.push(output.bytes) : [];
    if (frame) return frame;
  }
  return undefined;
}
