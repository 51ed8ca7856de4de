import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../../app/logs/system-error.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { sizeLimit } from '../../cluster/decode.ts';

/** The text of a file, or a message with the reason and what to do. */
export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: Message };

/** The maximum size in UTF-8 of a text within the limit. */
const mostBytes = sizeLimit * 3;

function no(message: Message): ReadText {
  return { ok: false, message };
}

function tooLarge(file: string): ReadText {
  return no(
    msg(
      '{0} is too large for a cluster file (at most {1} characters). Check that it is the right file.',
      file,
      sizeLimit,
    ),
  );
}

/** The message for a system error while reading or writing a file. */
export function systemErrorMessage(file: string, cause: NodeJS.ErrnoException): Message {
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return msg('{0} does not exist. Check the path.', file);
    case 'EACCES':
    case 'EPERM':
      return msg("Permission denied: {0}. Check the file's permissions.", file);
    default:
      return msg('{0} cannot be read: {1}.', file, cause.code ?? cause.message);
  }
}

/** Reads a cluster file in UTF-8, with or without a byte order mark. */
export async function readClusterFile(file: string, cwd: string): Promise<ReadText> {
  const path = resolve(cwd, file);
  try {
    const about = await stat(path);
    if (about.isDirectory()) return no(msg('{0} is a folder. Name a cluster file in it.', file));
    if (about.size > mostBytes) return tooLarge(file);
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.length > sizeLimit ? tooLarge(file) : { ok: true, text };
  } catch (cause) {
    if (
      cause instanceof TypeError &&
      (cause as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    )
      return no(msg('{0} is not UTF-8 text. Save it as UTF-8.', file));
    if (isSystemError(cause)) return no(systemErrorMessage(file, cause));
    throw cause;
  }
}
