import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import type { Failure } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { programOptions } from '../base/child-env.ts';
import { nameOf, placeOf, printable, type Target } from '../base/target.ts';
import {
  fingerprint,
  type HostKey,
  type HostRecord,
  hostName,
  matchesHost,
  parseKnownHosts,
} from './known-hosts.ts';
import { knownHostName } from './verify-host.ts';

/** How long the program may take, milliseconds, and how much it may print. */
const timeoutMs = 10_000;
const maxBytes = 1_048_576;

export type CommandRecords =
  | { readonly ok: true; readonly records: readonly HostRecord[] }
  | { readonly ok: false; readonly failure: Failure };

export interface KnownHostsRequest {
  readonly target: Target;
  readonly presented: HostKey;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The words of a command, with quotes as ssh_config(5) has them; no shell runs it. */
export function commandWords(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** The tokens of KnownHostsCommand; ssh_config(5), TOKENS. */
function tokensFor({ target, presented }: KnownHostsRequest): Readonly<Record<string, string>> {
  const { host, port, user } =
    knownHostName(target) === target ? target : { ...target, ...knownHostName(target) };
  const name = hostName(host, port);
  return {
    ...{ '%': '%', h: target.host, n: target.host, p: String(target.port), r: user, u: userInfo().username },
    ...{ H: name, I: 'HOSTNAME', K: presented.base64, t: presented.type, f: fingerprint(presented) },
    ...{ k: target.hostKeyAlias ?? target.host, d: userInfo().homedir, i: String(userInfo().uid) },
  };
}

/** The lines for the host that KnownHostsCommand prints; a program that fails leads to no trust. */
export function askKnownHostsCommand(request: KnownHostsRequest): Promise<CommandRecords> {
  const { target, env, signal } = request;
  const tokens = tokensFor(request);
  const fill = (word: string) => word.replace(/%(.)/g, (all, letter: string) => own(tokens, letter) ?? all);
  const [program = '', ...args] = commandWords(target.knownHostsCommand ?? '').map(fill);
  const failed = (cause: string): CommandRecords => ({ ok: false, failure: commandFailure(target, cause) });
  // As ssh does: misc.c, subprocess.
  if (!isAbsolute(program)) return Promise.resolve(failed(`${program}: path is not absolute`));
  return new Promise((resolve) => {
    const options = { ...programOptions(env), signal, timeout: timeoutMs, maxBuffer: maxBytes };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.killed) return resolve(failed(`no end within ${timeoutMs / 1_000} seconds`));
      if (error) return resolve(failed(stderr || error.message));
      const { host, port } = knownHostName(target);
      const name = hostName(host, port);
      const records = parseKnownHosts(stdout, program).filter(({ hosts }) => matchesHost(hosts, name));
      resolve({ ok: true, records });
    });
  });
}

function commandFailure(target: Target, cause: string): Failure {
  return {
    code: 'host-key-unknown',
    message: msg(
      "{0} ({1}): can't check its host key, because KnownHostsCommand in your ssh config failed.",
      nameOf(target),
      placeOf(target),
    ),
    action: msg('Run the command in a terminal and fix what it reports. Nothing was sent to the host.'),
    detail: printable(cause),
  };
}
