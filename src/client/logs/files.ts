import { existsSync, watch } from 'node:fs';
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
import { runFolder } from '../../app/logs/paths.ts';
import { schemes } from '../../protocol/contributions.ts';
import { createThrottle } from '../stores/throttle.ts';
import { logPlace } from './address.ts';
import type { LogText, LogTexts } from './log-texts.ts';

/** Minimum interval between updates of a growing log, in milliseconds. */
const followEvery = 300;

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}

/** The logs as read-only documents that follow their run. */
export function registerLogFiles(stateFolder: string, texts: LogTexts): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  async function textOf(uri: Uri): Promise<LogText> {
    const place = logPlace(uri);
    const text = place && (await texts.of(place));
    if (!text) throw FileSystemError.FileNotFound(uri);
    return text;
  }
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: (uri) => {
      const place = logPlace(uri);
      const folder = place && runFolder(stateFolder, place.run);
      // The run is no longer kept, so there is nothing to follow.
      if (folder === undefined || !existsSync(folder)) return new Disposable(() => undefined);
      const pacer = createThrottle(followEvery, () => changed.fire([{ type: FileChangeType.Changed, uri }]));
      // Every line of a log is in the journal too, which exists before the log has any line.
      const watcher = watch(folder, () => pacer.request());
      watcher.on('error', () => watcher.close());
      return new Disposable(() => {
        watcher.close();
        pacer.dispose();
      });
    },
    stat: async (uri) => {
      const { bytes, changedAt } = await textOf(uri);
      return { type: FileType.File, ctime: 0, mtime: changedAt, size: bytes.length };
    },
    readFile: async (uri) => (await textOf(uri)).bytes,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const options = { isReadonly: true, isCaseSensitive: true };
  return Disposable.from(workspace.registerFileSystemProvider(schemes.log, provider, options), changed);
}
