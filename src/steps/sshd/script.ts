import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { scriptFrom } from '../common/from-file.ts';
import { publicKeyOf } from '../common/public-key.ts';
import { userFolder } from '../common/user-folder.ts';
import { sshdSh } from './sshd.sh.ts';

/** The settings as lines. Next to a new port the current one stays, since closing it would cut off the node. */
function wantedLines({ sshd }: Cluster, { ssh, address }: ClusterNode): string {
  const settings = Object.entries(sshd).map(
    ([key, value]) => [key, value.trim().replace(/\s+/g, ' ')] as const,
  );
  const port = settings.find(([key]) => key.toLowerCase() === 'port')?.[1];
  const stays = port !== undefined && ssh.host === address && port !== String(ssh.port);
  const all = stays ? [...settings, ['Port', ssh.port] as const] : settings;
  return all.map(([key, value]) => `${key} ${value}\n`).join('');
}

export const script = scriptFrom(
  sshdSh,
  ({ cluster, node }) => ({
    sshd_wanted: wantedLines(cluster, node),
    sshd_user: node.ssh.user,
    sshd_address: node.address ?? '',
    sshd_port: node.ssh.port,
    sshd_key: publicKeyOf(cluster, node)?.split(' ')[1] ?? '',
    sshd_installer: cluster.openstack.installer,
  }),
  [userFolder],
);
