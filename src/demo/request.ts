/** A command line for a simulated node. */
export type Request =
  | { readonly type: 'script' }
  /** Whether sudo asks for a password; never in the demo. */
  | { readonly type: 'sudo' }
  /** A request to the job controller (jobs/controller.ts), whose script has that many bytes. */
  | {
      readonly type: 'job';
      readonly length: number;
    }
  | { readonly type: 'other' };

const script = /^(?:sudo -n )?sh -s$/;
const job = /^(?:sudo -n )?sh -c 'eval "\$\(dd bs="\$1" count=1 iflag=fullblock 2>\/dev\/null\)"' sh (\d+)$/;

const sudo = /^env LC_ALL=C LANGUAGE=C sudo -k -n true$/;

/** Parses a command line: a script on stdin, a request to the job controller, or anything that is not simulated. */
export function readRequest(line: string): Request {
  if (script.test(line)) return { type: 'script' };
  if (sudo.test(line)) return { type: 'sudo' };
  const length = job.exec(line)?.[1];
  return length === undefined ? { type: 'other' } : { type: 'job', length: Number(length) };
}

/** What the job controller is asked, and the input that follows. */
export interface JobWords {
  readonly lead: string;
  readonly verb: string;
  readonly name: string;
  /** Those of the verb. */
  readonly words: readonly string[];
  readonly rest: Buffer;
}

/** Reads the words after the controller's script: their number, then one a line. */
export function readWords(input: Buffer, length: number): JobWords {
  let at = length;
  const line = (): string => {
    const end = input.indexOf('\n', at);
    const text = input.subarray(at, end < 0 ? undefined : end).toString('utf8');
    at = end < 0 ? input.length : end + 1;
    return text;
  };
  const count = Math.min(Number(line()) || 0, 32);
  const [lead = '', verb = '', name = '', ...words] = Array.from({ length: count }, line);
  return { lead, verb, name, words, rest: input.subarray(at) };
}
