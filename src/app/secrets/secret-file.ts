import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Failure } from '../../base/failure.ts';
import { isRecord, isText, recordOf } from '../../base/guard.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { isSystemError } from '../logs/system-error.ts';
import { readPrivateFile, sourceFailure } from './private-file.ts';

/** The secrets in a file: values by the name of the secret, by the name of the cluster. */
type StoredSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

const isSecrets = recordOf(isText);

/** The secrets of a file, `undefined` if there is no such file. */
async function stored(path: string): Promise<StoredSecrets | Failure | undefined> {
  const read = await readPrivateFile(path);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'failed') return read.failure;
  const action = msg('Its form is: {0}', '{ "CLUSTER": { "SECRET": "VALUE" } }');
  if (!isRecord(read.value)) return sourceFailure(msg('{0} is not a list of secrets.', path), action);
  const wrong = Object.entries(read.value).find(([, secrets]) => !isSecrets(secrets));
  if (wrong)
    return sourceFailure(msg('{0}: the secrets of cluster `{1}` are not texts.', path, wrong[0]), action);
  return read.value as StoredSecrets;
}

function isFailure(value: StoredSecrets | Failure): value is Failure {
  return isText(own(value as Readonly<Record<string, unknown>>, 'code'));
}

/** The values of a cluster's secrets in a file; empty if there is no such file. */
export async function secretsInFile(
  path: string,
  cluster: string,
): Promise<{ readonly values: ReadonlyMap<string, string> } | { readonly failure: Failure }> {
  const all = await stored(path);
  if (all && isFailure(all)) return { failure: all };
  return { values: new Map(Object.entries((all && own(all, cluster)) ?? {})) };
}

/** Replaces a file in one step; the new file next to it also keeps a second writer out. */
async function replace(path: string, text: string): Promise<void> {
  const newPath = `${path}.new`;
  const handle = await open(newPath, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (cause) {
    await rm(newPath);
    throw cause;
  } finally {
    await handle.close();
  }
  await rename(newPath, path);
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'ENOENT') return path;
    throw cause;
  }
}

/** Adds secrets of a cluster to a file, which is created if necessary, readable by its owner only. */
export async function addSecrets(
  path: string,
  cluster: string,
  values: ReadonlyMap<string, string>,
): Promise<Failure | undefined> {
  const all = (await stored(path)) ?? {};
  if (isFailure(all)) return all;
  const changed = { ...all, [cluster]: { ...own(all, cluster), ...Object.fromEntries(values) } };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await replace(await realPath(path), `${JSON.stringify(changed, null, 2)}\n`);
    return undefined;
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    const action =
      cause.code === 'EEXIST'
        ? msg('Remove {0} if no other Stackprep is writing it.', `${path}.new`)
        : msg("Check the folder's permissions and the free space.");
    return sourceFailure(msg('{0} cannot be written: {1}.', path, cause.code ?? cause.message), action);
  }
}
