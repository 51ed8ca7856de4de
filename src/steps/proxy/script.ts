import { namesOf, reachedAt } from '../../cluster/aliases.ts';
import type { Cluster } from '../../cluster/model.ts';
import { quote } from '../../shell/command.ts';
import { repositoryFilesSh } from '../../shell/repository-files.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { proxySh } from './proxy.sh.ts';

/** What is reached without the proxy: the node itself, all nodes, the virtual address, and what the file says. */
function direct({ nodes, vip, proxy }: Cluster): readonly string[] {
  const names = nodes.flatMap((node) => [
    reachedAt(node),
    ...Object.values(node.addresses ?? {}).flat(),
    ...namesOf(node, nodes),
  ]);
  const moving = vip ? [vip.address, ...(vip.name === undefined ? [] : [vip.name])] : [];
  return [...new Set(['localhost', '127.0.0.1', '::1', ...(proxy?.noProxy ?? []), ...moving, ...names])];
}

/** The file of the variables, in lower case for curl and in upper case for other programs. */
function environment(cluster: Cluster): string {
  const { http = '', https = http } = cluster.proxy ?? {};
  const values = { http_proxy: http, https_proxy: https, no_proxy: direct(cluster).join(',') };
  const lines = Object.entries(values).flatMap(([name, value]) =>
    [name, name.toUpperCase()].map((each) => `export ${each}=${quote(value)}\n`),
  );
  return ['# Written by Stackprep.\n', ...lines].join('');
}

export const script = scriptFrom(
  proxySh,
  ({ cluster }) => ({
    proxy_url: cluster.proxy?.http ?? '',
    proxy_environment: environment(cluster),
  }),
  [repositoryFilesSh],
);
