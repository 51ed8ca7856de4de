import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSystemError } from '../../app/logs/system-error.ts';
import { logText } from '../../app/logs/text.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { createLogReader, type LogFindings } from '../../yum/explain/log-reader.ts';
import type { Io } from '../terminal/io.ts';
import { fileText, joinedText, splitLogOf } from './split-log.ts';
import { isCompressed, unpacked, unpackingMessage } from './unpacked.ts';

/** A log with its path as given on the command line. */
export interface LogReport extends LogFindings {
  readonly file: string;
}

export type ReadLog =
  | { readonly ok: true; readonly report: LogReport }
  | { readonly ok: false; readonly message: Message };

/** The path of an argument: a path, or the URL of a file on this computer. Throws a TypeError for the URL of another one. */
export function pathOf(file: string, cwd: string): string {
  return /^file:/i.test(file) ? fileURLToPath(file) : resolve(cwd, file);
}

async function textOf(file: string, io: Io): Promise<AsyncIterable<string>> {
  if (file === '-') return logText(io.readInput());
  const path = pathOf(file, io.cwd);
  if (isCompressed(path)) return logText(unpacked(path));
  const split = await splitLogOf(path);
  return split ? joinedText(split) : fileText(path);
}

/** Reads a log of any size, with its counterpart if stdout and stderr were captured separately; `-` is standard input. */
export async function readLog(file: string, io: Io, exitCode?: number): Promise<ReadLog> {
  const reader = createLogReader();
  try {
    for await (const text of await textOf(file, io)) reader.push(text);
  } catch (cause) {
    const isFolder = isSystemError(cause) && cause.code === 'EISDIR';
    const message = isFolder
      ? msg('{0} is a folder. Specify a log in it.', file)
      : unpackingMessage(file, cause);
    if (!message) throw cause;
    return { ok: false, message };
  }
  return { ok: true, report: { file, ...reader.end(exitCode) } };
}
