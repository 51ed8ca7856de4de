import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import SSHConfig from 'ssh-config';
import type { Failure } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import { isShellSafe } from '../../cluster/ssh-names.ts';
import { programOptions } from '../base/child-env.ts';
import { localText } from '../base/local-text.ts';
import { printable } from '../base/target.ts';
import { readConfigFiles } from './files.ts';
import { hasCommandSections, isRelevant, keywordsIn, lineForSsh } from './keywords.ts';
import { type HostSettings, settingsOf } from './settings.ts';
import type { ConfigValues } from './values.ts';

export interface ConfigRequest {
  readonly host: string;
  /** Already decided: overrides the config, and is visible to its Match lines. */
  readonly user?: string;
  readonly port?: number;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Time limit for ssh, milliseconds: a `Match exec` may wait for something. */
  readonly configMs?: number;
}

const defaultConfigMs = 10_000;

export type ConfigRead =
  | { readonly ok: true; readonly settings: HostSettings }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Reads the user's OpenSSH settings for a host. ssh itself is the only complete reader of its configuration; if it is not
 * installed, a library reads the files and never runs a `Match exec`.
 */
export async function readSshConfig(request: ConfigRequest): Promise<ConfigRead> {
  const { host, home, env } = request;
  const text = await readConfigFiles(home, process.platform);
  if (!isShellSafe(host) || !isRelevant(text)) return { ok: true, settings: {} };
  const asked = await askClient(request, hasCommandSections(text));
  if (asked.type === 'silent') return { ok: false, failure: configTimeout(host, asked.seconds) };
  if (asked.type === 'failed') return { ok: false, failure: configFailure(host, asked.cause) };
  const library = withLibrary(text, request);
  if (asked.type === 'absent' && !library) return { ok: false, failure: configFailure(host, 'syntax') };
  const unread = /^include\b.*$/im.exec(text)?.[0];
  const ofSsh = lineForSsh(text);
  if (asked.type === 'absent' && ofSsh !== undefined) return { ok: false, failure: onlyForSsh(host, ofSsh) };
  const values = asked.type === 'values' ? asked.values : (library ?? new Map());
  const mentioned = keywordsIn(text);
  // What ssh alone has read may set anything: all that it prints counts then, the defaults too.
  const settings = settingsOf(values, { host, home, env, ...(unread === undefined && { mentioned }) });
  // ssh -G prints the local user name if the config has none.
  if (settings.user !== userInfo().username || library?.has('user')) return { ok: true, settings };
  const { user: _, ...rest } = settings;
  return { ok: true, settings: rest };
}

type Asked =
  | { readonly type: 'values'; readonly values: ConfigValues }
  | { readonly type: 'absent' }
  | { readonly type: 'silent'; readonly seconds: number }
  | { readonly type: 'failed'; readonly cause: string };

/** ssh(1), option -G; with `sh` as a command if a section depends on it: what is run on a node is a command, no login shell. */
function askClient(request: ConfigRequest, isOfCommands: boolean): Promise<Asked> {
  const { host, user, port, env, signal, configMs = defaultConfigMs } = request;
  const login = user !== undefined && isShellSafe(user) ? ['-l', user] : [];
  const [before, after] = isOfCommands ? [['-o', 'RemoteCommand=none'], ['sh']] : [[], []];
  const to = port === undefined ? [] : ['-p', String(port)];
  const args = ['-G', ...before, ...login, ...to, '--', host, ...after];
  return new Promise((resolve) => {
    const options = { ...programOptions(env), signal, timeout: configMs, encoding: 'buffer' as const };
    execFile('ssh', args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ type: 'values', values: parseConfig(localText(stdout)) });
      if (error.code === 'ENOENT') return resolve({ type: 'absent' });
      if (error.killed) return resolve({ type: 'silent', seconds: configMs / 1_000 });
      resolve({ type: 'failed', cause: localText(stderr) || error.message });
    });
  });
}

/** Parses the output of `ssh -G`: lines of keyword and value; keywords may repeat. */
export function parseConfig(text: string): ConfigValues {
  const config = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, keyword, value] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    const key = keyword.toLowerCase();
    config.set(key, [...(config.get(key) ?? []), value]);
  }
  return config;
}

/** Reads the values with the library; undefined if the text can't be parsed. */
export function withLibrary(
  text: string,
  { host, user }: Pick<ConfigRequest, 'host' | 'user'>,
): ConfigValues | undefined {
  const query = { Host: host, ...(user !== undefined && { User: user }) };
  try {
    const found = SSHConfig.parse(text).compute(query, { ignoreCase: true, matchExec: false });
    return new Map(
      Object.entries(found).map(([keyword, value]) => [keyword.toLowerCase(), [value].flat()] as const),
    );
  } catch {
    // It throws plain errors for text that is not a configuration.
    return undefined;
  }
}

function configTimeout(host: string, seconds: number): Failure {
  return {
    code: 'config',
    message: msg('Reading your ssh config for {1} took longer than {0} seconds.', seconds, host),
    action: msg('Run `ssh -G {0}` in a terminal; a `Match exec` in the config may be waiting.', host),
  };
}

function onlyForSsh(host: string, line: string): Failure {
  return {
    code: 'config',
    message: msg("Can't read your ssh config for {0}.", host),
    action: msg('Install an OpenSSH client: only ssh can read the line in the details. Or remove the line.'),
    detail: printable(line),
  };
}

function configFailure(host: string, cause: string): Failure {
  return {
    code: 'config',
    message: msg("Can't read your ssh config for {0}.", host),
    action: msg('Run `ssh -G {0}` in a terminal and fix what it reports.', host),
    detail: printable(cause),
  };
}
