import { cancelled, type Failure } from '../../base/failure.ts';
import { announcedLine } from '../../shell/announce.ts';
import { onAbort } from '../base/abort.ts';
import { Ending } from '../base/ending.ts';
import { channelFailure, protocolFailure } from '../base/failures.ts';
import { type ClientChannel, rawTerminal } from '../base/ssh2.ts';
import { nameOf, placeOf, type Target } from '../base/target.ts';
import { sessionTimeout } from '../base/timeouts.ts';
import type { Output } from '../base/transport.ts';
import { AsyncQueue } from './async-queue.ts';
import type { Dialogue } from './dialogue.ts';
import type { Session } from './session.ts';
import { newStartMarker, StartDialogue } from './start.ts';
import { WaitClock } from './wait-clock.ts';

export interface ExecRequest {
  readonly session: Session;
  readonly target: Target;
  readonly line: string;
  /** On a raw terminal: no byte is changed, but both output streams are merged. */
  readonly tty?: boolean;
  /** Takes over once the command has started. */
  readonly dialogue: Dialogue;
  readonly signal: AbortSignal;
}

type Opened = { readonly channel: ClientChannel; readonly outputs: AsyncQueue<Output> };

/** Runs a command on its own channel, which opens with the first read and is closed when the reader stops. */
export async function* execute(request: ExecRequest): AsyncGenerator<Output, void> {
  const { session, target, signal, tty = false } = request;
  const marker = newStartMarker();
  const line = announcedLine(request.line, marker, { tty });
  const dialogue = new StartDialogue({ target, limits: session.limits, tty, marker, next: request.dialogue });
  // For this command only: its cancellation, or the end of the connection.
  const ending = new Ending();
  const release = session.ending.onEnd((failure) => ending.end(failure));
  const releaseSignal = onAbort(signal, () => ending.end(cancelled(nameOf(target))));
  let opened: Opened | Failure | undefined;
  let clock: WaitClock | undefined;
  try {
    const opening = () => open({ ...request, line }, ending);
    opened =
      ending.failure ?? (await session.waits.during(opening, 'wait-session', placeOf(target), target.user));
    if (!('channel' in opened)) return yield { type: 'lost', failure: opened };
    dialogue.begin();
    clock = new WaitClock({
      ...{ dialogue, channel: opened.channel, waits: session.waits },
      end: (failure) => ending.end(failure),
    });
    for (;;) {
      clock.follow();
      for (const output of dialogue.onOutput(await opened.outputs.take(), opened.channel)) {
        yield output;
        if (output.type !== 'data') return;
      }
    }
  } finally {
    clock?.stop();
    release();
    releaseSignal();
    if (opened && 'channel' in opened) closeUnread(opened.channel);
  }
}

/** Waits before a refused channel is tried again, milliseconds: sshd frees a session (MaxSessions) only after the end of its command. */
const openWaitsMs = [50, 100, 200, 400, 800, 1_600, 3_200] as const;

/** Opens a channel; again if sshd has no session free. */
async function open(request: ExecRequest, ending: Ending): Promise<Opened | Failure> {
  for (let attempt = 0; ; attempt += 1) {
    const opened = await openOnce(request, ending);
    const wait = openWaitsMs[attempt];
    if ('channel' in opened || opened.code !== 'sessions' || wait === undefined) return opened;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      ending.onEnd(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    if (ending.failure) return ending.failure;
  }
}

function openOnce({ session, target, line, tty }: ExecRequest, ending: Ending): Promise<Opened | Failure> {
  const { sessionMs } = session.limits;
  return new Promise((resolve) => {
    const timer = setTimeout(() => ending.end(sessionTimeout(target, sessionMs / 1_000)), sessionMs);
    const releaseEnding = ending.onEnd((failure) => {
      clearTimeout(timer);
      resolve(failure);
    });
    const release = () => {
      clearTimeout(timer);
      releaseEnding();
    };
    try {
      session.client.exec(line, tty ? { pty: rawTerminal } : {}, (error, channel) => {
        release();
        session.watchKeepalive();
        if (error) return resolve(session.ending.failure ?? channelFailure(target, error));
        if (ending.failure) return closeUnread(channel);
        // Immediately: the exit status may be in the packet being processed.
        resolve({ channel, outputs: listen(channel, target, ending) });
      });
    } catch (error) {
      // The library throws if its socket has just become unwritable.
      release();
      resolve(session.ending.failure ?? protocolFailure(target, error as Error));
    }
  });
}

/** Converts the events of a channel to outputs; `exit` comes last, after both streams have ended and the channel is closed. */
function listen(channel: ClientChannel, target: Target, ending: Ending): AsyncQueue<Output> {
  const streams = [channel, channel.stderr];
  const outputs = new AsyncQueue<Output>({
    pause: () => {
      for (const stream of streams) stream.pause();
    },
    resume: () => {
      for (const stream of streams) stream.resume();
    },
  });
  const put = (stream: 'stdout' | 'stderr') => (bytes: Buffer) =>
    outputs.put({ type: 'data', stream, bytes }, bytes.length);
  channel.on('data', put('stdout'));
  channel.stderr.on('data', put('stderr'));
  // Without a first read, a stream would buffer its data until after that of the other one.
  for (const stream of streams) stream.read(0);

  let exit: Output = { type: 'exit', code: undefined, signal: undefined };
  channel.on('exit', (code: number | null, signal?: string) => {
    exit = { type: 'exit', code: code ?? undefined, signal };
  });
  let open = 2;
  const closed = () => {
    if (--open > 0) return;
    release();
    outputs.close(exit, { dropping: false });
  };
  channel.once('close', closed);
  channel.stderr.once('close', closed);
  for (const stream of streams)
    stream.on('error', (error: Error) => ending.end(protocolFailure(target, error)));

  const release = ending.onEnd((failure) => {
    // Data already received belongs to the log; reading a paused stream passes it to the listeners above.
    for (const stream of streams) while (stream.read() !== null);
    outputs.close({ type: 'lost', failure }, { dropping: failure.code === 'cancelled' });
  });
  return outputs;
}

/** Closes a channel that is no longer read; its remaining data is consumed, otherwise the library keeps the channel. */
function closeUnread(channel: ClientChannel): void {
  channel.close();
  channel.resume();
  channel.stderr.resume();
}
