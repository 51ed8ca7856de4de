import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Appends a line to Stackprep's known_hosts file (mode 0600). A single write in append mode: concurrent windows neither mix nor
 * lose lines. A line cut off by a crash is ended first.
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
