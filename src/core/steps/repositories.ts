import { msg } from '../l10n.ts';
import { companionRepository, type PackageNames } from '../openstack/packages.ts';
import { findRelease } from '../openstack/releases.ts';
import { lines, type ShellText, sh } from '../plan/command.ts';
import type { StepDefinition } from './definition.ts';
import { pickPackage } from './packages.ts';

/** The release package by generation; source: rdo-infra/centos-release-openstack. */
function releasePackage(release: string): PackageNames {
  const generations = findRelease(release)?.el ?? [];
  return Object.fromEntries(generations.map((el) => [el, `centos-release-openstack-${release}`]));
}

const functions: ShellText = {
  shell: `sp_companion=; case $sp_el in ${Object.entries(companionRepository)
    .map(([el, id]) => `${el}) sp_companion=${id};; `)
    .join('')}esac
sp_enabled() { sp_yum -q repolist enabled | awk '{ sub(/^!/, "", $1); sub(/\\/.*/, "", $1); print tolower($1) }'; }
sp_epel_files() { grep -ilE '^\\[epel' /etc/yum.repos.d/*.repo; }
sp_without_epel() { awk '/^\\[/ { epel = tolower($0) ~ /^\\[epel/ } epel && /^enabled[ \\t]*=/ { print "enabled=0"; next } { print } END { }' "$1"; }`,
};

const epelCheck = sh`if printf '%s\\n' "$sp_on" | grep -q '^epel'; then sp_because epel-enabled; sp_missing=1; fi`;
const epelApply = sh`for sp_f in $(sp_epel_files); do
  sp_text=$(sp_without_epel "$sp_f"; printf x); sp_text=\${sp_text%x}
  sp_same_file "$sp_f" "$sp_text" || sp_write_file "$sp_f" "$sp_text"
done`;

export const repositories: StepDefinition = {
  id: 'repositories',
  title: msg('Repositories of the OpenStack release'),
  what: msg(
    'Installs the one RDO release package for the release and system, enables CRB or PowerTools, turns EPEL off.',
  ),
  why: msg(
    'EPEL replaces packages that RDO needs, and two release packages define the same repositories twice.',
  ),
  undo: msg(
    'Remove the centos-release-openstack package; changed .repo files have a .stackprep-backup beside them.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.openstack.release !== undefined && cluster.repositories.rdo === 'enabled',
  script: ({ cluster }) => {
    const release = cluster.openstack.release ?? '';
    const names = releasePackage(release);
    const pick = lines(functions, pickPackage(names));
    const withoutEpel = cluster.repositories.epel === 'disabled';
    return {
      check: sh`${pick}
if [ -z "$sp_package" ]; then sp_because release-not-for-system ${release} "\${sp_os_id:-?} \${sp_os_version:-?}"; return 2; fi
sp_others=$(rpm -qa --qf '%{name}\\n' 'centos-release-openstack-*' rdo-release | grep -vxF "$sp_package")
if [ -n "$sp_others" ]; then sp_because other-release-installed $sp_others; return 2; fi
sp_missing=0
sp_need_package "$sp_package" || sp_missing=1
sp_on=$(sp_enabled)
if [ -n "$sp_companion" ] && ! printf '%s\\n' "$sp_on" | grep -qxF "$sp_companion"; then sp_because repository-disabled "$sp_companion"; sp_missing=1; fi
${withoutEpel ? epelCheck : sh``}
return $sp_missing`,
      apply: sh`${pick}
${withoutEpel ? epelApply : sh``}
if [ -n "$sp_companion" ] && ! sp_enabled | grep -qxF "$sp_companion"; then
  dnf config-manager --help >/dev/null 2>&1 || dnf -y install dnf-plugins-core
  dnf config-manager --set-enabled "$(dnf -q repolist --all | awk -v id="$sp_companion" 'tolower($1) == id { print $1 }')"
fi
sp_installed "$sp_package" || sp_yum -y install "$sp_package"`,
      intent: { packages: [names] },
    };
  },
};
