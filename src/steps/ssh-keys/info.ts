import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { nodesWithKeys } from './nodes.ts';

export const sshKeys: StepInfo = {
  id: 'ssh-keys',
  isAvailable: true,
  title: msg('SSH keys'),
  what: msg(
    'Puts the public key of the identity into authorized_keys of the login user, once, with the modes, owner and SELinux context that sshd asks for; with ssh.between-nodes also the keys of all nodes’ root, and their host keys.',
  ),
  why: msg(
    'Copying a key file over authorized_keys removes everybody else’s keys, and a wrong mode makes sshd ignore the file silently.',
  ),
  undo: msg(
    'Revert puts the former authorized_keys and known_hosts back; a key that was made for root of a node stays.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.betweenNodes,
  intent: ({ cluster }) => ({
    files: [
      '~/.ssh/authorized_keys',
      ...(nodesWithKeys(cluster).length > 0 ? ['/root/.ssh/known_hosts'] : []),
    ],
  }),
};
