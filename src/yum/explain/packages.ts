import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step } from './known-failure.ts';

/** Requested packages that do not exist under that name. */
const nobody =
  '(?:Unable to find a match: |No match for argument: |No package matches |No package |일치하는 항목을 찾을 수 없습니다: |인수와 일치하지 않습니다 ?: ?|一致するものが見つかりません: |没有任何匹配: |Impossible de trouver une correspondance ?: )';

function missing(name: string): RegExp {
  return new RegExp(`${nobody}(?:.{0,500} )?(${name})(?:\\.\\w+)?(?: |$)`);
}

/** Package names from the RDO documentation that do not exist on some systems. */
const openstackNames: readonly KnownFailure[] = [
  {
    id: 'linuxbridge-gone',
    source: 'RDO Epoxy has no openstack-neutron-linuxbridge; packstack 26.0.0 dropped it',
    area: 'package',
    level: 'error',
    pattern: missing('openstack-neutron-linuxbridge'),
    diagnose: (name = '') => ({
      cause: msg('{0} is not in RDO since Epoxy.', name),
      advice: msg(
        'Use Open vSwitch or OVN: openstack-neutron-openvswitch, openstack-neutron-ovn-metadata-agent. For an older release, run step `repositories`.',
      ),
    }),
  },
  {
    id: 'component-retired',
    source: 'openstack/governance legacy.yaml',
    area: 'package',
    level: 'error',
    pattern: missing(
      'openstack-(?:sahara|searchlight|murano|senlin|solum|monasca|panko|karbor|qinling)[\\w-]*',
    ),
    diagnose: (name = '') => ({
      cause: msg('{0} belongs to a retired OpenStack project.', name),
      advice: msg('Remove the component from openstack.components. Only older releases have it.'),
    }),
  },
  {
    id: 'release-package-missing',
    source: 'rdo-infra/centos-release-openstack; AlmaLinux wiki: CentOS SIGs',
    area: 'package',
    level: 'error',
    pattern: missing('centos-release-openstack-[\\w.]+'),
    diagnose: (name = '') => ({
      cause: msg(
        'There is no {0} for this system: each RDO release was built for one or two systems, and none for EL10.',
        name,
      ),
      advice: msg(
        'Use a release for this system: up to train on EL7, train to yoga on EL8, yoga to epoxy on EL9. The extras repository must be enabled.',
      ),
    }),
  },
  {
    id: 'client-name',
    source: 'RDO package lists of train (el7), yoga (el8s) and epoxy (el9s)',
    area: 'package',
    level: 'error',
    pattern: missing('python[23]?-openstackclient'),
    diagnose: (name = '') => ({
      cause: msg('{0} is not the client package of this system, or the RDO repository is disabled.', name),
      advice: msg(
        'The package is python-openstackclient on EL7 and python3-openstackclient on EL8 and later. Step `openstack-client` installs the correct one.',
      ),
      remedies: [step('repositories'), step('openstack-client')],
    }),
  },
  {
    id: 'rdo-package-missing',
    source: 'dnf install.py:122; yum cli.py:1048',
    area: 'package',
    level: 'error',
    pattern: missing('(?:openstack-|python[23]?-openstack)[\\w-]+'),
    diagnose: (name = '') => ({
      cause: msg('{0} is in no enabled repository. It comes from the RDO repository of the release.', name),
      advice: msg('Run step `repositories`, which enables the repository, then run this step again.'),
      remedies: [set('repositories.rdo', 'enabled'), step('repositories')],
    }),
  },
];

export const packageFailures: readonly KnownFailure[] = [
  ...openstackNames,
  {
    id: 'module-missing',
    source: 'libsolv: nothing provides requested module(NAME:STREAM); rpm-software-management/dnf5#1021',
    area: 'package',
    level: 'error',
    pattern: /nothing provides requested module\(([^)\s]{1,100})\)/,
    diagnose: (name = '') => ({
      cause: msg('No enabled repository has the module {0}, which another module requires.', name),
      advice: msg(
        'Enable the repository that has it, or use another stream: dnf module list shows which fit.',
      ),
    }),
  },
  {
    id: 'module-broken',
    source: 'dnf module_base.py: broken groups or modules; ansible/ansible#56504',
    area: 'package',
    level: 'error',
    pattern: /broken groups or modules: (.{1,200})/,
    diagnose: (name = '') => ({
      cause: msg(
        '{0} cannot be installed as a module: it has no default profile, or does not fit the others.',
        name,
      ),
      advice: msg(
        'Name a profile (dnf module install NAME:STREAM/PROFILE; dnf module info shows them), or enable the stream and install its packages.',
      ),
    }),
  },
  {
    id: 'module-hides-package',
    source: 'dnf base.py:2799; libsolv',
    area: 'package',
    level: 'error',
    pattern: /filtered out by modular filtering/,
    diagnose: () => ({
      cause: msg('A module stream hides the required package.'),
      advice: msg(
        'For a package of a third-party repository, set module_hotfixes=1 there. Otherwise run dnf module list, then reset or disable the module.',
      ),
    }),
  },
  {
    id: 'excluded',
    source: 'dnf base.py; libsolv: is filtered out by exclude filtering',
    area: 'package',
    level: 'error',
    pattern: /filtered out by exclude filtering/,
    diagnose: () => ({
      cause: msg('A required package is excluded on this node.'),
      advice: msg(
        'Check exclude= and excludepkgs= in /etc/dnf/dnf.conf (/etc/yum.conf) and in the .repo files, and versionlock. dnf --disableexcludes=all shows whether that is all.',
      ),
    }),
  },
  {
    id: 'module-switch',
    source: 'dnf 4.14 run',
    area: 'package',
    level: 'error',
    pattern: /not possible to switch enabled streams of a module/,
    diagnose: () => ({
      cause: msg('Another stream of the module is already enabled.'),
      advice: msg('Remove the packages of the old stream, run dnf module reset, then enable the new stream.'),
    }),
  },
  {
    id: 'rpm-dependencies',
    source: 'rpm lib/rpmps.c: Failed dependencies',
    area: 'package',
    level: 'error',
    pattern: /^error: Failed dependencies:/,
    diagnose: () => ({
      cause: msg('rpm installs only the packages that it is given, and others are required.'),
      advice: msg('Install the file with yum install or dnf install, which add the required packages.'),
    }),
  },
  {
    id: 'newer-installed',
    source: 'rpm; yum 3.4.3 on CentOS 7',
    area: 'package',
    level: 'error',
    pattern: /package (\S+) \(which is newer than (\S+)\) is already installed/,
    diagnose: (installed = '', wanted = '') => ({
      cause: msg('{0} is already installed, and newer than {1}.', installed, wanted),
      advice: msg('Remove the old package from the command, or run yum downgrade if you really need it.'),
    }),
  },
  {
    id: 'package-file-missing',
    source: 'dnf cli.py: a path that is not a file is taken as the name of a package; teemtee/tmt#1056',
    area: 'package',
    level: 'error',
    pattern:
      /(?:Unable to find a match: |No match for argument: |Can not load RPM file: |Could not open: )((?:\.{0,2}\/)\S+\.rpm)/,
    diagnose: (path = '') => ({
      cause: msg('The file {0} does not exist where the tool runs, or cannot be read.', path),
      advice: msg(
        'Check the path and the current directory, and whether the file was downloaded or copied before.',
      ),
    }),
  },
  {
    id: 'command-as-package',
    source: 'dnf and yum take each word after the command as a package; CrowdStrike/Dockerfiles#37',
    area: 'package',
    level: 'error',
    pattern:
      /(?:Unable to find a match: |No match for argument: |No package )(?:\S+ ){0,50}?(install|update|upgrade|remove|reinstall)(?: |$)/,
    diagnose: (word = '') => ({
      cause: msg('The word {0} was taken as the name of a package: the command has it twice.', word),
      advice: msg(
        'Remove the second {0} from the command, or separate the two commands with && or a line end.',
        word,
      ),
    }),
  },
  {
    id: 'kernel-package-gone',
    source: 'cortx-s3server#336, free5lot/hid-apple-patched#55: repositories keep the newest kernel only',
    area: 'package',
    level: 'error',
    pattern:
      /(?:Unable to find a match: |No match for argument: |No package (?:matching ')?)(?:\S+ )?(kernel-(?:devel|headers|modules-extra|debuginfo)-\d[\w.~-]{3,80})/,
    diagnose: (name = '') => ({
      cause: msg('{0} is for a kernel that the repositories have no longer: they keep the newest.', name),
      advice: msg(
        'Update the kernel and reboot (step `upgrade`), then run it again; or take it from the archive (vault) of the distribution.',
      ),
    }),
  },
  {
    id: 'name-quoted',
    source: 'yum 3 called by Salt with Python 2: saltstack-formulas/logrotate-formula#39',
    area: 'package',
    level: 'error',
    pattern: /^No package u'([^']{1,200})' available/,
    diagnose: (name = '') => ({
      cause: msg('The program that called yum gave it the name {0} with quotes of Python.', name),
      advice: msg('Update that program (Salt), or run it with Python 3. The repositories are fine.'),
    }),
  },
  {
    id: 'no-match-named-above',
    source: 'dnf 2 to 4.0 cli.py: Unable to find a match, the names are in the lines before',
    area: 'package',
    level: 'error',
    pattern: /^Error: Unable to find a match$/,
    because: ['package'],
    diagnose: () => ({
      cause: msg('None of the packages is in an enabled repository.'),
      advice: msg(
        'Check the spelling, and enable the repository that has it (yum provides, yum repolist all).',
      ),
    }),
  },
  {
    id: 'package-missing',
    source: 'dnf install.py:122; dnf5 5.4 run; dnf 4.14 runs in five languages',
    area: 'package',
    // dnf continues without missing packages if it was run with an option to skip them.
    level: 'warning',
    pattern: new RegExp(`(?:^missing packages: |${nobody.replace('No package |', '')})(.+)`),
    because: ['package'],
    diagnose: (names = '') => ({
      cause: msg('{0} is in no enabled repository.', names),
      advice: msg(
        'Check the spelling, and enable the repository that has it (yum provides, yum repolist all).',
      ),
    }),
  },
  {
    id: 'package-unavailable',
    source: 'yum cli.py:1048; yum goes on with the other packages and ends with 0',
    area: 'package',
    level: 'warning',
    pattern: /^No package (\S+) available/,
    diagnose: (name = '') => ({
      cause: msg('{0} is in no enabled repository.', name),
      advice: msg(
        'yum skips it and reports nothing more if there are other packages. Check the spelling, or enable the repository that has it.',
      ),
    }),
  },
  {
    id: 'not-tolerating-missing',
    source: 'yum cli.py:1070',
    area: 'package',
    level: 'error',
    pattern: /Not tolerating missing names on install, stopping/,
    because: ['package'],
    diagnose: () => ({
      cause: msg('One of the packages does not exist, and yum is configured to stop in this case.'),
      advice: msg(
        'Check the spelling, and enable the repository that has it (yum provides, yum repolist all).',
      ),
    }),
  },
  {
    id: 'nothing-matched',
    source: 'yum cli.py',
    area: 'package',
    level: 'error',
    pattern: /^Error: (?:Nothing to do|No matching Packages to list)/,
    because: ['package'],
    diagnose: () => ({
      cause: msg('None of the packages is in an enabled repository.'),
      advice: msg(
        'Check the spelling, and enable the repository that has it (yum provides, yum repolist all).',
      ),
    }),
  },
];
