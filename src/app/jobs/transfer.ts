import { assertNever } from '../../base/assert-never.ts';
import { cancelled, type Failure } from '../../base/failure.ts';
import type { Reason } from '../../base/states.ts';
import { createFrames, type Frame } from '../../jobs/frames.ts';
import { attachCommand, cancelCommand, startCommand } from '../../jobs/job.ts';
import { onAbort } from '../../remote/base/abort.ts';
import type { Output, Transport } from '../../remote/base/transport.ts';
import type { Command } from '../../shell/command.ts';
import { ask } from './ask.ts';
import { Channel } from './channel.ts';
import type { Begun, JobEnd, TransferRequest } from './following.ts';
import type { JobRecord } from './job-files.ts';
import { isFinal, isShut } from './link.ts';
import { pause, proveLogin } from './prove.ts';
import { brokenOff, controllerSilent, keptLength, notInTime } from './session.ts';
import { type JobTimes, jobTimes, RefusalPauses } from './times.ts';

/** A controller that ends too early so often without a byte of progress is given up. */
const mostStumbles = 5;
/** So many connections may be lost before the controller's first word, although it had its input. */
const maxMute = 2;

/** Brings the log of one job here, over as many connections as it takes; starts, cancels and proves on the way. */
export class Transfer {
  readonly #request: TransferRequest;
  readonly #times: JobTimes;
  readonly #notices: Reason[] = [];
  readonly #over = new AbortController();
  readonly #late = new AbortController();
  #record: JobRecord;
  #channel: Channel;
  #hasBegun: boolean;
  /** The request to start has gone out, so that the job may be at work. */
  #isSent = false;
  #mute = 0;
  #joined: string | undefined;
  /** How much more of the log is here than on the node, which has lost something. */
  #surplus = 0;
  #isAway = false;
  #stumbles = 0;
  #isProving = false;
  readonly #refusals = new RefusalPauses();
  #farewell: NodeJS.Timeout | undefined;
  #end: JobEnd | undefined;
  #wake: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(request: TransferRequest) {
    this.#request = request;
    this.#times = jobTimes(request.ports);
    this.#channel = new Channel(this.#times);
    this.#record = request.record;
    this.#hasBegun = request.job === undefined;
    this.#done = this.#run();
  }

  get end(): JobEnd | undefined {
    return this.#end;
  }

  /** The nonce of the log: another's, once a job was joined. */
  get nonce(): string {
    return this.#record.nonce;
  }

  /** What has been noticed since the last call. */
  notices(): Reason[] {
    return this.#notices.splice(0);
  }

  /** Resolves when there may be something new. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Leaves the job alone and closes its channel. */
  async leave(): Promise<void> {
    this.#over.abort();
    this.#late.abort();
    this.#channel.close();
    await this.#done;
  }

  /** Asks the job to end, until it has; `mark` says why where no person did. What was never sent is not started any more. */
  async cancel(mark?: Reason): Promise<void> {
    const { node } = this.#request.link;
    if (mark) this.#note(mark);
    if (this.#joined !== undefined) this.#note({ code: 'job-left', args: [this.#joined] });
    if (this.#joined !== undefined || this.#begun === 'no') {
      this.#unreached(mark && this.#joined === undefined ? notInTime(node) : cancelled(node.name));
      return this.leave();
    }
    this.#farewell ??= setTimeout(() => {
      this.#late.abort();
      // One that answers is followed to its end: it may have to end a transaction of packages first.
      if (!this.#channel.hasAnswered) this.#channel.close();
    }, this.#times.farewell);
    let told = '';
    for (let round = 0; !this.#over.signal.aborted; round += 1) {
      const state = await this.#ask((lead) =>
        cancelCommand(this.#request.link.node, this.#record.job, {
          lead,
          signal: round < 2 ? 'INT' : 'TERM',
        }),
      );
      if (state?.type === 'cancelling' && state.state === 'transaction' && told !== state.state)
        this.#note({ code: 'cancel-waits', args: [] });
      if (state?.type === 'cancelling') told = state.state;
      await pause(this.#times.cancel, this.#over.signal);
    }
  }

  /** Proves to a guarded job by a login of its own that the node can still be reached. */
  async prove(): Promise<void> {
    const { link, ports } = this.#request;
    const note = (reason: Reason) => this.#note(reason);
    this.#isProving = true;
    await proveLogin({ link, ports, job: this.#record.job, note }, this.#over.signal);
    this.#isProving = false;
  }

  async #ask(command: (lead: string) => Command): Promise<Frame | undefined> {
    const { transport } = this.#request.link;
    const lead = this.#request.ports.names.nonce();
    return transport && ask(transport, command(lead), { lead, ms: this.#times.answer });
  }

  #note(reason: Reason): void {
    this.#notices.push(reason);
    this.#wake();
  }

  #finish(end: JobEnd): void {
    this.#end ??= end;
    this.#over.abort();
    this.#wake();
  }

  get #begun(): Begun {
    if (this.#hasBegun) return 'yes';
    return this.#isSent ? 'unknown' : 'no';
  }

  #unreached(failure: Failure): void {
    this.#finish({ type: 'unreached', failure, begun: this.#begun });
  }

  async #run(): Promise<void> {
    const { ports, link, signal } = this.#request;
    const releases = [
      onAbort(signal, () => void this.cancel()),
      onAbort(ports.keeping.broken, () => {
        const failure = ports.keeping.failure(link.node.name);
        if (failure) this.#unreached(failure);
        this.#late.abort();
        this.#channel.close();
      }),
    ];
    try {
      while (!this.#end && !this.#over.signal.aborted) await this.#once();
    } finally {
      for (const release of releases) release();
      clearTimeout(this.#farewell);
    }
  }

  /** Connects where there is no connection, else follows until the channel ends. */
  async #once(): Promise<void> {
    const { transport } = this.#request.link;
    if (!transport) return this.#reconnect();
    const output = await this.#follow(transport);
    if (this.#end || this.#over.signal.aborted || output === undefined) return;
    return output.type === 'exit' ? this.#stumble(output.code) : this.#disconnect(output.failure);
  }

  async #reconnect(): Promise<void> {
    const { link } = this.#request;
    // Who is shut out by a change gets in again when the node has rolled back.
    const mayWait = this.#isProving && !this.#refusals.isOver;
    const failure = await link.again(this.#late.signal, mayWait);
    if (!failure) return;
    if (isShut(failure) && mayWait && !this.#late.signal.aborted)
      return pause(this.#refusals.next(), this.#over.signal);
    this.#unreached(failure);
  }

  /** The controller ended before the job did: it is asked again, unless that never gets any further. */
  #stumble(code: number | undefined): void {
    this.#stumbles += 1;
    if (this.#stumbles < mostStumbles) return;
    this.#unreached(brokenOff(this.#request.link.node, { code, printed: '' }));
  }

  /** The channel was lost: its connection is closed, so that another one follows, unless that cannot help. */
  async #disconnect(failure: Failure): Promise<void> {
    const { link } = this.#request;
    const { isStale, isSent, hasAnswered } = this.#channel;
    if (isSent && !hasAnswered) this.#mute += 1;
    // Before it was sent, only a lost connection is worth another login: all else would come again.
    const isOver = isFinal(failure) || (this.#begun === 'no' && failure.code !== 'lost');
    if (isOver && !isStale) return this.#unreached(failure);
    if (this.#begun === 'unknown' && this.#mute > maxMute)
      return this.#unreached(controllerSilent(link.node));
    if (this.#begun === 'yes') {
      if (!this.#isAway) this.#note({ code: 'link-lost', args: [] });
      this.#isAway = true;
    }
    await link.close();
  }

  #command(lead: string): Command {
    const { link, job, log } = this.#request;
    const following = { lead, offset: log.size - this.#surplus };
    return job && !this.#hasBegun
      ? startCommand(link.node, job, following)
      : attachCommand(link.node, this.#record.job, following);
  }

  /** One command that follows; how its channel ended. */
  async #follow(transport: Transport): Promise<Exclude<Output, { type: 'data' }> | undefined> {
    const channel = new Channel(this.#times);
    this.#channel = channel;
    const lead = this.#request.ports.names.nonce();
    const frames = createFrames(lead);
    let printed = '';
    const decoder = new TextDecoder();
    const begun = () => {
      this.#isSent = true;
      channel.sent();
    };
    try {
      for await (const output of transport.exec(this.#command(lead), channel.signal, { begun })) {
        if (output.type !== 'data') {
          if (channel.hasAnswered || output.type === 'lost') return output;
          this.#unreached(brokenOff(this.#request.link.node, { code: output.code, printed }));
          return undefined;
        }
        begun();
        if (!channel.hasAnswered) printed = `${printed}${decoder.decode(output.bytes)}`.slice(-keptLength);
        if (output.stream === 'stderr') continue;
        for (const frame of frames.push(output.bytes)) {
          channel.heard({ isFrame: frame.type !== 'fault' });
          await this.#take(frame, channel);
          if (this.#end) return undefined;
        }
      }
      return undefined;
    } finally {
      channel.close();
    }
  }

  async #take(frame: Frame, channel: Channel): Promise<void> {
    const { log } = this.#request;
    switch (frame.type) {
      case 'state':
        this.#hasBegun = true;
        if (this.#isAway) {
          const missed = Math.max(0, frame.size - log.size);
          this.#note({ code: 'link-restored', args: [String(missed)] });
        }
        this.#isAway = false;
        return;
      case 'joined':
        this.#joined = frame.who;
        this.#record = { ...this.#record, job: frame.job, nonce: frame.nonce };
        await this.#request.ports.files.note(this.#record);
        return this.#note({ code: 'job-joined', args: [frame.who] });
      case 'data':
        // Something was left out or comes twice: the next connection asks for the right place.
        if (frame.offset !== log.size - this.#surplus) return channel.giveUp();
        await log.append(frame.bytes);
        this.#request.link.progress();
        this.#stumbles = 0;
        return this.#wake();
      case 'orphan':
        return this.#note({ code: 'job-orphan', args: [] });
      case 'shorter':
        this.#surplus = log.size - frame.size;
        return this.#note({ code: 'log-shorter', args: [String(this.#surplus)] });
      case 'ended': {
        const intact = this.#surplus === 0 && frame.size === log.size && frame.sum === (await log.sum());
        return this.#finish({ type: 'ended', code: frame.code, intact });
      }
      case 'gone':
      case 'refused':
        return this.#finish(frame);
      case 'fault':
        return channel.giveUp();
      case 'alive':
      case 'cancelling':
      case 'proven':
        return;
      default:
        return assertNever(frame);
    }
  }
}
