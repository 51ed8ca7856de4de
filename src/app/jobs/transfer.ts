import { assertNever } from '../../base/assert-never.ts';
import { cancelled, type Failure } from '../../base/failure.ts';
import type { Reason } from '../../base/states.ts';
import { createFrames, type Frame } from '../../jobs/frames.ts';
import { attachCommand, cancelCommand, startCommand } from '../../jobs/job.ts';
import { onAbort } from '../../remote/base/abort.ts';
import type { Output, Transport } from '../../remote/base/transport.ts';
import type { Command } from '../../shell/command.ts';
import { Channel } from './channel.ts';
import { confirmLogin, pause } from './confirm-login.ts';
import type { JobRecord } from './job-files.ts';
import { isFinal, isLoginRefused } from './node-connection.ts';
import { requestFrame } from './request-frame.ts';
import { exitedEarly, maxQuotedLength, noControllerAnswer, notStartedInTime } from './session.ts';
import { type JobTimes, jobTimes, RefusalPauses } from './times.ts';
import type { JobEnd, StartState, TransferRequest } from './transfer-types.ts';

/** Give up on a controller that exits early this often without progress. */
const maxEarlyExits = 5;
/** Give up after this many connections lost before the first frame, although the request was sent. */
const maxSilentConnections = 2;

/** Copies the log of one job to this computer, over as many connections as it takes; also starts, cancels and confirms it. */
export class Transfer {
  readonly #request: TransferRequest;
  readonly #times: JobTimes;
  readonly #notices: Reason[] = [];
  readonly #ended = new AbortController();
  readonly #reconnectEnded = new AbortController();
  #record: JobRecord;
  #channel: Channel;
  #hasStarted: boolean;
  /** The start request was sent, so the job may be running. */
  #isSent = false;
  #silentConnections = 0;
  #joined: string | undefined;
  /** How many more bytes the local log has than the node's, which was truncated. */
  #lostBytes = 0;
  #isDisconnected = false;
  #earlyExits = 0;
  #isConfirming = false;
  readonly #refusals = new RefusalPauses();
  #cancelTimer: NodeJS.Timeout | undefined;
  #end: JobEnd | undefined;
  #wake: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(request: TransferRequest) {
    this.#request = request;
    this.#times = jobTimes(request.ports);
    this.#channel = new Channel(this.#times);
    this.#record = request.record;
    this.#hasStarted = request.job === undefined;
    this.#joined = request.startedBy;
    this.#done = this.#run();
  }

  get end(): JobEnd | undefined {
    return this.#end;
  }

  /** The nonce of the log: that of the other job after joining one. */
  get nonce(): string {
    return this.#record.nonce;
  }

  notices(): Reason[] {
    return this.#notices.splice(0);
  }

  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Closes the channel and stops following; the job continues. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.#reconnectEnded.abort();
    this.#channel.close();
    await this.#done;
  }

  /** Asks the job to end, repeatedly, until it does; `reason` says why if it was not the user. An unsent job never starts. */
  async cancel(reason?: Reason): Promise<void> {
    const { node } = this.#request.link;
    if (reason) this.#note(reason);
    if (this.#joined !== undefined) this.#note({ code: 'job-not-followed', args: [this.#joined] });
    if (this.#joined !== undefined || this.#startState === 'no') {
      const isLate = reason !== undefined && this.#joined === undefined;
      this.#stopFollowing(isLate ? notStartedInTime(node) : cancelled(node.name));
      return this.close();
    }
    this.#cancelTimer ??= setTimeout(() => {
      this.#reconnectEnded.abort();
      // If the controller answers, the job is followed to its end: a package transaction may have to finish first.
      if (!this.#channel.hasAnswered) this.#channel.close();
    }, this.#times.cancelReconnectMs);
    let lastState = '';
    for (let round = 0; !this.#ended.signal.aborted; round += 1) {
      const state = await this.#ask((lead) =>
        cancelCommand(node, this.#record.job, {
          lead,
          signal: round < 2 ? 'INT' : 'TERM',
        }),
      );
      if (state?.type === 'cancelling' && state.state === 'transaction' && lastState !== state.state)
        this.#note({ code: 'cancel-after-transaction', args: [] });
      if (state?.type === 'cancelling') lastState = state.state;
      await pause(this.#times.cancelRetryMs, this.#ended.signal);
    }
  }

  async confirm(): Promise<void> {
    const request = { ...this.#request, job: this.#record.job, note: (reason: Reason) => this.#note(reason) };
    this.#isConfirming = true;
    await confirmLogin(request, this.#ended.signal);
    this.#isConfirming = false;
  }

  async #ask(command: (lead: string) => Command): Promise<Frame | undefined> {
    const { transport } = this.#request.link;
    const lead = this.#request.ports.names.nonce();
    return transport && requestFrame(transport, command(lead), { lead, ms: this.#times.answerMs });
  }

  #note(reason: Reason): void {
    this.#notices.push(reason);
    this.#wake();
  }

  #finish(end: JobEnd): void {
    this.#end ??= end;
    this.#ended.abort();
    this.#wake();
  }

  get #startState(): StartState {
    if (this.#hasStarted) return 'yes';
    return this.#isSent ? 'unknown' : 'no';
  }

  #stopFollowing(failure: Failure): void {
    this.#finish({ type: 'unreached', failure, started: this.#startState });
  }

  async #run(): Promise<void> {
    const { ports, link, signal } = this.#request;
    const releases = [
      onAbort(signal, () => void this.cancel()),
      onAbort(ports.writeGuard.failed, () => {
        const failure = ports.writeGuard.failure(link.node.name);
        if (failure) this.#stopFollowing(failure);
        this.#reconnectEnded.abort();
        this.#channel.close();
      }),
    ];
    try {
      while (!this.#end && !this.#ended.signal.aborted) await this.#connectOrFollow();
    } finally {
      for (const release of releases) release();
      clearTimeout(this.#cancelTimer);
    }
  }

  /** Connects if there is no connection, otherwise follows until the channel ends. */
  async #connectOrFollow(): Promise<void> {
    const { transport } = this.#request.link;
    if (!transport) return this.#reconnect();
    const output = await this.#follow(transport);
    if (this.#end || this.#ended.signal.aborted || output === undefined) return;
    return output.type === 'exit' ? this.#onEarlyExit(output) : this.#onLost(output.failure);
  }

  async #reconnect(): Promise<void> {
    // A change that locks this user out is rolled back soon: wait for that.
    const mayWait = this.#isConfirming && !this.#refusals.isOver;
    const failure = await this.#request.link.reconnect(this.#reconnectEnded.signal, mayWait);
    if (!failure) return;
    if (isLoginRefused(failure) && mayWait && !this.#reconnectEnded.signal.aborted)
      return pause(this.#refusals.next(), this.#ended.signal);
    this.#stopFollowing(failure);
  }

  /** The controller exited before the job ended: try again, unless there is no progress. */
  #onEarlyExit(exit: Extract<Output, { type: 'exit' }>): void {
    this.#earlyExits += 1;
    if (this.#earlyExits < maxEarlyExits) return;
    this.#stopFollowing(exitedEarly(this.#request.link.node, { ...exit, printed: '' }));
  }

  /** The channel was lost: close the connection so that the next attempt reconnects, unless a retry is pointless. */
  async #onLost(failure: Failure): Promise<void> {
    const { link } = this.#request;
    const { isAbandoned, isSent, hasAnswered } = this.#channel;
    if (isSent && !hasAnswered) this.#silentConnections += 1;
    // Before the request was sent, only a lost connection is worth a retry; other failures would repeat.
    const isOver = isFinal(failure) || (this.#startState === 'no' && failure.code !== 'lost');
    if (isOver && !isAbandoned) return this.#stopFollowing(failure);
    if (this.#startState === 'unknown' && this.#silentConnections > maxSilentConnections)
      return this.#stopFollowing(noControllerAnswer(link.node));
    if (this.#startState === 'yes') {
      if (!this.#isDisconnected) this.#note({ code: 'connection-lost', args: [] });
      this.#isDisconnected = true;
    }
    await link.close();
  }

  #command(lead: string): Command {
    const { link, job, log } = this.#request;
    const following = { lead, offset: log.size - this.#lostBytes };
    return job && !this.#hasStarted
      ? startCommand(link.node, job, following)
      : attachCommand(link.node, this.#record.job, following);
  }

  async #follow(transport: Transport): Promise<Exclude<Output, { type: 'data' }> | undefined> {
    const channel = new Channel(this.#times);
    this.#channel = channel;
    const lead = this.#request.ports.names.nonce();
    const frames = createFrames(lead);
    let printed = '';
    const decoder = new TextDecoder();
    const onStarted = () => {
      this.#isSent = true;
      channel.sent();
    };
    try {
      for await (const output of transport.exec(this.#command(lead), channel.signal, { onStarted })) {
        if (output.type !== 'data') {
          // Without an exit code, the server closed the session: the job is found again, or is started then.
          if (channel.hasAnswered || output.type === 'lost' || output.code === undefined) return output;
          this.#stopFollowing(exitedEarly(this.#request.link.node, { ...output, printed }));
          return undefined;
        }
        onStarted();
        if (!channel.hasAnswered) printed = (printed + decoder.decode(output.bytes)).slice(-maxQuotedLength);
        if (output.stream === 'stderr') continue;
        for (const frame of frames.push(output.bytes)) {
          channel.received({ isFrame: frame.type !== 'fault' });
          await this.#onFrame(frame, channel);
          if (this.#end) return undefined;
        }
      }
      return undefined;
    } finally {
      channel.close();
    }
  }

  async #onFrame(frame: Frame, channel: Channel): Promise<void> {
    const { log } = this.#request;
    switch (frame.type) {
      case 'state':
        this.#hasStarted = true;
        if (this.#isDisconnected) {
          const missed = Math.max(0, frame.size - log.size);
          this.#note({ code: 'reconnected', args: [String(missed)] });
        }
        this.#isDisconnected = false;
        return;
      case 'joined':
        this.#joined = frame.who;
        this.#record = { ...this.#record, job: frame.job, nonce: frame.nonce };
        await this.#request.ports.files.record(this.#record);
        return this.#note({ code: 'job-joined', args: [frame.who] });
      case 'data':
        // Bytes are missing or repeated: the next connection requests the right offset.
        if (frame.offset !== log.size - this.#lostBytes) return channel.abandon();
        await log.append(frame.bytes);
        this.#request.link.progress();
        this.#earlyExits = 0;
        return this.#wake();
      case 'orphan':
        return this.#note({ code: 'job-orphan', args: [] });
      case 'shorter':
        this.#lostBytes = log.size - frame.size;
        return this.#note({ code: 'log-truncated', args: [String(this.#lostBytes)] });
      case 'ended': {
        const intact = this.#lostBytes === 0 && frame.size === log.size && frame.sum === (await log.sum());
        return this.#finish({ type: 'ended', code: frame.code, intact });
      }
      case 'gone':
      case 'refused':
        return this.#finish(frame);
      case 'fault':
        return channel.abandon();
      case 'alive':
      case 'cancelling':
      case 'proven':
      case 'occupied':
      case 'free':
      case 'kept':
        return;
      default:
        return assertNever(frame);
    }
  }
}
