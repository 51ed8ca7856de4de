// Generated from openstack-packages.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const openstackPackagesSh: ShellFile<never> = {
  path: 'steps/openstack-packages/openstack-packages.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Steps that only install a set of packages. Uses shell/service.sh. The argument has the package names, one line per EL version.

# openstack_packages_check LINES
openstack_packages_check() {
  sp_pick_packages "$1"
  sp_need_packages
}

# openstack_packages_apply LINES
openstack_packages_apply() {
  sp_pick_packages "$1"
  # shellcheck disable=SC2086 # a list of names
  sp_yum -y install $sp_packages
}
`,
};
