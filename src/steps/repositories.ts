import { msg } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { operatingSystems } from '../data/operating-systems.ts';
import { companionRepository, type PackageNames } from '../data/packages.ts';
import { findRelease } from '../data/releases.ts';
import { neededRepositories } from '../data/repositories.ts';
import { lines, type ShellText, sh } from '../shell/command.ts';
import { epelFenceSh } from '../shell/epel-fence.sh.ts';
import { archiveFunctions } from './archive.ts';
import type { StepDefinition } from './definition.ts';
import { extraPath, extraText } from './extra-repositories.ts';
import { repositoryFunctions } from './repository-files.ts';

/** The release package by generation, for what the plan tells; source: rdo-infra/centos-release-openstack. */
function releasePackage(release: string): PackageNames {
  const generations = findRelease(release)?.el ?? [];
  return Object.fromEntries(generations.map((el) => [el, `centos-release-openstack-${release}`]));
}

/** RHEL has no such package; the file of RDO's own is fetched. Source: rdoproject.org documentation, repos.md. */
function releaseUrl(release: string, el: number): string {
  const build = { 7: '', 8: '.el8', 9: '.el9s' }[el] ?? '';
  return `https://trunk.rdoproject.org/rdo_release/openstack-${release}/rdo-release-${release}${build}.rpm`;
}

/**
 * Sets `sp_system` to the system's id in the table, `sp_package` to what brings the release's repository there (nothing
 * where RDO has none), `sp_url` to where that is fetched from if not from the system's own repositories, `sp_companion` to
 * what must be on beside it, and `sp_subscribed` to what a subscription has to enable.
 */
function pick(release: string): ShellText {
  const builds = findRelease(release)?.builds ?? [];
  const systems = operatingSystems.flatMap(({ id, el, family, releaseFrom, builds: own }) => {
    if (!own.some((build) => builds.includes(build))) return [];
    if (releaseFrom === 'extras')
      return [sh`${id}) sp_package=${`centos-release-openstack-${release}`};;`.shell];
    const needed = neededRepositories.find((row) => row.el === el && row.vendor === family);
    return [
      sh`${id}) sp_package=rdo-release sp_url=${releaseUrl(release, el)} sp_subscribed=${(needed?.repositories ?? []).join(' ')};;`
        .shell,
    ];
  });
  const companions = Object.entries(companionRepository).map(
    ([el, id]) => sh`${el}) sp_companion=${id};;`.shell,
  );
  return sh`sp_package=; sp_url=; sp_subscribed=; sp_companion=
case "$(sp_os NAME)" in *Stream*) sp_system=$sp_os_id-stream-$sp_el;; *) sp_system=$sp_os_id-$sp_el;; esac
case $sp_system in ${{ shell: systems.join(' ') }} *) ;; esac
if [ "$sp_os_id" != rhel ]; then case $sp_el in ${{ shell: companions.join(' ') }} *) ;; esac; fi
sp_release_there() {
  if [ -z "$sp_url" ]; then sp_installed "$sp_package"; else sp_installed rdo-release && sp_sections | awk -F '\\t' -v id=${`openstack-${release}`} '$2 == id { found = 1 } END { exit !found }'; fi
}
sp_others() { rpm -qa --qf '%{name}\\n' 'centos-release-openstack-*' rdo-release | grep -vxF "$sp_package"; }`;
}

function checkRelease(release: string): ShellText {
  return sh`if [ -z "$sp_package" ]; then sp_because release-not-for-system ${release} "\${sp_os_id:-?} \${sp_os_version:-?}"; return 2; fi
sp_list=$(sp_others)
if [ -n "$sp_list" ]; then
  sp_built=$(rpm -qa --qf '%{name} ' 'openstack-nova-*' 'openstack-keystone' 'openstack-neutron*')
  if [ -n "$sp_built" ]; then sp_because other-release-in-use "$(printf %s "$sp_list" | tr '\\n' ' ')" "$sp_built"; return 2; fi
  sp_because other-release-installed $sp_list; sp_missing=1
fi
if ! sp_release_there; then sp_because package-missing "$sp_package"; sp_missing=1; fi
if [ -n "$sp_companion" ] && ! printf '%s\\n' "$sp_on" | grep -qxF "$sp_companion"; then sp_because repository-disabled "$sp_companion"; sp_missing=1; fi
for sp_id in $sp_subscribed; do
  if ! printf '%s\\n' "$sp_on" | grep -qxF "$sp_id"; then sp_because repository-disabled "$sp_id"; sp_missing=1; fi
done`;
}

// The other release's package goes alone: what it brought along may serve this one too.
const applyRelease = sh`for sp_other in $(sp_others); do rpm -e "$sp_other"; done
if [ -n "$sp_companion" ] && ! sp_enabled | grep -qxF "$sp_companion"; then
  sp_file=$(sp_file_of "$sp_companion")
  if [ -z "$sp_file" ]; then printf '%s\\n' "no file in /etc/yum.repos.d has the repository $sp_companion"; return 1; fi
  sp_set_setting "$sp_file" "^$sp_companion$" enabled 1
fi
for sp_id in $sp_subscribed; do subscription-manager repos --enable="$sp_id"; done
if ! sp_release_there; then sp_yum -y install "\${sp_url:-$sp_package}"; fi`;

const disableEpel = sh`for sp_f in $(sp_epel_files); do sp_set_setting "$sp_f" '^epel' enabled 0; done`;
const epelOff = {
  check: sh`if printf '%s\\n' "$sp_on" | grep -q '^epel'; then sp_because epel-enabled; sp_missing=1; fi`,
  early: disableEpel,
  apply: disableEpel,
};

/** On EL7 the fence needs yum's plugin, and is judged by what yum itself makes of it. */
const epelFenced = {
  check: sh`sp_need_package epel-release || sp_missing=1
sp_need_fence_files || sp_missing=1
if [ -n "$(sp_file_of epel)" ] && ! printf '%s\n' "$sp_on" | grep -qx epel; then sp_because repository-disabled epel; sp_missing=1; fi
if [ "$sp_el" = 7 ]; then
  sp_need_priorities || { [ $? = 1 ] || return 2; sp_missing=1; }
  if [ "$sp_missing" = 0 ]; then sp_need_no_shadow "$(printf '%s' "$sp_on" | tr '\n' ' ')" || sp_missing=1; fi
fi`,
  /** Before anything is installed, for an EPEL that is enabled already. */
  early: sh`sp_fence_files
if [ "$sp_el" = 7 ]; then sp_priorities_on; fi`,
  apply: sh`sp_installed epel-release || sp_yum -y install epel-release
sp_f=$(sp_file_of epel)
if [ -n "$sp_f" ]; then sp_set_setting "$sp_f" '^epel$' enabled 1; fi
sp_fence_files
sp_note_fence
# The check reads what yum has fetched.
if [ "$sp_el" = 7 ]; then sp_yum -q list available yum-plugin-priorities >/dev/null 2>&1 || :; fi`,
};

function extras({ repositories }: Cluster): { readonly check: ShellText; readonly apply: ShellText } {
  const files = repositories.extra.map((each) => ({ path: extraPath(each), text: extraText(each) }));
  const known = files.map(({ path }) => path).join(' ');
  const left = sh`sp_left=; sp_names=${known}
for sp_f in /etc/yum.repos.d/stackprep-*.repo; do case " $sp_names " in *" $sp_f "*) ;; *) [ ! -e "$sp_f" ] || sp_left="$sp_left $sp_f";; esac; done`;
  const hasPriority = repositories.extra.some(({ priority }) => priority !== undefined);
  return {
    check: lines(
      ...files.map(({ path, text }) => sh`sp_need_file ${path} ${text} || sp_missing=1`),
      left,
      sh`if [ -n "$sp_left" ]; then sp_because repository-left "$sp_left"; sp_missing=1; fi`,
      ...(hasPriority
        ? [sh`if [ "$sp_el" = 7 ]; then sp_need_priorities || { [ $? = 1 ] || return 2; sp_missing=1; }; fi`]
        : []),
    ),
    apply: lines(
      ...files.map(
        ({ path, text }) => sh`sp_keep repositories ${path}
sp_same_file ${path} ${text} || sp_put_file ${path} ${text}`,
      ),
      left,
      sh`for sp_f in $sp_left; do sp_keep repositories "$sp_f"; rm -f "$sp_f"; done`,
      ...(hasPriority ? [sh`if [ "$sp_el" = 7 ]; then sp_priorities_on; fi`] : []),
    ),
  };
}

export const repositories: StepDefinition = {
  id: 'repositories',
  title: msg('Repositories of the OpenStack release'),
  what: msg(
    'Lets repositories whose mirrors are gone name the archive, installs the one RDO release package for the release and system in place of another one, enables CRB or PowerTools, turns EPEL off or fences it, and writes the extra repositories.',
  ),
  why: msg(
    'EPEL replaces packages that RDO needs, two release packages define the same repositories twice, and one dead repository stops yum and dnf altogether.',
  ),
  undo: msg(
    'Undo restores the .repo files; in a file of EPEL that was changed since, only what Stackprep wrote goes. The packages stay: remove the release package with yum or dnf.',
  ),
  drifts: true,
  impliedBy: (cluster) =>
    (cluster.openstack.release !== undefined && cluster.repositories.rdo === 'enabled') ||
    cluster.repositories.extra.length > 0,
  script: ({ cluster }) => {
    const release = cluster.repositories.rdo === 'enabled' ? cluster.openstack.release : undefined;
    const archive = cluster.repositories.archive;
    const epel = cluster.repositories.epel === 'disabled' ? epelOff : epelFenced;
    const extra = extras(cluster);
    const isRewritten = archive !== 'never';
    const shared = lines(
      repositoryFunctions,
      { shell: epelFenceSh.text },
      pick(release ?? ''),
      ...(isRewritten ? [archiveFunctions(archive)] : []),
    );
    const toArchive = isRewritten ? [sh`sp_to_archive`] : [];
    return {
      check: lines(
        shared,
        sh`sp_missing=0; sp_on=$(sp_enabled)`,
        ...(release === undefined ? [] : [checkRelease(release)]),
        ...(isRewritten
          ? [
              sh`sp_gone=$(sp_dead | cut -f 2 | tr '\\n' ' ')
if [ -n "$sp_gone" ]; then sp_because mirror-gone "$sp_gone"; sp_missing=1; fi`,
            ]
          : []),
        epel.check,
        extra.check,
        sh`sp_keys=$(sp_absent_keys | head -n 1)
if [ -n "$sp_keys" ]; then sp_because key-file-missing "\${sp_keys%% *}" "\${sp_keys#* }"; sp_missing=1; fi
return $sp_missing`,
      ),
      apply: lines(
        shared,
        sh`sp_keep_anew repositories`,
        ...toArchive,
        // Before anything is installed, so that nothing comes from it.
        epel.early,
        extra.apply,
        ...(release === undefined ? [] : [applyRelease]),
        // The release package and those that it brings along have files of their own.
        ...toArchive,
        epel.apply,
      ),
      revert: lines(
        shared,
        sh`sp_revert_fence
sp_put_back first repositories`,
      ),
      intent: {
        ...(release === undefined ? {} : { packages: [releasePackage(release)], release, companion: true }),
        withoutEpel: epel === epelOff,
      },
    };
  },
};
