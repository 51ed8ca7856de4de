import { msg } from '../../base/l10n.ts';
import { answersOf, packstackNode } from '../../packstack/answers.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf } from '../common/services.ts';

export const packstackPackages = packagesOf('Packstack');

export const packstack: StepInfo = {
  id: 'packstack',
  title: msg('OpenStack with Packstack'),
  what: msg(
    'On the first controller: checks for conditions that make Packstack fail, installs it, writes /root/packstack-answers-stackprep.txt (mode 0600) from the cluster file, runs packstack --answer-file, and checks that Keystone responds.',
  ),
  why: msg(
    'Packstack installs and configures OpenStack on all nodes at once. It logs in to them as root on port 22, and finds many problems only after a long time.',
  ),
  undo: msg("Can't be undone; RDO recommends reinstalling the system. Take a snapshot of every node first."),
  reverts: false,
  drifts: true,
  nodes: (cluster) => {
    const node = packstackNode(cluster);
    return node ? [node.name] : [];
  },
  impliedBy: (cluster) => cluster.openstack.installer === 'packstack',
  intent: () => ({ packages: packstackPackages, files: ['/root/packstack-answers-stackprep.txt'] }),
  secrets: ({ cluster }) => {
    const names = answersOf(cluster).flatMap(({ value }) =>
      typeof value === 'string' ? [] : [value.secret],
    );
    return [...new Set(names)];
  },
};
