import { namesOf } from '../../cluster/aliases.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { scriptFrom } from '../common/from-file.ts';
import { hostsFileSh } from './hosts-file.sh.ts';

/**
 * The names that other lines must not have: of a fully qualified node the names themselves, which stand in the block only, so
 * that the full name comes first; of any other `name=address`, for a line of that address may give it its full name.
 */
function wordsOf(node: ClusterNode, nodes: readonly ClusterNode[]): readonly string[] {
  const isFull = node.name.includes('.');
  return isFull ? namesOf(node, nodes) : [`${node.name}=${node.address}`];
}

export const script = scriptFrom(hostsFileSh, ({ cluster }) => {
  const { nodes } = cluster;
  const entries = nodes.map((node) => `${node.address} ${namesOf(node, nodes).join(' ')}\n`);
  return {
    hosts_file_names: nodes.flatMap((node) => wordsOf(node, nodes)).join(' '),
    hosts_file_entries: entries.join(''),
    hosts_file_title: cluster.name.replace(/[\s\p{C}]+/gu, ' '),
  };
});
