import { createFrames, type Frame } from '../../jobs/frames.ts';
import type { Transport } from '../../remote/base/transport.ts';
import type { Command } from '../../shell/command.ts';

/** Runs a command that answers with one frame; undefined without an answer within `ms` milliseconds. */
export async function requestFrame(
  transport: Transport,
  command: Command,
  { lead, ms }: { readonly lead: string; readonly ms: number },
): Promise<Frame | undefined> {
  const frames = createFrames(lead);
  for await (const output of transport.exec(command, AbortSignal.timeout(ms))) {
    if (output.type !== 'data') return undefined;
    const [frame] = output.stream === 'stdout' ? frames.push(output.bytes) : [];
    if (frame) return frame;
  }
  return undefined;
}
