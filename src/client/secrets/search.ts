import { homedir } from 'node:os';
import type { SecretName } from '../../app/secrets/secret-command.ts';
import type { SourcesWritten } from '../../app/secrets/sources.ts';
import type { Failure } from '../../base/failure.ts';

/** An empty setting is one that was not written. */
function written(value: unknown): unknown {
  return value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** Finds secrets in the file or by the command of the user's settings. */
export function createSecretSearch(
  settings: () => SourcesWritten,
): (of: SecretName) => Promise<string | Failure | undefined> {
  return async (of) => {
    const { decodeSources, findSecret } = await import('../../app/entry.ts');
    const { command, file } = settings();
    const place = { env: process.env, home: homedir() };
    const sources = decodeSources({ command: written(command), file: written(file) }, 'settings.json', place);
    if ('code' in sources) return sources;
    const { signal } = new AbortController();
    return await findSecret({ ...place, ...of, sources, signal });
  };
}
