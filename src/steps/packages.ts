import { msg } from '../base/l10n.ts';
import { openstackClient, openstackSelinux, type PackageNames } from '../data/packages.ts';
import { type ShellText, sh } from '../shell/command.ts';
import type { DefinedScript, StepDefinition } from './definition.ts';

/** Shell that sets `sp_package` to the name for the node's generation, or to nothing where there is none. */
export function pickPackage(names: PackageNames): ShellText {
  const cases = Object.entries(names).map(([el, name]) => sh`${el}) sp_package=${name};; `.shell);
  return { shell: `sp_package=; case $sp_el in ${cases.join('')}esac` };
}

function packageScript(names: PackageNames): DefinedScript {
  const pick = pickPackage(names);
  return {
    check: sh`${pick}\nsp_need_package "$sp_package"`,
    apply: sh`${pick}\nsp_yum -y install "$sp_package"`,
    intent: { packages: [names] },
  };
}

export const openstackClientStep: StepDefinition = {
  id: 'openstack-client',
  title: msg('OpenStack command line client'),
  what: msg('Installs the openstack command: python-openstackclient on EL7, python3-openstackclient later.'),
  why: msg('All OpenStack services are managed with it.'),
  undo: msg('Remove the package with yum or dnf.'),
  drifts: true,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  script: () => packageScript(openstackClient),
};

export const openstackSelinuxStep: StepDefinition = {
  id: 'openstack-selinux',
  title: msg('SELinux policy for OpenStack'),
  what: msg('Installs openstack-selinux with the policies that the services need.'),
  why: msg('Without it SELinux denies what the OpenStack services do.'),
  undo: msg('Remove the package with yum or dnf.'),
  drifts: true,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  script: () => packageScript(openstackSelinux),
};
