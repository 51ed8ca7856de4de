import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex, PassThrough } from 'node:stream';
import type { Failure } from '../base/failure.ts';
import { type Message, msg } from '../base/l10n.ts';
import { lastLines } from '../base/visible.ts';
import { isShellSafe } from '../cluster/ssh-names.ts';
import { programOptions } from './base/child-env.ts';
import type { Ending } from './base/ending.ts';
import { localText } from './base/local-text.ts';
import { nameOf, notFollowedText, placeOf, type Target } from './base/target.ts';
import type { DialResult } from './dial-result.ts';

/** How long a program may take to exit after SIGTERM. */
const killAfterMs = 2_000;

type Filled =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Replaces the tokens of ssh_config(5). A shell runs the command, so values that a shell could misinterpret, or that look like
 * an option, are refused, wherever they come from.
 */
export function fillCommand(target: Target): Filled {
  const { host, port, user, hostKeyAlias, proxyCommand = '' } = target;
  const values = new Map<string, string>([
    ...([
      ['%', '%'],
      ['h', host],
      ['n', host],
      ['p', String(port)],
    ] as const),
    ...([
      ['r', user],
      ['k', hostKeyAlias ?? host],
    ] as const),
  ]);
  for (const [token, letter = ''] of proxyCommand.matchAll(/%(.?)/gs)) {
    const value = values.get(letter);
    if (value === undefined)
      return { ok: false, failure: notFilled(target, msg('{0} is not a ProxyCommand token', token)) };
    if (letter !== '%' && !isShellSafe(value))
      return {
        ok: false,
        failure: notFilled(target, msg('{0} is "{1}", which a shell could misinterpret', token, value)),
      };
  }
  return { ok: true, line: proxyCommand.replace(/%(.)/gs, (_, letter: string) => values.get(letter) ?? '') };
}

/** Opens the stream to a host through the ProxyCommand; the program ends with the stream. */
export function dialThrough(target: Target, ending: Ending): Promise<DialResult> {
  const ignored = notFollowedText(target, 'connect');
  if (ignored !== undefined)
    return Promise.resolve({
      ok: false,
      failure: notFilled(target, msg('{0} is set with it, which Stackprep does not follow', ignored)),
    });
  const filled = fillCommand(target);
  if (!filled.ok) return Promise.resolve(filled);
  const { line } = filled;
  const child = spawn(process.platform === 'win32' ? line : `exec ${line}`, {
    ...programOptions(process.env),
    shell: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = Buffer.alloc(0);
  child.stderr.on('data', (bytes: Buffer) => {
    said = Buffer.concat([said, bytes]).subarray(-2_048);
  });
  const [input, output] = [new PassThrough(), new PassThrough()];
  // The program's exit ends the session, and its message takes precedence over errors of its pipes.
  child.stdin.on('error', () => undefined);
  input.pipe(child.stdin);
  child.stdout.pipe(output, { end: false });
  const stream = Duplex.from({ readable: output, writable: input });
  stream.on('error', () => undefined);
  stream.on('close', () => end(child));
  child.on('error', (error) => ending.end(proxyFailure(target, error.message)));
  child.on('close', (code) => {
    if (code !== 0 && code !== null) ending.end(proxyFailure(target, localText(said) || `exit code ${code}`));
    output.end();
  });
  return Promise.resolve({ ok: true, stream, said: () => localText(said) });
}

/** Ends the program without waiting: one that ignores signals must not keep this process alive. */
function end(child: ChildProcessWithoutNullStreams): void {
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  timer.unref();
  child.once('exit', () => clearTimeout(timer));
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  child.unref();
}

function notFilled(target: Target, why: Message): Failure {
  return {
    code: 'name-invalid',
    message: msg(
      '{0} ({1}): the ProxyCommand in your ssh config was not started: {2}.',
      nameOf(target),
      placeOf(target),
      why,
    ),
    action: msg('Change the name, or set `jump` in the cluster file instead.'),
  };
}

function proxyFailure(target: Target, said: string) {
  return {
    code: 'unreachable' as const,
    message: msg(
      "{0} ({1}): the ProxyCommand in your ssh config can't connect.",
      nameOf(target),
      placeOf(target),
    ),
    action: msg('Try it with ssh in a terminal, or set `jump` in the cluster file instead.'),
    detail: lastLines(said),
  };
}
