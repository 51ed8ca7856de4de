import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { nodesWithKeys } from './nodes.ts';

export const sshKeys: StepInfo = {
  id: 'ssh-keys',
  title: msg('SSH keys'),
  what: msg(
    'Adds the public key of the identity to the file in which sshd looks for the login user’s keys, unless a login with it succeeds already, with the modes, owner and SELinux context that sshd requires; with ssh.between-nodes also the keys of root on all nodes and their host keys.',
  ),
  why: msg(
    'Copying a key file over authorized_keys removes all other keys, and with a wrong mode sshd silently ignores the file.',
  ),
  undo: msg(
    'Undo takes the step’s changes to authorized_keys and known_hosts back; later manual changes stay, and so does a key generated for root on a node.',
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
