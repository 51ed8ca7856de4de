import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { type Message, msg } from '../../core/l10n.ts';
import { createLogReader, type LogFindings } from '../../core/yum/explain/log-reader.ts';
import { isSystemFault, systemFault } from '../cluster-file.ts';
import type { Io } from '../io.ts';
import { logText } from './log-text.ts';

/** A log as it was read; `file` as it was named on the command line. */
export interface LogReport extends LogFindings {
  readonly file: string;
}

export type ReadLog =
  | { readonly ok: true; readonly report: LogReport }
  | { readonly ok: false; readonly message: Message };

/** Read at once; larger pieces gain nothing. */
const pieceSize = 256 * 1024;

function bytesOf(file: string, io: Io): AsyncIterable<Uint8Array> {
  return file === '-'
    ? io.readInput()
    : createReadStream(resolve(io.cwd, file), { highWaterMark: pieceSize });
}

/** Reads a log of any size, or the standard input where the file is `-`. */
export async function readLog(file: string, io: Io, exitCode?: number): Promise<ReadLog> {
  const reader = createLogReader();
  try {
    for await (const text of logText(bytesOf(file, io))) reader.push(text);
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    const message =
      cause.code === 'EISDIR' ? msg('{0} is a folder; name a log in it.', file) : systemFault(file, cause);
    return { ok: false, message };
  }
  return { ok: true, report: { file, ...reader.end(exitCode) } };
}
