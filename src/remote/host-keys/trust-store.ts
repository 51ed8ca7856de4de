import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Adds one line to a known_hosts file of our own, readable by its owner only. One write in append mode: windows that save at
 * the same time neither mix nor lose lines; a line that a crash left unfinished is ended first.
 */
export async function appendTrusted(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const start = (await endsInsideLine(handle)) ? '\n' : '';
    await handle.write(`${start}${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsInsideLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1') !== '\n';
}
