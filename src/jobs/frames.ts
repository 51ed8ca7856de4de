import { own } from '../base/own.ts';
import { oneLine } from '../base/visible.ts';
import { decodeKept, type KeptOnNode } from './kept.ts';
import { decodeOther, maxWhoLength, type OtherJob } from './others.ts';

/** The state of a job on its node. */
export type JobState =
  | 'absent'
  | 'staged'
  | 'running'
  /** Its supervisor was killed, but a process that it started is still running. */
  | 'orphan'
  /** It has an exit code. */
  | 'ended'
  /** It has no exit code, and none of its processes is left. */
  | 'killed'
  /** The node was rebooted after the job was sent. */
  | 'rebooted';

const states: readonly string[] = [
  'absent',
  'staged',
  'running',
  'orphan',
  'ended',
  'killed',
  'rebooted',
] satisfies JobState[];

/** Why the node refused a job; `values` are the arguments of the reason. */
export const refusals = [
  'bad-name',
  'bad-verb',
  'absent',
  'not-root',
  'no-tool',
  'not-staged',
  'not-launched',
  'busy',
  'other-script',
  'later-format',
  /** Another run works on the node. */
  'occupied',
  'foreign-folder',
  'not-removed',
] as const;
export type Refusal = (typeof refusals)[number];

/** What the controller on a node prints (jobs/controller.sh). */
export type Frame =
  | { readonly type: 'state'; readonly state: JobState; readonly size: number }
  /** The same step is already running as another job, started by `who`; the log is that job's from here on. */
  | { readonly type: 'joined'; readonly job: string; readonly nonce: string; readonly who: string }
  /** Bytes of the log from `offset` on; the bytes of one frame may be split into several. */
  | { readonly type: 'data'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly type: 'alive'; readonly offset: number }
  | { readonly type: 'orphan' }
  /** The log on the node is shorter than what was already read. */
  | { readonly type: 'shorter'; readonly size: number }
  | { readonly type: 'ended'; readonly code: string; readonly size: number; readonly sum: string }
  | { readonly type: 'gone'; readonly state: JobState }
  | { readonly type: 'cancelling'; readonly state: JobState | 'transaction' | 'sent' }
  | { readonly type: 'proven' }
  /** Another run works on the node. */
  | { readonly type: 'occupied'; readonly by: OtherJob }
  /** No other run works on the node. */
  | { readonly type: 'free' }
  /** What Stackprep keeps on the node, or kept before it was removed. */
  | { readonly type: 'kept'; readonly kept: KeptOnNode }
  | { readonly type: 'refused'; readonly why: Refusal; readonly values: readonly string[] }
  /** Not a frame; nothing after it is read. */
  | { readonly type: 'fault'; readonly text: string };

/** Limit for the output of the login's start files and the first frame together. */
export const maxNoiseBytes = 65_536;
/** Limit for the head of each later frame. */
export const maxHeadBytes = 4_096;
const newline = 10;
/** How much of the malformed input the message quotes. */
const maxQuotedLength = 200;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function utf8(text: string): string {
  try {
    return decodeURIComponent(
      text.replace(/[%\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return text;
  }
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function stateOf(text: string | undefined): JobState | undefined {
  return text !== undefined && states.includes(text) ? (text as JobState) : undefined;
}

/** The head of a `data` frame; its bytes follow. */
interface BodyHead {
  readonly type: 'body';
  readonly offset: number;
  readonly length: number;
}

type Head = Frame | BodyHead;

/** Builds a frame from the fields after its type; undefined if they are malformed. */
type Decode = (fields: readonly string[]) => Head | undefined;

/** One decoder for each frame type. */
const decoders: Readonly<Record<Exclude<Frame['type'], 'fault'>, Decode>> = {
  state([word, length]) {
    const [state, size] = [stateOf(word), count(length)];
    return state && size !== undefined ? { type: 'state', state, size } : undefined;
  },
  joined: ([job, nonce, who]) =>
    job !== undefined && nonce !== undefined && who !== undefined
      ? { type: 'joined', job, nonce, who: oneLine(who, maxWhoLength) }
      : undefined,
  data([from, bytes]) {
    const [offset, length] = [count(from), count(bytes)];
    return offset !== undefined && length ? { type: 'body', offset, length } : undefined;
  },
  alive([from]) {
    const offset = count(from);
    return offset === undefined ? undefined : { type: 'alive', offset };
  },
  orphan: () => ({ type: 'orphan' }),
  shorter([length]) {
    const size = count(length);
    return size === undefined ? undefined : { type: 'shorter', size };
  },
  ended([code, length, sum]) {
    const size = count(length);
    return code !== undefined && size !== undefined && sum !== undefined
      ? { type: 'ended', code, size, sum }
      : undefined;
  },
  gone([word]) {
    const state = stateOf(word);
    return state && { type: 'gone', state };
  },
  cancelling([word]) {
    const state = word === 'transaction' || word === 'sent' ? word : stateOf(word);
    return state && { type: 'cancelling', state };
  },
  proven: () => ({ type: 'proven' }),
  occupied(fields) {
    const by = decodeOther(fields);
    return by && { type: 'occupied', by };
  },
  free: () => ({ type: 'free' }),
  kept(fields) {
    const kept = decodeKept(fields);
    return kept && { type: 'kept', kept };
  },
  refused([word, ...values]) {
    const why = refusals.find((each) => each === word);
    return why && { type: 'refused', why, values };
  },
};

function decode([type = '', ...fields]: readonly string[]): Head | undefined {
  return own<Decode>(decoders, type)?.(fields);
}

/** Decodes the controller's answer from arbitrary chunks; output before the first frame is ignored. */
export function createFrames(lead: string): { push(bytes: Uint8Array): Frame[] } {
  const start = `@@${lead}\t`;
  let head = '';
  /** How much was printed before the first frame, and how it begins. */
  let noise = { length: 0, text: '' };
  let isSynced = false;
  let isBroken = false;
  let body = { offset: 0, left: 0 };

  function malformed(text: string): Frame {
    isBroken = true;
    return { type: 'fault', text: text.slice(0, maxQuotedLength) };
  }

  function endHead(): Frame | undefined {
    let line = head;
    if (!isSynced) {
      const at = line.indexOf(start);
      if (at < 0) {
        noise = {
          length: noise.length + head.length + 1,
          text: `${noise.text}${head}\n`.slice(0, maxQuotedLength),
        };
        head = '';
        return undefined;
      }
      line = line.slice(at);
    }
    head = '';
    const frame = line.startsWith(start) ? decode(line.slice(start.length).split('\t').map(utf8)) : undefined;
    if (!frame) return malformed(line);
    isSynced = true;
    if (frame.type !== 'body') return frame;
    body = { offset: frame.offset, left: frame.length };
    return undefined;
  }

  /** Consumes the available bytes of a `data` frame; returns the index of the rest. */
  function takeBody(bytes: Uint8Array, at: number, frames: Frame[]): number {
    const piece = bytes.subarray(at, at + body.left);
    frames.push({ type: 'data', offset: body.offset, bytes: piece });
    body = { offset: body.offset + piece.length, left: body.left - piece.length };
    return at + piece.length;
  }

  /** Consumes a frame head, or output before the first frame; returns the index of the rest. */
  function takeHead(bytes: Uint8Array, at: number, frames: Frame[]): number {
    const end = bytes.indexOf(newline, at);
    const to = end < 0 ? bytes.length : end;
    head += latin1(bytes.subarray(at, to));
    const isTooLong = isSynced ? head.length > maxHeadBytes : noise.length + head.length > maxNoiseBytes;
    if (isTooLong) frames.push(malformed(isSynced ? head : noise.text + head));
    const frame = end < 0 || isTooLong ? undefined : endHead();
    if (frame) frames.push(frame);
    return to + 1;
  }

  return {
    push(bytes) {
      const frames: Frame[] = [];
      let at = 0;
      while (at < bytes.length && !isBroken)
        at = body.left > 0 ? takeBody(bytes, at, frames) : takeHead(bytes, at, frames);
      return frames;
    },
  };
}
