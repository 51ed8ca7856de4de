import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isSystemError } from '../../app/logs/system-error.ts';
import { TarError } from '../../app/logs/tar-entries.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { toolOptions } from '../../remote/base/child-env.ts';
import { systemErrorMessage } from '../cluster/cluster-file.ts';

/** Programs for compressions that Node.js cannot read everywhere; every system that makes such files has them. */
const programs = [
  { name: /xz$/i, program: 'xz', options: ['--decompress', '--stdout', '--memlimit=512MiB'] },
  { name: /bz2?$/i, program: 'bzip2', options: ['--decompress', '--stdout'] },
  { name: /zst$/i, program: 'zstd', options: ['--decompress', '--stdout', '--quiet', '--memory=512MB'] },
] as const;

/** Whether a log is compressed, by its name. */
export function isCompressed(path: string): boolean {
  return /\.(?:gz|xz|bz2|zst)$/i.test(path);
}

/** The bytes of a file without the compression that its name says; throws if it is damaged. */
export function unpacked(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (/gz$/i.test(path)) {
    const gunzip = createGunzip();
    file.on('error', (cause) => gunzip.destroy(cause));
    return file.pipe(gunzip);
  }
  const found = programs.find(({ name }) => name.test(path));
  return found ? outputOf(file, found) : file;
}

async function* outputOf(
  file: Readable,
  { program, options }: (typeof programs)[number],
): AsyncGenerator<Uint8Array> {
  const child = spawn(program, options, {
    ...toolOptions(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  file.on('error', (cause) => child.stdout.destroy(cause)).pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  child.on('error', (cause) => child.stdout.destroy(cause));
  try {
    yield* child.stdout;
    const code = await closed;
    if (code !== 0) throw Object.assign(new Error(`${program}: ${code}`), { code: 'Z_DATA_ERROR' });
  } finally {
    child.kill();
    file.destroy();
  }
}

/** What is wrong with a compressed file or an archive; undefined for any other error. */
export function unpackingMessage(path: string, cause: unknown): Message | undefined {
  if (cause instanceof TarError)
    return msg('{0} cannot be unpacked: it is damaged, or not a tar archive.', path);
  if (isSystemError(cause))
    return cause.syscall?.startsWith('spawn')
      ? msg('{0} requires the program {1}. Install it, or unpack the file.', path, cause.path ?? '')
      : systemErrorMessage(path, cause);
  const isDamage = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
  return isDamage ? msg('{0} cannot be unpacked: it is damaged.', path) : undefined;
}
