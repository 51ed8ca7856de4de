import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Whether this computer has the OpenSSH client. */
export function hasOpenSsh(): boolean {
  return spawnSync('ssh', ['-V'], { stdio: 'ignore' }).status === 0;
}

export interface OpenSshCall {
  readonly port: number;
  readonly identity: string;
  readonly knownHosts: string;
  readonly input: string;
}

/** Sends a script to a node with the real OpenSSH client in batch mode, which trusts only the given known hosts. */
export async function openSsh(
  call: OpenSshCall,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const options = [
    ['IdentitiesOnly', 'yes'],
    ['BatchMode', 'yes'],
    ['StrictHostKeyChecking', 'yes'],
    ['UserKnownHostsFile', `"${call.knownHosts}"`],
    ['GlobalKnownHostsFile', 'none'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const where = ['-F', 'none', '-i', call.identity, '-p', String(call.port), 'root@127.0.0.1', 'sh -s'];
  const child = spawn('ssh', [...options, ...where], { stdio: ['pipe', 'pipe', 'ignore'] });
  // A client that is refused closes its input before reading it.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(call.input);
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code, stdout };
}
