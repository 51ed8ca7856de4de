import { existsSync, watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';
import { logFile } from '../../app/logs/paths.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { schemes } from '../../protocol/contributions.ts';
import { createThrottle } from '../stores/throttle.ts';
import { logAddress } from './address.ts';

/** Minimum interval between updates of a growing log, in milliseconds. */
const followEvery = 300;

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}

/** The log files as read-only documents that follow their files. */
export function registerLogFiles(stateFolder: string): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  function pathOf(uri: Uri): string {
    const address = logAddress(uri);
    if (!address) throw FileSystemError.FileNotFound(uri);
    return logFile(stateFolder, address);
  }
  /** A step without output has no file yet: its log is empty as long as the run is kept. */
  async function orEmpty<T>(uri: Uri, act: (path: string) => Promise<T>, empty: T): Promise<T> {
    const path = pathOf(uri);
    try {
      return await act(path);
    } catch (cause) {
      if (!isSystemError(cause) || cause.code !== 'ENOENT') throw cause;
      if (!existsSync(dirname(dirname(path)))) throw FileSystemError.FileNotFound(uri);
      return empty;
    }
  }
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: (uri) => {
      const address = logAddress(uri);
      const folder = address && dirname(logFile(stateFolder, address));
      // The run is no longer kept, so there is nothing to follow.
      if (folder === undefined || !existsSync(folder)) return new Disposable(() => undefined);
      const pacer = createThrottle(followEvery, () => changed.fire([{ type: FileChangeType.Changed, uri }]));
      // Watch the folder, which exists before the log has any line.
      const watcher = watch(folder, () => pacer.request());
      watcher.on('error', () => watcher.close());
      return new Disposable(() => {
        watcher.close();
        pacer.dispose();
      });
    },
    stat: (uri) =>
      orEmpty<FileStat>(
        uri,
        async (path) => {
          const { size, mtimeMs, birthtimeMs } = await stat(path);
          return { type: FileType.File, ctime: birthtimeMs, mtime: mtimeMs, size };
        },
        { type: FileType.File, ctime: 0, mtime: 0, size: 0 },
      ),
    readFile: (uri) => orEmpty<Uint8Array>(uri, (path) => readFile(path), new Uint8Array()),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const options = { isReadonly: true, isCaseSensitive: true };
  return Disposable.from(workspace.registerFileSystemProvider(schemes.log, provider, options), changed);
}
