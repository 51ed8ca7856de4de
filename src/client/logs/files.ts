import { existsSync, watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';
import { logFile } from '../../app/logs/places.ts';
import { schemes } from '../../protocol/contributions.ts';
import { createPacer } from '../pacer.ts';
import { logAddress } from './address.ts';

/** How often a log that grows is shown anew at most, milliseconds. */
const followEvery = 300;

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}

/** The logs on disk as read-only documents that follow their files. */
export function registerLogFiles(stateFolder: string): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  function pathOf(uri: Uri): string {
    const address = logAddress(uri);
    if (!address) throw FileSystemError.FileNotFound(uri);
    return logFile(stateFolder, address);
  }
  async function orMissing<T>(uri: Uri, act: (path: string) => Promise<T>): Promise<T> {
    try {
      return await act(pathOf(uri));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
        throw FileSystemError.FileNotFound(uri);
      throw cause;
    }
  }
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: (uri) => {
      const address = logAddress(uri);
      const folder = address && dirname(logFile(stateFolder, address));
      // The logs of a run that is not kept any more have nothing to follow.
      if (folder === undefined || !existsSync(folder)) return new Disposable(() => undefined);
      const pacer = createPacer(followEvery, () => changed.fire([{ type: FileChangeType.Changed, uri }]));
      // The folder is watched: it is there before the first line of the log.
      const watcher = watch(folder, () => pacer.request());
      watcher.on('error', () => watcher.close());
      return new Disposable(() => {
        watcher.close();
        pacer.dispose();
      });
    },
    stat: (uri) =>
      orMissing(uri, async (path) => {
        const { size, mtimeMs, birthtimeMs } = await stat(path);
        return { type: FileType.File, ctime: birthtimeMs, mtime: mtimeMs, size };
      }),
    readFile: (uri) => orMissing(uri, (path) => readFile(path)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const options = { isReadonly: true, isCaseSensitive: true };
  return Disposable.from(workspace.registerFileSystemProvider(schemes.log, provider, options), changed);
}
