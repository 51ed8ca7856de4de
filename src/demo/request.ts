/** What a command line asks of a simulated node. */
export type Request =
  | { readonly type: 'script' }
  | { readonly type: 'kill'; readonly signal: 'INT' | 'TERM'; readonly pid: number }
  /** Whether sudo wants a password; here it never does. */
  | { readonly type: 'sudo' }
  | { readonly type: 'other' };

const script = /^(?:sudo -n )?sh -s$/;
const kill = /^(?:sudo -n )?sh -c '.* kill -(INT|TERM) -- .*' sh (\d+)$/;

const sudo = /^env LC_ALL=C LANGUAGE=C sudo -k -n true$/;

/** Reads a command line: a script over stdin, the signal to a script's process group, or what is not simulated. */
export function readRequest(line: string): Request {
  if (script.test(line)) return { type: 'script' };
  if (sudo.test(line)) return { type: 'sudo' };
  const [, signal, pid] = kill.exec(line) ?? [];
  if (signal === undefined || pid === undefined) return { type: 'other' };
  return { type: 'kill', signal: signal === 'INT' ? 'INT' : 'TERM', pid: Number(pid) };
}
