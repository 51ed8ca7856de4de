import { type FileHandle, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { matchesHost, parseKnownHosts } from './known-hosts.ts';

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

/** How often a change is tried again because another window has saved a key meanwhile. */
const maxTries = 5;

/** The lines of the file that are for the host and for no other name; empty if there is no file. */
async function linesFor(
  file: string,
  host: string,
): Promise<{ readonly text: string; readonly own: ReadonlySet<number> }> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw cause;
  });
  const records = parseKnownHosts(text, file).filter(({ hosts }) =>
    hosts.startsWith('|') ? matchesHost(hosts, host) : hosts.toLowerCase() === host,
  );
  return { text, own: new Set(records.map(({ line }) => line)) };
}

/** How many lines of Stackprep's known_hosts file are for the host, given by its name in such files. */
export async function countTrusted(file: string, host: string): Promise<number> {
  return (await linesFor(file, host)).own.size;
}

/** Removes the lines of the host from Stackprep's known_hosts file; returns how many there were. */
export async function removeTrusted(file: string, host: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const { text, own } = await linesFor(file, host);
    if (own.size === 0) return 0;
    const left = text.split('\n').filter((_, index) => !own.has(index + 1));
    const fresh = `${file}.new`;
    await writeFile(fresh, left.join('\n'), { mode: 0o600 });
    if (tries >= maxTries || (await stat(file)).size === Buffer.byteLength(text)) {
      await rename(fresh, file);
      return own.size;
    }
  }
}
