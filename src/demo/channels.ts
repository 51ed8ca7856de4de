import { type ChannelPrinter, channelPrinter } from './channel-printer.ts';
import { drive } from './drive.ts';
import type { JobTable } from './job-table.ts';
import { readRequest } from './request.ts';
import { serveJob } from './serve-job.ts';
import type { Connection, ServerChannel } from './ssh2.ts';
import type { Started } from './started.ts';

/** What runs on a node, as its SSH server starts it. */
export interface Processes {
  /** Starts a script; undefined for text that the node cannot run. */
  start(script: string): Started | undefined;
  readonly jobs: JobTable;
}

/** The longest script that a node reads, in bytes. */
const longestScript = 4 * 1024 * 1024;

const noShell = [
  'This node is simulated by the Stackprep demo; it has no shell.',
  '이 노드는 Stackprep 데모가 시뮬레이션하는 노드이므로 셸이 없습니다.',
];

/** All that comes over standard input, until its end; the start of it where it is longer than a script may be. */
function readInput(channel: ServerChannel): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    channel.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= longestScript) parts.push(part);
    });
    channel.on('end', () => resolve(Buffer.concat(parts)));
  });
}

function leave(channel: ServerChannel, code: number): void {
  channel.exit(code);
  channel.end();
}

function notSimulated(channel: ServerChannel): void {
  channel.stderr.write('sh: not simulated\n');
  leave(channel, 127);
}

async function runScript(
  channel: ServerChannel,
  processes: Processes,
  printer: ChannelPrinter,
): Promise<void> {
  const started = processes.start((await readInput(channel)).toString('utf8'));
  if (!started) return notSimulated(channel);
  const { job, program, ended } = started;
  // Nobody sees the rest, but the command goes on: on a real node it would, too.
  printer.whenClosed(() => job.hurry());
  const code = await drive(program, job, printer);
  ended();
  leave(channel, code);
}

function execute(
  channel: ServerChannel,
  line: string,
  on: { processes: Processes; printer: ChannelPrinter },
): void {
  const request = readRequest(line);
  if (request.type === 'script') {
    void runScript(channel, on.processes, on.printer);
    return;
  }
  if (request.type === 'job') {
    const { printer, processes } = on;
    void readInput(channel)
      .then((input) => serveJob(request, input, { jobs: processes.jobs, printer }))
      .then(() => leave(channel, 0));
    return;
  }
  channel.resume();
  if (request.type === 'sudo') leave(channel, 0);
  else notSimulated(channel);
}

/** Serves the channels of one authenticated connection; `drop` breaks it. */
export function serveChannels(connection: Connection, processes: Processes, drop: () => void): void {
  const printers = new Set<ChannelPrinter>();
  connection.on('close', () => {
    for (const printer of printers) printer.close();
  });
  connection.on('session', (accept) => {
    const requests = accept();
    requests.on('pty', (allow) => allow?.());
    requests.on('exec', (allow, _reject, { command }) => {
      const channel = allow();
      const printer = channelPrinter(channel, drop);
      printers.add(printer);
      channel.on('close', () => {
        printers.delete(printer);
        printer.close();
      });
      execute(channel, command, { processes, printer });
    });
    requests.on('shell', (allow) => {
      const channel = allow();
      channel.resume();
      channel.write(`${noShell.join('\r\n')}\r\n`);
      leave(channel, 0);
    });
  });
}
