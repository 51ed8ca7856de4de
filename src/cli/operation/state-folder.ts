import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type Message, msg } from '../../base/l10n.ts';
import type { Io } from '../terminal/io.ts';

/** The absolute path of the state folder: from `--state-dir`, the XDG Base Directory Specification, or the default. */
export function stateFolderOf({ env, home, cwd }: Io, given: string | undefined): string {
  if (given !== undefined) return resolve(cwd, given);
  // The specification requires that relative paths are ignored.
  const { XDG_STATE_HOME: xdg } = env;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'state'), 'stackprep');
}

/** Creates the folder; returns a message if that fails. */
export async function makeStateFolder(folder: string): Promise<Message | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return undefined;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    return msg(
      'Cannot create the log folder {0} ({1}). Choose another with --state-dir.',
      folder,
      String(cause.code),
    );
  }
}
