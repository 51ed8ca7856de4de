import type { Failure } from '../../base/failure.ts';
import type { Reason } from '../../base/states.ts';
import { createFrames, type Frame, type JobState, type Refusal } from '../../jobs/frames.ts';
import { attachCommand, cancelCommand, type NewJob, startCommand } from '../../jobs/job.ts';
import { onAbort } from '../../remote/abort.ts';
import type { Output, Transport } from '../../remote/transport.ts';
import type { Command } from '../../shell/command.ts';
import type { Ports } from '../ports.ts';
import { brokenOff, cancelled, keptLength } from '../session.ts';
import { ask } from './ask.ts';
import { type Channel, giveUp, openChannel } from './channel.ts';
import type { JobLog, JobRecord } from './job-files.ts';
import { isFinal, isShut, type Link } from './link.ts';
import { pause, proveLogin } from './prove.ts';

/** How a job ended, as far as that can be known from here. */
export type JobEnd =
  /** With an exit code; `intact` when the log here is the node's to the byte. */
  | { readonly type: 'ended'; readonly code: string; readonly intact: boolean }
  | { readonly type: 'gone'; readonly state: JobState }
  | { readonly type: 'refused'; readonly why: Refusal; readonly values: readonly string[] }
  /** The node is out of reach, or nothing can be written here; the job may go on there. */
  | { readonly type: 'unreached'; readonly failure: Failure };

export interface TransferRequest {
  readonly link: Link;
  readonly ports: Ports;
  /** Cancels the job on the node. */
  readonly signal: AbortSignal;
  readonly record: JobRecord;
  readonly log: JobLog;
  /** What to start; absent for a job that an earlier process has sent. */
  readonly job?: NewJob;
}

/** Times in milliseconds. */
const times = {
  /** A node that says nothing for so long is taken for lost; the controller sends a sign of life every three seconds. */
  silence: 25_000,
  /** Before its first word it may have to write much to a slow disk. */
  first: 90_000,
  /** Between two requests to end. */
  cancel: 5_000,
  /** How long after a cancellation a lost node is sought to tell it. */
  farewell: 30_000,
  refused: 2_000,
};
/** A controller that ends too early so often without a byte of progress is given up. */
const mostStumbles = 5;
/** A node that has to roll back, perhaps at its next start, may refuse so many logins before, two seconds apart. */
const mostRefusals = 90;

/** Brings the log of one job here, over as many connections as it takes; starts, cancels and proves on the way. */
export class Transfer {
  readonly #request: TransferRequest;
  readonly #notices: Reason[] = [];
  readonly #over = new AbortController();
  readonly #late = new AbortController();
  #record: JobRecord;
  #channel: Channel = openChannel();
  #hasBegun: boolean;
  #joined: string | undefined;
  /** How much more of the log is here than on the node, which has lost something. */
  #surplus = 0;
  #isAway = false;
  #stumbles = 0;
  #isProving = false;
  #refusals = 0;
  #end: JobEnd | undefined;
  #wake: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(request: TransferRequest) {
    this.#request = request;
    this.#record = request.record;
    this.#hasBegun = request.job === undefined;
    this.#done = this.#run();
  }

  /** The nonce of the log: another's, once a job was joined. */
  get nonce(): string {
    return this.#record.nonce;
  }

  get end(): JobEnd | undefined {
    return this.#end;
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
    this.#channel.closing.abort();
    await this.#done;
  }

  /** Asks the job to end, until it has; `mark` says why where no person did. */
  async cancel(mark?: Reason): Promise<void> {
    if (mark) this.#note(mark);
    if (this.#joined !== undefined) {
      this.#note({ code: 'job-left', args: [this.#joined] });
      this.#finish({ type: 'unreached', failure: cancelled(this.#request.link.node) });
      return this.leave();
    }
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
      await pause(times.cancel, this.#over.signal);
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
    return transport && (await ask(transport, command(lead), lead));
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

  async #run(): Promise<void> {
    let farewell: NodeJS.Timeout | undefined;
    const { ports, link, signal } = this.#request;
    const releases = [
      onAbort(signal, () => {
        farewell = setTimeout(() => this.#late.abort(), times.farewell);
        void this.cancel();
      }),
      onAbort(ports.keeping.broken, () => {
        const failure = ports.keeping.failure(link.node.name);
        if (failure) this.#finish({ type: 'unreached', failure });
        this.#late.abort();
        this.#channel.closing.abort();
      }),
    ];
    try {
      while (!this.#end && !this.#over.signal.aborted) await this.#once();
    } finally {
      for (const release of releases) release();
      clearTimeout(farewell);
    }
  }

  async #once(): Promise<void> {
    const { link } = this.#request;
    const { transport } = link;
    if (!transport) {
      // Who is shut out by a change gets in again when the node has rolled back.
      const mayWait = this.#isProving && this.#refusals < mostRefusals;
      const failure = await link.again(this.#late.signal, mayWait);
      if (failure && isShut(failure) && mayWait && !this.#late.signal.aborted) {
        this.#refusals += 1;
        return pause(times.refused, this.#over.signal);
      }
      if (failure) this.#finish({ type: 'unreached', failure });
      return;
    }
    const output = await this.#follow(transport);
    if (this.#end || this.#over.signal.aborted || output === undefined) return;
    if (output.type === 'lost' && isFinal(output.failure) && !this.#channel.isStale)
      return this.#finish({ type: 'unreached', failure: output.failure });
    if (output.type === 'exit' && ++this.#stumbles < mostStumbles) return;
    if (output.type === 'exit')
      return this.#finish({
        type: 'unreached',
        failure: brokenOff(link.node, { code: output.code, printed: '', hasBegun: true }),
      });
    if (!this.#isAway) this.#note({ code: 'link-lost', args: [] });
    this.#isAway = true;
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
    const channel = openChannel();
    this.#channel = channel;
    const lead = this.#request.ports.names.nonce();
    const frames = createFrames(lead);
    let watch = setTimeout(() => giveUp(channel), times.first);
    let printed = '';
    const decoder = new TextDecoder();
    let hasAnswered = false;
    try {
      for await (const output of transport.exec(this.#command(lead), channel.closing.signal)) {
        if (output.type !== 'data') {
          if (hasAnswered || output.type === 'lost') return output;
          const failure = brokenOff(this.#request.link.node, { code: output.code, printed, hasBegun: false });
          this.#finish({ type: 'unreached', failure });
          return undefined;
        }
        if (!hasAnswered) printed = `${printed}${decoder.decode(output.bytes)}`.slice(-keptLength);
        if (output.stream === 'stderr') continue;
        for (const frame of frames.push(output.bytes)) {
          hasAnswered = true;
          clearTimeout(watch);
          watch = setTimeout(() => giveUp(channel), times.silence);
          await this.#take(frame, channel);
          if (this.#end) return undefined;
        }
      }
      return undefined;
    } finally {
      clearTimeout(watch);
      channel.closing.abort();
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
        if (frame.offset !== log.size - this.#surplus) return giveUp(channel);
        await log.append(frame.bytes);
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
        return this.#finish(frame);
      case 'refused':
        return this.#finish(frame);
      case 'fault':
        return giveUp(channel);
      case 'alive':
      case 'cancelling':
      case 'proven':
        return;
    }
  }
}
