import { openstackClient, openstackSelinux, type PackageNames } from '../../data/packages.ts';
import { sh } from '../../shell/command.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import type { StepScripter } from '../common/definition.ts';
import { packageLines } from '../common/services.ts';
import { openstackPackagesSh } from './openstack-packages.sh.ts';

function scriptOf(names: PackageNames): StepScripter {
  const lines = packageLines([names]);
  return () => ({
    uses: [serviceSh, openstackPackagesSh].map(({ text }) => ({ shell: text })),
    check: sh`openstack_packages_check ${lines}`,
    apply: sh`openstack_packages_apply ${lines}`,
  });
}

export const scripts: Readonly<Record<string, StepScripter>> = {
  'openstack-client': scriptOf(openstackClient),
  'openstack-selinux': scriptOf(openstackSelinux),
};
