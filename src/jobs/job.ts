import { secretForms } from '../base/secret-forms.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { asRoot } from '../plan/command.ts';
import type { Command } from '../shell/command.ts';
import { controller } from './controller.ts';
import { type Origin, originLine } from './others.ts';

/** A job, as the controlling computer identifies it. */
export interface JobName {
  /** `<run>.<step>.<attempt>`: the folder of the job on its node. */
  readonly job: string;
  /** Marks the marker lines of its payload. */
  readonly nonce: string;
}

/** Everything that a node needs to run a job. */
export interface NewJob extends JobName {
  readonly step: string;
  /** The whole text of the payload, and its SHA-256. */
  readonly text: string;
  readonly sum: string;
  /** Equal for the same step with the same script, from any controller: the SHA-256 of the payload without its nonce. */
  readonly key: string;
  /** The run and who started it, shown to others who want to use the node. */
  readonly origin: Origin;
  /** `alone`: refused if another run works on the node. `queued`: waits for the node, and joins the same step of another run. */
  readonly place: 'alone' | 'queued';
  /** Whether more steps of the run follow on the node, which is kept for them. */
  readonly hasMore: boolean;
  /** Values of the payload's secrets, in the payload's order. */
  readonly secrets: readonly string[];
  /** Other secrets to mask in its output, if it has secrets: those of the login. */
  readonly hidden?: readonly string[];
}

/** The length of a text in UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** A secret as one line of ASCII for `printf %b`. */
function secretLine(value: string): string {
  return `${encodeURIComponent(value)
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(
      /%([0-9A-Fa-f]{2})/g,
      (_, hex: string) => `\\0${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`,
    )}\n`;
}

/**
 * The controller and its words are sent over standard input: the command line stays short, works in any login shell, and shows no
 * word of the request to the other users of the node.
 */
function command(node: ClusterNode, words: readonly string[], rest = ''): Command {
  // Not head: that of busybox reads more than it prints.
  const read = 'eval "$(dd bs="$1" count=1 iflag=fullblock 2>/dev/null)"';
  return asRoot(node, {
    argv: ['sh', '-c', read, 'sh', String(controller.length)],
    stdin: controller + [words.length, ...words].map((word) => `${word}\n`).join('') + rest,
  });
}

/** Starts the job unless it was already started, and follows its log from `offset` on. `lead` marks the frames of the answer. */
export function startCommand(node: ClusterNode, job: NewJob, { lead, offset }: FollowOptions): Command {
  const bytes = byteLength(job.text);
  // After the values, a payload with secrets reads the forms in which they may be printed.
  const hidden = job.secrets.length > 0 ? [...job.secrets, ...(job.hidden ?? [])].flatMap(secretForms) : [];
  const secrets = [...job.secrets, ...new Set(hidden)];
  const numbers = [secrets.length, offset].map(String);
  const words = [job.sum, String(bytes), job.key, job.nonce, ...numbers, job.place, job.hasMore ? '1' : '0'];
  const rest = job.text + originLine(job.origin, job.step) + secrets.map(secretLine).join('');
  return command(node, [lead, 'start', job.job, ...words], rest);
}

export interface FollowOptions {
  readonly lead: string;
  /** How many bytes of the log are already known. */
  readonly offset: number;
}

/** Follows the log of a job that was already started. */
export function attachCommand(node: ClusterNode, job: string, { lead, offset }: FollowOptions): Command {
  return command(node, [lead, 'attach', job, String(offset)]);
}

/** Asks the job to end; during an rpm transaction the request is only recorded. */
export function cancelCommand(
  node: ClusterNode,
  job: string,
  { lead, signal }: { readonly lead: string; readonly signal: 'INT' | 'TERM' },
): Command {
  return command(node, [lead, 'cancel', job, signal]);
}

/** Confirms to a guarded job that a second login succeeded. */
export function confirmCommand(node: ClusterNode, job: string, lead: string): Command {
  return command(node, [lead, 'prove', job]);
}

/** What the node waits for before it answers: nothing, the next step of a run between two steps, the job after `seen`, or no run. */
export type OthersMode = 'now' | 'settled' | 'next' | 'free';

export interface OthersOptions {
  readonly lead: string;
  readonly mode: OthersMode;
  /** For `next` and `free`: the job that is known already. */
  readonly seen?: string;
}

/** Asks which run other than this one works on the node. */
export function othersCommand(
  node: ClusterNode,
  run: string,
  { lead, mode, seen = '' }: OthersOptions,
): Command {
  return command(node, [lead, 'others', run, mode, seen]);
}

/** Says that the run, which waits between two steps, still needs the node. */
export function keepCommand(node: ClusterNode, run: string, lead: string): Command {
  return command(node, [lead, 'keep', run]);
}

/** Says that the run starts nothing more on the node. */
export function releaseCommand(node: ClusterNode, run: string, lead: string): Command {
  return command(node, [lead, 'release', run]);
}

/** Shows or removes what Stackprep keeps on the node for itself; refused while a job runs there. */
export function forgetCommand(
  node: ClusterNode,
  { lead, mode }: { readonly lead: string; readonly mode: 'show' | 'remove' },
): Command {
  return command(node, [lead, 'forget', 'node', mode]);
}
