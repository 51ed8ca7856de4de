import { createHash } from 'node:crypto';
import type { JobFiles, JobRecord } from '../../src/app/jobs/job-files.ts';
import type { Ports } from '../../src/app/jobs/ports.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import type { Failure } from '../../src/base/failure.ts';
import { msg } from '../../src/base/l10n.ts';
import { controller } from '../../src/jobs/controller.ts';
import { type PayloadKind, readHeader } from '../../src/plan/header.ts';
import type { Connected, Output, Transport } from '../../src/remote/base/transport.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import type { Command } from '../../src/shell/command.ts';
import { wordsOf } from './controller-words.ts';

/** The reaction of a scripted node to a payload: lines to print (markers as `@ type field…`), and its end. */
export interface Script {
  readonly lines: readonly string[];
  readonly end?: Exclude<Output, { type: 'data' }>;
  /** Whether it waits after the lines until it is interrupted, and then prints `afterwards`. */
  readonly hangs?: boolean;
  readonly afterwards?: readonly string[];
}

export const lost: Failure = { code: 'lost', message: msg('lost'), action: msg('retry') };

/** The parts of a command for the job controller: its arguments after the lead, and the rest of the standard input. */
function jobWords(command: Command): { lead: string; verb: string; rest: string } | undefined {
  const [lead, verb] = wordsOf(command);
  if (lead === undefined || verb === undefined) return undefined;
  return { lead, verb, rest: command.stdin?.slice(controller.length) ?? '' };
}

/** A node without a network: answers payloads from a script and records every command. */
export function scriptedNode(answer: (kind: PayloadKind, step: string) => Script) {
  const commands: Command[] = [];
  let interrupt: () => void = () => undefined;
  let disposed = false;
  const exit = { type: 'exit', code: 0, signal: undefined } as const;
  const data = (text: string): Output => ({ type: 'data', stream: 'stdout', bytes: Buffer.from(text) });
  async function* exec(command: Command, signal: AbortSignal): AsyncGenerator<Output> {
    const job = jobWords(command);
    if (['others', 'keep', 'release'].includes(job?.verb ?? '')) {
      yield data(`@@${job?.lead}\tfree\n`);
      return yield exit;
    }
    // It runs none of the services that a step may restart.
    if (command.argv.includes('is-active')) return yield { ...exit, code: 3 };
    commands.push(command);
    const text = job?.rest ?? command.stdin ?? '';
    const header = readHeader(text);
    if (job?.verb === 'cancel') {
      interrupt();
      yield data(`@@${job.lead}\tcancelling\tsent\n`);
      return yield exit;
    }
    if (!header) throw new Error('no payload');
    const nonce = /^sp_nonce=(\w+)$/m.exec(text)?.[1] ?? '';
    const script = answer(header.kind, header.steps[0]?.id ?? '');
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    if (job) yield data(`@@${job.lead}\tstate\trunning\t0\n`);
    const hash = createHash('sha256');
    let offset = 0;
    const lines = [...script.lines, ...(script.hangs ? (script.afterwards ?? []) : [])];
    for (const [index, line] of lines.entries()) {
      if (index === script.lines.length) await interrupted;
      const printed = line.startsWith('@ ')
        ? `@@stackprep:${nonce}\t${line.slice(2).replaceAll(' ', '\t')}\n`
        : `${line}\n`;
      if (job) yield data(`@@${job.lead}\tdata\t${offset}\t${Buffer.byteLength(printed)}\n`);
      yield data(printed);
      hash.update(printed);
      offset += Buffer.byteLength(printed);
    }
    if (script.end) return yield script.end;
    if (job) yield data(`@@${job.lead}\tended\t0\t${offset}\t${hash.digest('hex')}\n`);
    yield exit;
  }
  const transport: Transport = {
    exec,
    dispose: async () => {
      disposed = true;
    },
  };
  return { commands, transport, isDisposed: () => disposed };
}

/** Job files in memory. */
export function memoryFiles(): JobFiles & { readonly records: JobRecord[] } {
  const records: JobRecord[] = [];
  return {
    records,
    guardedBy() {
      return this;
    },
    record: async (record) => {
      records.push(record);
      return true;
    },
    openLog: async () => {
      let all = Buffer.alloc(0);
      return {
        get size() {
          return all.length;
        },
        get readable() {
          return all.length;
        },
        written: async () => undefined,
        append: async (bytes) => {
          all = Buffer.concat([all, bytes]);
        },
        read: async (offset, length) => all.subarray(offset, offset + length),
        sum: async () => createHash('sha256').update(all).digest('hex'),
        close: async () => undefined,
      };
    },
  };
}

/** Ports for a table of nodes, with a constant clock. */
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
    files: memoryFiles(),
    writeGuard: createWriteGuard(),
    who: 'anna@laptop',
    limit: 4,
  };
}

export async function collect(events: AsyncIterable<TimedEvent>): Promise<TimedEvent[]> {
  const all: TimedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
