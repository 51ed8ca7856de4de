import { addressValue } from '../../cluster/cidr.ts';
import type { Cluster } from '../../cluster/model.ts';
import { openPorts } from '../../cluster/ports.ts';
import type { StepContext, StepScripter } from '../common/definition.ts';
import { scriptFrom } from '../common/from-file.ts';
import { firewalldSh } from './firewalld.sh.ts';

/** Sources of the nodes' connections: the management network, or each address if it is not described. */
function sources(cluster: Cluster): string {
  const all = cluster.networks.management?.cidrs ?? cluster.nodes.flatMap((node) => node.address ?? []);
  return all
    .map((source) => {
      const family = addressValue(source.replace(/\/\d+$/, ''))?.family === 6 ? 'ipv6' : 'ipv4';
      return `${family} ${source}\n`;
    })
    .join('');
}

function parameters({ cluster, node }: StepContext) {
  const { everyone, nodes } = openPorts(cluster, node);
  const moved = Object.entries(cluster.sshd).flatMap(([key, value]) =>
    key.toLowerCase() === 'port' ? [`${value.trim()}/tcp`] : [],
  );
  return {
    firewalld_wanted: cluster.system.firewalld === 'enabled' ? 'enabled' : 'disabled',
    firewalld_ports: [...everyone, ...moved].join(' '),
    firewalld_inner_ports: nodes.join(' '),
    firewalld_sources: sources(cluster),
    firewalld_device: cluster.networks.management?.interface ?? '',
  };
}

const guarded = scriptFrom(firewalldSh, parameters);

/** Only a running firewall can cut off the node; disabling it needs no second login. */
export const script: StepScripter = (context) => {
  const { rollback, ...plain } = guarded(context);
  return rollback && context.cluster.system.firewalld === 'enabled' ? { ...plain, rollback } : plain;
};
