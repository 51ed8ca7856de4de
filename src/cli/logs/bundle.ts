import { lstat, opendir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { tarEntries } from '../../app/logs/tar-entries.ts';
import { logText } from '../../app/logs/text.ts';
import { fileText } from './split-log.ts';
import { unpacked } from './unpacked.ts';

/** A file of a support bundle that can be a log, with its path in the bundle. */
export interface BundleFile {
  readonly name: string;
  text(): AsyncIterable<string>;
}

/** What of a bundle was not read. */
export interface BundleLimits {
  /** Files that are larger than a log that is read. */
  large: number;
  /** Whether reading stopped at a limit of files or bytes. */
  isCut: boolean;
}

const maxFiles = 50_000;
const maxFileSize = 256 * 1024 * 1024;
const maxBytes = 4 * 1024 * 1024 * 1024;
const maxDepth = 24;

/**
 * Files that can have output of the package tools: logs, and what sos, the support bundles of vendors and the runs of this
 * program keep of commands. Compressed logs of logrotate are left out.
 */
const logNames =
  /(?:\.(?:log|out|txt|err)(?:[.-]\d{1,8})?|(?:^|\/)(?:messages|syslog|cloud-init[\w.-]{0,40}|dnf[\w.-]{0,40}|yum[\w.-]{0,40}|console[\w.-]{0,40}))$|(?:^|\/)sos_commands\/(?:dnf|yum|rpm|subscription_manager)\/[^/]{1,255}$/i;
const packed = /\.(?:gz|xz|bz2|zst|zip|rpm|sqlite|db|pcap|journal)$/i;

function mayBeLog(name: string): boolean {
  return logNames.test(name) && !packed.test(name);
}

const archives = /\.(?:tar|tar\.(?:gz|xz|bz2|zst)|tgz|txz|tbz2?|tzst)$/i;

/** Whether the path is a folder or, by its name, an archive. */
export async function isBundle(path: string): Promise<boolean> {
  const found = await stat(path);
  return found.isDirectory() || (found.isFile() && archives.test(path));
}

/** The regular files of a folder and those below it, by their paths; links and pipes are left out. */
async function* walk(folder: string, depth = 0): AsyncGenerator<string> {
  const folders: string[] = [];
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    // A link may lead out of the bundle, and a pipe never ends.
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && depth < maxDepth) folders.push(path);
  }
  for (const each of folders) yield* walk(each, depth + 1);
}

async function* filesIn(folder: string, limits: BundleLimits): AsyncGenerator<BundleFile> {
  let files = 0;
  let bytes = 0;
  for await (const path of walk(folder)) {
    files += 1;
    const name = relative(folder, path).split(sep).join('/');
    const { size } = mayBeLog(name) ? await lstat(path) : { size: 0 };
    if (files > maxFiles || bytes > maxBytes) {
      limits.isCut = true;
      return;
    }
    if (size > maxFileSize) limits.large += 1;
    if (size === 0 || size > maxFileSize) continue;
    bytes += size;
    yield { name, text: () => fileText(path) };
  }
}

async function* limited(source: AsyncIterable<Uint8Array>, limits: BundleLimits): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      limits.isCut = true;
      return;
    }
    yield chunk;
  }
}

async function* filesOf(archive: string, limits: BundleLimits): AsyncGenerator<BundleFile> {
  let files = 0;
  for await (const { name, size, chunks } of tarEntries(limited(unpacked(archive), limits))) {
    files += 1;
    if (files > maxFiles) {
      limits.isCut = true;
      return;
    }
    if (!mayBeLog(name)) continue;
    if (size > maxFileSize) limits.large += 1;
    else yield { name, text: () => logText(chunks()) };
  }
}

/** The files of a folder or an archive that can be logs; each is read before the next one. */
export async function* bundleFiles(path: string, limits: BundleLimits): AsyncGenerator<BundleFile> {
  const found = await stat(path);
  yield* found.isDirectory() ? filesIn(path, limits) : filesOf(path, limits);
}
