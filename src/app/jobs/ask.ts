import { createFrames, type Frame } from '../../jobs/frames.ts';
import type { Transport } from '../../remote/transport.ts';
import type { Command } from '../../shell/command.ts';

/** How long an answer may take, milliseconds. */
const patience = 20_000;

/** A command that answers with one frame; undefined where it does not. */
export async function ask(transport: Transport, command: Command, lead: string): Promise<Frame | undefined> {
  const frames = createFrames(lead);
  for await (const output of transport.exec(command, AbortSignal.timeout(patience))) {
    if (output.type !== 'data') return undefined;
    const [frame] = output.stream === 'stdout' ? frames.push(output.bytes) : [];
    if (frame) return frame;
  }
  return undefined;
}
