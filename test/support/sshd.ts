import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Home } from './connecting.ts';

export const execute = promisify(execFile);

const SSHD = '/usr/sbin/sshd';

/** Why tests with a real OpenSSH cannot run here, or undefined. */
export function opensshMissing(): string | undefined {
  if (process.platform !== 'linux') return 'it runs on Linux only';
  if (process.getuid?.() !== 0) return 'sshd has to be started by root';
  const programs = [SSHD, '/usr/bin/ssh', '/usr/bin/ssh-keygen', '/usr/bin/ssh-agent', '/usr/bin/ssh-add'];
  const missing = programs.filter((program) => !existsSync(program));
  return missing.length > 0 ? `${missing.join(', ')} is not installed` : undefined;
}

/** A real sshd on loopback, in the foreground and with its own settings. */
export interface Sshd {
  readonly port: number;
  /** The public host key in the format of known_hosts, without a name. */
  readonly hostKey: string;
  /** Its log so far. */
  readonly log: () => string;
  stop(): Promise<void>;
}

export interface SshdOptions {
  readonly home: Home;
  readonly name?: string;
  readonly settings?: readonly string[];
}

/** Users log in with the keys in `<home>/authorized_keys`. */
export async function startSshd({ home, name = 'sshd', settings = [] }: SshdOptions): Promise<Sshd> {
  const hostKey = home.file(`${name}_host_key`);
  await keygen(home, `${name}_host_key`);
  const port = await freePort();
  const config = await home.write(
    `${name}_config`,
    [
      ...settings,
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${hostKey}`,
      'PidFile none',
      `AuthorizedKeysFile ${home.file('authorized_keys')}`,
      'PermitRootLogin yes',
      'StrictModes no',
      // bash reads .bashrc for every command unless it seems to run inside another shell.
      'SetEnv SHLVL=5',
      'UsePAM no',
      '',
    ].join('\n'),
  );
  // The privilege separation directory of sshd, which is created when the service starts.
  await mkdir('/run/sshd', { recursive: true });
  const sshd = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => sshd.once('exit', () => resolve()));
  let log = '';
  await new Promise<void>((resolve, reject) => {
    sshd.stderr.on('data', (bytes: Buffer) => {
      log += bytes.toString();
      if (log.includes('Server listening')) resolve();
    });
    ended.then(() => reject(new Error(`sshd ended: ${log}`)));
  });
  const [type, base64] = (await readFile(`${hostKey}.pub`, 'utf8')).split(' ');
  return {
    port,
    hostKey: `${type} ${base64}`,
    log: () => log,
    stop: () => {
      sshd.kill();
      return ended;
    },
  };
}

/** Creates a key with ssh-keygen; returns the path of the private key. */
export async function keygen(home: Home, name: string, ...options: readonly string[]): Promise<string> {
  const path = home.file(name);
  const defaults = options.includes('-t') ? [] : ['-t', 'ed25519'];
  const passphrase = options.includes('-N') ? [] : ['-N', ''];
  await execute('ssh-keygen', ['-q', '-C', name, '-f', path, ...defaults, ...passphrase, ...options]);
  return path;
}

/** Authorizes the keys for the login. */
export async function authorize(home: Home, ...keys: readonly string[]): Promise<void> {
  const lines = await Promise.all(keys.map((key) => readFile(`${key}.pub`, 'utf8')));
  await writeFile(home.file('authorized_keys'), lines.join(''), { flag: 'a', mode: 0o600 });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
