import { msg } from '../../base/l10n.ts';
import { answersOf, packstackNode } from '../../packstack/answers.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf } from '../common/services.ts';

export const packstackPackages = packagesOf('Packstack');

export const packstack: StepInfo = {
  id: 'packstack',
  isAvailable: true,
  title: msg('OpenStack by Packstack'),
  what: msg(
    'On the first controller: looks for what stops Packstack, installs it, writes /root/packstack-answers-stackprep.txt (mode 0600) from this file, runs packstack --answer-file, and asks Keystone whether it answers.',
  ),
  why: msg(
    'Packstack installs and configures OpenStack on all nodes in one go; it comes to them as root on port 22 and stops late at what could have been seen before.',
  ),
  undo: msg(
    'It cannot be undone: RDO itself says to reinstall the system. Take a snapshot of every node first.',
  ),
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
