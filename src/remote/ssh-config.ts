import { execFile } from 'node:child_process';
import { msg } from '../core/l10n.ts';
import type { Failure } from '../core/run/failure.ts';
import { jumpFailure } from './failures.ts';

/** What the user's OpenSSH client would do for a host, as `ssh -G` prints it: lower-case keyword to its values. */
export type SshConfig = ReadonlyMap<string, readonly string[]>;

export interface ConfigRequest {
  readonly host: string;
  readonly port?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Asks the installed OpenSSH client, the only complete reader of its configuration; ssh(1), option -G. */
export function readSshConfig(request: ConfigRequest): Promise<{ config: SshConfig } | { failure: Failure }> {
  const { host, port, env, signal } = request;
  const args = ['-G', ...(port === undefined ? [] : ['-p', String(port)]), '--', host];
  return new Promise((resolve) => {
    // A `Match exec` of the user's configuration may hang.
    const options = { env, signal, timeout: 10_000, windowsHide: true };
    execFile('ssh', args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ config: parseConfig(stdout) });
      const [why, action] =
        error.code === 'ENOENT'
          ? [
              msg('no OpenSSH client is installed that could read the ssh config'),
              msg('Install the OpenSSH client, or write the jump host as user@host:port.'),
            ]
          : [
              msg('ssh -G, which reads the ssh config, failed'),
              msg('Run "ssh -G {0}" in a terminal and mend what it complains about.', host),
            ];
      resolve({ failure: jumpFailure(host, why, action, stderr || error.message) });
    });
  });
}

export function parseConfig(text: string): SshConfig {
  const config = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, keyword, value] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    const key = keyword.toLowerCase();
    config.set(key, [...(config.get(key) ?? []), value]);
  }
  return config;
}
