import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const hostsFile: StepInfo = {
  id: 'hosts-file',
  isAvailable: true,
  title: msg('Names of all nodes in /etc/hosts'),
  what: msg(
    'Keeps one marked block in /etc/hosts with the address and name of every node; a fully qualified name is followed by its short form.',
  ),
  why: msg('Every node must resolve every other node; RabbitMQ and etcd fail when a name has two addresses.'),
  undo: msg(
    'Undo removes the marked block and restores the lines that named a node before; what was changed by hand since then stays. The file before the latest change is /etc/hosts.stackprep-backup.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system['hosts-file'] === 'managed',
  intent: () => ({ files: ['/etc/hosts'] }),
};
