import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, serviceNodes } from '../common/services.ts';

export const etcdPackages = packagesOf('etcd');
export const etcdNodes = serviceNodes('etcd');

export const etcd: StepInfo = {
  id: 'etcd',
  title: msg('etcd key-value store'),
  what: msg(
    'Installs etcd, writes the installation guide’s settings and all members to /etc/etcd/etcd.conf, enables and starts it, and waits up to five minutes until the cluster is healthy and has exactly the members in the cluster file.',
  ),
  why: msg('Components share locks and state in etcd; a member that starts first waits for the others.'),
  undo: msg(
    'Undo takes the step’s changes to /etc/etcd/etcd.conf back and restores the state of the service; later manual changes, the packages and the data stay.',
  ),
  reverts: true,
  drifts: true,
  restarts: ['etcd'],
  nodes: etcdNodes,
  impliedBy: (cluster) => cluster.services.etcd !== undefined,
  intent: () => ({
    packages: etcdPackages,
    files: ['/etc/etcd/etcd.conf'],
    services: { etcd: 'enabled' },
  }),
};
