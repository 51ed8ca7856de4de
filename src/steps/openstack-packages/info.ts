import { msg } from '../../base/l10n.ts';
import { openstackClient, openstackSelinux } from '../../data/packages.ts';
import type { StepInfo } from '../common/definition.ts';

export const openstackClientStep: StepInfo = {
  id: 'openstack-client',
  title: msg('OpenStack command line client'),
  what: msg(
    'Installs the `openstack` command: python-openstackclient on EL7, python3-openstackclient on later systems.',
  ),
  why: msg('All OpenStack services are managed with it.'),
  undo: msg('Remove the package with yum or dnf.'),
  reverts: false,
  drifts: true,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  intent: () => ({ packages: [openstackClient] }),
};

export const openstackSelinuxStep: StepInfo = {
  id: 'openstack-selinux',
  title: msg('SELinux policy for OpenStack'),
  what: msg('Installs openstack-selinux with the policies that the services need.'),
  why: msg('Without it, SELinux blocks the OpenStack services.'),
  undo: msg('Remove the package with yum or dnf.'),
  reverts: false,
  drifts: true,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  intent: () => ({ packages: [openstackSelinux] }),
};
