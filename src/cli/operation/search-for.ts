import type { Failure } from '../../base/failure.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Io } from '../terminal/io.ts';

/** Finds the values of a cluster's secrets in the file or by the command of the user's configuration. */
export function searchFor(
  { env, home }: Pick<Io, 'env' | 'home'>,
  { name: cluster }: Pick<Cluster, 'name'>,
  signal: AbortSignal,
): (name: string) => Promise<string | Failure | undefined> {
  return async (name) => {
    const { configuredSources, findSecret } = await import('../../app/entry.ts');
    const sources = await configuredSources({ env, home });
    if ('code' in sources) return sources;
    return await findSecret({ env, home, sources, cluster, name, signal });
  };
}
