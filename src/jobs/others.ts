import type { Starter } from '../base/occupant.ts';
import { isRunKind } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import { oneLine } from '../base/visible.ts';

/** A job of another run on the node. */
export interface OtherJob extends Starter {
  readonly job: string;
  readonly nonce: string;
  /** Milliseconds since its start, by the node's own clock. */
  readonly ageMs: number;
}

/** A run with its origin, as it is recorded on the node. */
export interface Origin {
  readonly run: string;
  readonly who: string;
  readonly kind: RunKind;
}

/** Limit for the name of a user and a computer, UTF-16 units. */
export const maxWhoLength = 80;
const runName = /^[A-Za-z0-9_-]{1,100}$/;
const jobName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,250}$/;
const stepId = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const nonceText = /^[A-Za-z0-9]{1,64}$/;
const seconds = /^\d{1,9}$/;

/** Decodes the fields of an `occupied` frame; undefined if no job is named. */
export function decodeOther(fields: readonly string[]): OtherJob | undefined {
  const [, run = '', who = '', kind, step = '', age = '', job = '', nonce = ''] = fields;
  if (!jobName.test(job)) return undefined;
  return {
    job,
    nonce: nonceText.test(nonce) ? nonce : '',
    run: runName.test(run) ? run : '',
    who: who === '-' ? '' : oneLine(who, maxWhoLength),
    ageMs: seconds.test(age) ? Number(age) * 1_000 : 0,
    ...(isRunKind(kind) ? { kind } : {}),
    ...(stepId.test(step) ? { step } : {}),
  };
}

/** The origin of a job as one line without the time, which the node adds; empty fields are written as `-`. */
export function originLine({ run, who, kind }: Origin, step: string): string {
  const fields = [run, oneLine(who, maxWhoLength), kind, step];
  return `${fields.map((field) => field || '-').join('\t')}\n`;
}
