import { spawn } from 'node:child_process';
import { Duplex, PassThrough } from 'node:stream';
import { msg } from '../base/l10n.ts';
import { lastWords } from '../base/visible.ts';
import type { Dialled } from './dialled.ts';
import type { Ending } from './ending.ts';
import { nameOf, placeOf, type Target } from './target.ts';

/** Nothing in it means anything to a shell: the command of the ssh config is run by one. */
const harmless = /^[\p{L}\p{N}_.:@-]*$/u;

/** The command with the tokens of ssh_config(5) replaced; undefined where that would let a name speak to the shell. */
export function fillCommand(target: Target): string | undefined {
  const { host, port, user, hostKeyAlias, proxyCommand = '' } = target;
  const tokens: Readonly<Record<string, string>> = {
    ...{ '%': '%', h: host, n: host, p: String(port), r: user, k: hostKeyAlias ?? host },
  };
  if (!Object.entries(tokens).every(([key, value]) => key === '%' || harmless.test(value))) return undefined;
  if (/%[^%hnprk]/.test(proxyCommand.replaceAll('%%', ''))) return undefined;
  return proxyCommand.replace(/%(.)/g, (_, token: string) => tokens[token] ?? '');
}

/** The stream to a machine through the program that the ssh config names (ProxyCommand); it ends with the stream. */
export function dialThrough(target: Target, ending: Ending): Promise<Dialled> {
  const line = fillCommand(target);
  if (line === undefined)
    return Promise.resolve({ ok: false, failure: proxyFailure(target, 'unknown token') });
  const child = spawn(process.platform === 'win32' ? line : `exec ${line}`, {
    shell: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-1_024);
  });
  const [input, output] = [new PassThrough(), new PassThrough()];
  // The program's end ends the session, and what it said comes before what its pipes have to say.
  child.stdin.on('error', () => undefined);
  input.pipe(child.stdin);
  child.stdout.pipe(output, { end: false });
  const stream = Duplex.from({ readable: output, writable: input });
  stream.on('error', () => undefined);
  stream.on('close', () => child.kill());
  child.on('error', (error) => ending.end(proxyFailure(target, error.message)));
  child.on('close', (code) => {
    if (code !== 0 && code !== null) ending.end(proxyFailure(target, said || `exit code ${code}`));
    output.end();
  });
  return Promise.resolve({ ok: true, stream });
}

function proxyFailure(target: Target, said: string) {
  return {
    code: 'unreachable' as const,
    message: msg(
      '{0} ({1}): the ProxyCommand of your ssh config does not lead there.',
      nameOf(target),
      placeOf(target),
    ),
    action: msg('Try it with ssh in a terminal, or write the way as jump in the cluster file.'),
    detail: lastWords(said),
  };
}
