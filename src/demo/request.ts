/** A command line for a simulated node. */
export type Request =
  | { readonly type: 'script' }
  /** Whether sudo asks for a password; never in the demo. */
  | { readonly type: 'sudo' }
  /** A request to the job controller (jobs/controller.ts), whose script has that many bytes. */
  | {
      readonly type: 'job';
      readonly length: number;
      readonly lead: string;
      readonly verb: string;
      readonly name: string;
      readonly words: readonly string[];
    }
  | { readonly type: 'other' };

const script = /^(?:sudo -n )?sh -s$/;
const job = /^(?:sudo -n )?sh -c 'eval "\$\(head -c "\$1"\)"' sh (\d+) (\w+) (\w+) (\S+)(.*)$/s;
const word = /'((?:[^']|'\\'')*)'|(\S+)/g;

const sudo = /^env LC_ALL=C LANGUAGE=C sudo -k -n true$/;

/** Parses a command line: a script on stdin, a request to the job controller, or anything that is not simulated. */
export function readRequest(line: string): Request {
  if (script.test(line)) return { type: 'script' };
  if (sudo.test(line)) return { type: 'sudo' };
  const [, length, lead, verb, name, rest] = job.exec(line) ?? [];
  if (length === undefined || lead === undefined || verb === undefined || name === undefined)
    return { type: 'other' };
  const words = [...(rest ?? '').matchAll(word)].map(
    ([, quoted, plain]) => quoted?.replaceAll("'\\''", "'") ?? plain ?? '',
  );
  return { type: 'job', length: Number(length), lead, verb, name, words };
}
