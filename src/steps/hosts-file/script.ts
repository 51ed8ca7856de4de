import { namesOf } from '../../cluster/aliases.ts';
import { hostLines } from '../../cluster/host-lines.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { scriptFrom } from '../common/from-file.ts';
import { hostsFileSh } from './hosts-file.sh.ts';

/**
 * The names that other lines must not have. A fully qualified name is only in the block, so that the full name comes first;
 * others are given as `name=address`, since a line with that address may have the full name.
 */
function wordsOf(node: ClusterNode, nodes: readonly ClusterNode[]): readonly string[] {
  const isFull = node.name.includes('.');
  return isFull ? namesOf(node, nodes) : node.address === undefined ? [] : [`${node.name}=${node.address}`];
}

export const script = scriptFrom(hostsFileSh, ({ cluster }) => {
  const nodes = cluster.nodes.filter(({ address }) => address !== undefined);
  const { vip } = cluster;
  return {
    hosts_file_names: [
      ...(vip?.name === undefined ? [] : [vip.name]),
      ...nodes.flatMap((node) => wordsOf(node, nodes)),
    ].join(' '),
    hosts_file_entries: hostLines(cluster).join(''),
    hosts_file_title: cluster.name.replace(/[\s\p{C}]+/gu, ' '),
  };
});
