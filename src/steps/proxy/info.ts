import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const proxy: StepInfo = {
  id: 'proxy',
  title: msg('Proxy'),
  what: msg(
    'Sets the proxy in the configuration of yum or dnf and of pip, and for logins in /etc/profile.d/stackprep-proxy.sh. The nodes of the cluster are reached directly.',
  ),
  why: msg(
    'In a closed network, packages come through a proxy, and the services must not use it for each other.',
  ),
  undo: msg('Undo takes the step’s changes to the files back; later manual changes stay.'),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.proxy !== undefined,
  intent: () => ({
    files: ['/etc/profile.d/stackprep-proxy.sh'],
    settings: { '/etc/yum.conf, /etc/dnf/dnf.conf': ['proxy'], '/etc/pip.conf': ['proxy'] },
  }),
};
