import type { ClusterNode } from '../cluster/model.ts';
import { asRoot } from '../plan/command.ts';
import type { Command } from '../shell/command.ts';
import { controller } from './controller.ts';

/** A job as the controlling side knows it. */
export interface JobName {
  /** `<run>.<step>.<attempt>`: the folder of the job on its node. */
  readonly job: string;
  /** Marks the lines that its payload says of itself. */
  readonly nonce: string;
}

/** All that a node needs to run a job. */
export interface NewJob extends JobName {
  readonly step: string;
  /** The payload's whole text, and its SHA-256. */
  readonly text: string;
  readonly sum: string;
  /** The same for the same step in the same words, whoever sends it: SHA-256 of the payload without its nonce. */
  readonly key: string;
  /** Who began it, for others that wait: `anna@laptop`. */
  readonly who: string;
  /** Values of the payload's secrets, in its order. */
  readonly secrets: readonly string[];
}

/** How many bytes a text is in UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** A secret as one line of ASCII that `printf %b` turns back into its bytes. */
function secretLine(value: string): string {
  return `${encodeURIComponent(value)
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(
      /%([0-9A-Fa-f]{2})/g,
      (_, hex: string) => `\\0${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`,
    )}\n`;
}

/** The controller comes over standard input, so that the command line is short and any login shell can read it. */
function command(node: ClusterNode, words: readonly string[], rest = ''): Command {
  const read = 'eval "$(head -c "$1")"';
  return asRoot(node, {
    argv: ['sh', '-c', read, 'sh', String(controller.length), ...words],
    stdin: controller + rest,
  });
}

/** Starts the job unless it was started before, and follows its log from `offset` on. `lead` marks the answer's frames. */
export function startCommand(node: ClusterNode, job: NewJob, { lead, offset }: Following): Command {
  const bytes = byteLength(job.text);
  const numbers = [job.secrets.length, offset].map(String);
  const words = [job.sum, String(bytes), job.key, job.nonce, job.who, job.step, ...numbers];
  const rest = job.text + job.secrets.map(secretLine).join('');
  return command(node, [lead, 'start', job.job, ...words], rest);
}

export interface Following {
  readonly lead: string;
  /** How many bytes of the log are known. */
  readonly offset: number;
}

/** Follows the log of a job that was started before. */
export function attachCommand(node: ClusterNode, job: string, { lead, offset }: Following): Command {
  return command(node, [lead, 'attach', job, String(offset)]);
}

/** Asks the job to end; in rpm's transaction it only notes the wish. */
export function cancelCommand(
  node: ClusterNode,
  job: string,
  { lead, signal }: { readonly lead: string; readonly signal: 'INT' | 'TERM' },
): Command {
  return command(node, [lead, 'cancel', job, signal]);
}

/** Tells a guarded job that a fresh login got through. */
export function proveCommand(node: ClusterNode, job: string, lead: string): Command {
  return command(node, [lead, 'prove', job]);
}
