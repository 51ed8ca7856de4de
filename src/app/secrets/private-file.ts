import type { Stats } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { isSystemError } from '../logs/system-error.ts';

/** The maximum size of a private file in bytes. */
export const privateFileLimit = 1_048_576;

export type PrivateFile =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The failure of a source of secrets. */
export function sourceFailure(message: Message, action: Message): Failure {
  return { code: 'secret-source', message, action };
}

function failed(message: Message, action: Message): PrivateFile {
  return { kind: 'failed', failure: sourceFailure(message, action) };
}

/** Why a file is not used. Windows has no such modes: there the folder of the user is private. */
function refusal(path: string, about: Stats): PrivateFile | undefined {
  if (!about.isFile()) return failed(msg('{0} is not a file.', path), msg('Check the path.'));
  const me = process.getuid?.();
  if (me !== undefined && about.uid !== me)
    return failed(msg('{0} belongs to another user.', path), msg('Use a file that belongs to you.'));
  if (me !== undefined && (about.mode & 0o077) !== 0)
    return failed(
      msg('{0} can be read or changed by other users.', path),
      msg('Run chmod 600 {0}. If it contains secrets, replace them, because others could read them.', path),
    );
  if (about.size > privateFileLimit)
    return failed(
      msg('{0} is too large: at most {1} bytes.', path, privateFileLimit),
      msg('Check the path.'),
    );
  return undefined;
}

/** Never quotes the text, which can contain secrets, as the messages of V8 do. */
function notJson(path: string, error: unknown): PrivateFile {
  const line = error instanceof Error ? /\(line (\d+) column \d+\)$/.exec(error.message)?.[1] : undefined;
  const message =
    line === undefined
      ? msg('{0} is not valid JSON.', path)
      : msg('{0}, line {1}: this is not valid JSON.', path, line);
  return failed(message, msg('Correct the file.'));
}

/** Reads a JSON file that only its owner may read or change; any other file is refused. */
export async function readPrivateFile(path: string): Promise<PrivateFile> {
  try {
    // A pipe in its place must not make anyone wait.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const refused = refusal(path, await handle.stat());
      if (refused) return refused;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile());
      return { kind: 'read', value: JSON.parse(text) };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return notJson(path, cause);
    if (!isSystemError(cause)) throw cause;
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return { kind: 'missing' };
    return failed(
      msg('{0} cannot be read: {1}.', path, cause.code ?? cause.message),
      msg("Check the file's permissions."),
    );
  }
}
