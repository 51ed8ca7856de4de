import { assertNever } from '../base/assert-never.ts';
import { readAnnounced } from '../shell/announce.ts';
import { ChannelInput } from './channel-input.ts';
import { type ChannelPrinter, channelPrinter } from './channel-printer.ts';
import { drive } from './drive.ts';
import type { JobTable } from './job-table.ts';
import { readRequest } from './request.ts';
import { serveJob } from './serve-job.ts';
import type { Connection, ServerChannel } from './ssh2.ts';
import type { Started } from './started.ts';

/** The processes that a node's SSH server can start. */
export interface Processes {
  /** Starts a script; undefined for a script that is not simulated. */
  start(script: string): Started | undefined;
  readonly jobs: JobTable;
}

const noShell = [
  'This node is simulated by the Stackprep demo; it has no shell.',
  '이 노드는 Stackprep 데모가 시뮬레이션하는 노드이므로 셸이 없습니다.',
];

function leave(channel: ServerChannel, code: number): void {
  channel.exit(code);
  channel.end();
}

function notSimulated(channel: ServerChannel): void {
  channel.stderr.write('sh: not simulated\n');
  leave(channel, 127);
}

async function runScript(channel: ServerChannel, script: string, on: On): Promise<void> {
  const { processes, printer } = on;
  const started = processes.start(script);
  if (!started) return notSimulated(channel);
  const { job, program, ended } = started;
  // The command continues without a reader, as on a real node.
  printer.whenClosed(() => job.finishNow());
  const code = await drive(program, job, printer);
  ended();
  leave(channel, code);
}

interface On {
  readonly processes: Processes;
  readonly printer: ChannelPrinter;
}

/** Prints the words announced before a command, and waits for a line of input after each; undefined if the input ends. */
async function announce(channel: ServerChannel, whole: string, input: ChannelInput) {
  let line = whole;
  for (;;) {
    const announced = readAnnounced(line.replace(/^sudo -n (?=sh -c )/, ''));
    if (!announced) return line;
    for (const stream of [channel.stderr, channel]) stream.write(`${announced.word}\n`);
    if (!(await input.line())) return undefined;
    line = announced.line;
  }
}

async function execute(channel: ServerChannel, whole: string, on: On): Promise<void> {
  const input = new ChannelInput(channel);
  const line = await announce(channel, whole, input);
  if (line === undefined) return leave(channel, 1);
  const request = readRequest(line);
  switch (request.type) {
    case 'script':
      return runScript(channel, (await input.rest()).toString('utf8'), on);
    case 'job':
      await serveJob(request, await input.rest(), { jobs: on.processes.jobs, printer: on.printer });
      return leave(channel, 0);
    case 'sudo':
      return leave(channel, 0);
    case 'other':
      return notSimulated(channel);
    default:
      return assertNever(request);
  }
}

/** Serves the channels of an authenticated connection; `drop` closes it. */
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
      void execute(channel, command, { processes, printer });
    });
    requests.on('shell', (allow) => {
      const channel = allow();
      channel.resume();
      channel.write(`${noShell.join('\r\n')}\r\n`);
      leave(channel, 0);
    });
  });
}
