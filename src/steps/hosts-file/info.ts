import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const hostsFile: StepInfo = {
  id: 'hosts-file',
  title: msg('Names of all nodes in /etc/hosts'),
  what: msg(
    'Writes one marked block with the address and name of every node, and of the virtual address if it has a name, to /etc/hosts; a fully qualified name is followed by its short form.',
  ),
  why: msg('Every node must resolve every other node; RabbitMQ and etcd fail if a name has two addresses.'),
  undo: msg(
    'Undo removes the marked block and restores the former lines for the nodes; later manual changes stay. Until then, /etc/hosts.stackprep-backup is the file before the last change.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system['hosts-file'] === 'managed',
  intent: () => ({ files: ['/etc/hosts'] }),
};
