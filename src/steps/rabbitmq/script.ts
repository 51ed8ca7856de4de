import { shortName } from '../../cluster/aliases.ts';
import { asUserSh } from '../../shell/as-user.sh.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { rabbitmqNodes, rabbitmqPackages } from './info.ts';
import { rabbitmqSh } from './rabbitmq.sh.ts';

/** Which names distinguish the nodes; long names need a dot in each, and equal short names rule out short ones. */
function formOf(names: readonly string[]): 'short' | 'full' | 'either' {
  if (!names.every((name) => name.includes('.'))) return 'short';
  return new Set(names.map(shortName)).size < names.length ? 'full' : 'either';
}

export const script = scriptFrom(
  rabbitmqSh,
  ({ cluster, node }) => {
    const settings = cluster.services.rabbitmq;
    const members = rabbitmqNodes(cluster);
    const names = members.length === 0 ? [node.name] : members;
    return {
      rabbitmq_packages: packageLines(rabbitmqPackages),
      rabbitmq_node: node.name,
      rabbitmq_nodes: names.join(' '),
      rabbitmq_form: formOf(names),
      rabbitmq_user: settings?.user ?? 'openstack',
      rabbitmq_password: settings?.password?.secret ?? '',
      rabbitmq_cookie: settings?.cookie?.secret ?? '',
    };
  },
  [serviceSh, asUserSh],
);
