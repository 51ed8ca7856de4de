import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { msg } from '../../base/l10n.ts';
import { type Context, wrongUse } from '../command-line/context.ts';
import { makeStateFolder, stateFolderOf } from './state-folder.ts';

/** The local requirements of an operation, or the exit code after an error was printed. */
export type Prepared =
  | { readonly ok: true; readonly stateFolder: string; readonly knownHosts: readonly string[] }
  | { readonly ok: false; readonly code: number };

async function readable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return false;
    throw cause;
  }
}

/** Checks the given known_hosts files and creates the state folder. */
export async function prepare(context: Context): Promise<Prepared> {
  const { io, options } = context;
  const knownHosts = options.knownHosts.map((file) => resolve(io.cwd, file));
  for (const file of knownHosts)
    if (!(await readable(file)))
      return {
        ok: false,
        code: wrongUse(context, msg('{0} cannot be read. Check the path given with --known-hosts.', file)),
      };
  const stateFolder = stateFolderOf(io, options.stateDir);
  const failed = await makeStateFolder(stateFolder);
  return failed ? { ok: false, code: wrongUse(context, failed) } : { ok: true, stateFolder, knownHosts };
}
