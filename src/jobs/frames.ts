/** How a job stands on its node. */
export type JobState =
  | 'absent'
  | 'staged'
  | 'running'
  /** Its supervisor was killed, and a process that it started still works. */
  | 'orphan'
  /** It has an exit code. */
  | 'ended'
  /** It has none, and nothing of it lives any more. */
  | 'killed'
  /** The node has started anew since it was sent. */
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

/** Why the node did not take a job; `values` explain it. */
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
] as const;
export type Refusal = (typeof refusals)[number];

/** What the controller on a node says (jobs/controller.ts). */
export type Frame =
  | { readonly type: 'state'; readonly state: JobState; readonly size: number }
  /** The same step was begun by `who` as another job, whose log this is from now on. */
  | { readonly type: 'joined'; readonly job: string; readonly nonce: string; readonly who: string }
  /** Bytes of the log from `offset` on; one piece of it may come in several. */
  | { readonly type: 'data'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly type: 'alive'; readonly offset: number }
  | { readonly type: 'orphan' }
  /** The log is shorter than what was read of it. */
  | { readonly type: 'shorter'; readonly size: number }
  | { readonly type: 'ended'; readonly code: string; readonly size: number; readonly sum: string }
  | { readonly type: 'gone'; readonly state: JobState }
  | { readonly type: 'cancelling'; readonly state: JobState | 'transaction' | 'sent' }
  | { readonly type: 'proven' }
  | { readonly type: 'refused'; readonly why: Refusal; readonly values: readonly string[] }
  /** Bytes that are no frame; nothing after them is read. */
  | { readonly type: 'fault'; readonly text: string };

/** A profile script of the node may print so much before the first frame. */
const mostNoise = 65_536;
const longestHead = 4_096;
const newline = 10;
/** So much of what is no frame is told. */
const quoted = 200;

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

type Head = Frame | { readonly type: 'body'; readonly offset: number; readonly length: number };

function decode([type, ...fields]: readonly string[]): Head | undefined {
  const [first, second, third] = fields;
  const number = count(first);
  switch (type) {
    case 'state': {
      const [state, size] = [stateOf(first), count(second)];
      return state && size !== undefined ? { type, state, size } : undefined;
    }
    case 'joined':
      return first !== undefined && second !== undefined && third !== undefined
        ? { type, job: first, nonce: second, who: third }
        : undefined;
    case 'data': {
      const length = count(second);
      return number !== undefined && length ? { type: 'body', offset: number, length } : undefined;
    }
    case 'alive':
      return number === undefined ? undefined : { type, offset: number };
    case 'orphan':
    case 'proven':
      return { type };
    case 'shorter':
      return number === undefined ? undefined : { type, size: number };
    case 'ended': {
      const size = count(second);
      return first !== undefined && size !== undefined && third !== undefined
        ? { type, code: first, size, sum: third }
        : undefined;
    }
    case 'gone': {
      const state = stateOf(first);
      return state && { type, state };
    }
    case 'cancelling': {
      const state = first === 'transaction' || first === 'sent' ? first : stateOf(first);
      return state && { type, state };
    }
    case 'refused': {
      const why = refusals.find((each) => each === first);
      return why && { type, why, values: fields.slice(1) };
    }
    default:
      return undefined;
  }
}

/** Reads the controller's answer, cut anywhere; what stands before its first frame is passed over. */
export function createFrames(lead: string): { push(bytes: Uint8Array): Frame[] } {
  const start = `@@${lead}\t`;
  let head = '';
  /** How much came before the first frame, and how it begins. */
  let noise = { length: 0, text: '' };
  let isSynced = false;
  let isBroken = false;
  let body = { offset: 0, left: 0 };

  function fault(text: string): Frame {
    isBroken = true;
    return { type: 'fault', text: text.slice(0, quoted) };
  }

  function endHead(): Frame | undefined {
    let line = head;
    if (!isSynced) {
      const at = line.indexOf(start);
      if (at < 0) {
        noise = { length: noise.length + head.length + 1, text: `${noise.text}${head}\n`.slice(0, quoted) };
        head = '';
        return noise.length > mostNoise ? fault(noise.text) : undefined;
      }
      line = line.slice(at);
    }
    head = '';
    const frame = line.startsWith(start) ? decode(line.slice(start.length).split('\t').map(utf8)) : undefined;
    if (!frame) return fault(line);
    isSynced = true;
    if (frame.type !== 'body') return frame;
    body = { offset: frame.offset, left: frame.length };
    return undefined;
  }

  return {
    push(bytes) {
      const frames: Frame[] = [];
      let at = 0;
      while (at < bytes.length && !isBroken) {
        if (body.left > 0) {
          const piece = bytes.subarray(at, at + body.left);
          frames.push({ type: 'data', offset: body.offset, bytes: piece });
          body = { offset: body.offset + piece.length, left: body.left - piece.length };
          at += piece.length;
          continue;
        }
        const end = bytes.indexOf(newline, at);
        const to = end < 0 ? bytes.length : end;
        head += latin1(bytes.subarray(at, to));
        at = to + 1;
        if (end >= 0) {
          const frame = endHead();
          if (frame) frames.push(frame);
        }
        if (isSynced ? head.length > longestHead : noise.length + head.length > mostNoise)
          frames.push(fault(noise.text + head));
      }
      return frames;
    },
  };
}
