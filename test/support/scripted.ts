import type { Ports } from '../../src/app/ports.ts';
import { msg } from '../../src/core/l10n.ts';
import type { Command } from '../../src/core/plan/command.ts';
import { readHeader } from '../../src/core/plan/payload.ts';
import type { TimedEvent } from '../../src/core/run/events.ts';
import type { Failure } from '../../src/core/run/failure.ts';
import type { Connected, Output, Transport } from '../../src/remote/transport.ts';

/** What a scripted node does with a payload: lines to print (markers as `@ type field…`), then how it ends. */
export interface Script {
  readonly lines: readonly string[];
  readonly end?: Exclude<Output, { type: 'data' }>;
  /** Prints the lines and then stays until it is interrupted. */
  readonly hangs?: boolean;
}

export const lost: Failure = { code: 'lost', message: msg('lost'), action: msg('retry') };

/** A node without a network: answers payloads from a script and notes every command. */
export function scriptedNode(answer: (kind: 'probe' | 'run', step: string) => Script) {
  const commands: Command[] = [];
  let interrupt: () => void = () => undefined;
  let disposed = false;
  async function* exec(command: Command, signal: AbortSignal): AsyncGenerator<Output> {
    commands.push(command);
    const header = readHeader(command.stdin ?? '');
    if (!header) {
      interrupt();
      yield { type: 'exit', code: 0, signal: undefined };
      return;
    }
    const nonce = /^sp_nonce=(\w+)$/m.exec(command.stdin ?? '')?.[1] ?? '';
    const script = answer(header.kind, header.steps[0]?.id ?? '');
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    for (const line of script.lines) {
      const text = line.startsWith('@ ')
        ? `@@stackprep:${nonce}\t${line.slice(2).replaceAll(' ', '\t')}`
        : line;
      yield { type: 'data', stream: 'stdout', bytes: Buffer.from(`${text}\n`) };
    }
    if (script.hangs) await interrupted;
    yield script.end ?? { type: 'exit', code: 0, signal: undefined };
  }
  const transport: Transport = {
    exec,
    dispose: async () => {
      disposed = true;
    },
  };
  return { commands, transport, isDisposed: () => disposed };
}

/** Ports over a table of nodes; time stands still. */
export function scriptedPorts(nodes: Readonly<Record<string, Connected>>): Ports {
  let nonce = 0;
  return {
    connector: {
      connect: async (node) => nodes[node.name] ?? { ok: false, failure: lost },
    },
    secrets: { get: async () => undefined },
    clock: { now: () => 0 },
    names: {
      nonce: () => {
        nonce += 1;
        return `n${nonce}`;
      },
      run: () => 'run-1',
    },
    limit: 4,
  };
}

export async function collect(events: AsyncIterable<TimedEvent>): Promise<TimedEvent[]> {
  const all: TimedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
