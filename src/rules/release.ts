import { msg } from '../base/l10n.ts';
import { asOf } from '../data/as-of.ts';
import { operatingSystems } from '../data/operating-systems.ts';
import { isLater, type Release, releases, statusOn } from '../data/releases.ts';
import { neededRepositories } from '../data/repositories.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { needsRdo } from './step-orders.ts';

/** Whether the file sets up the release's repository. */
function wantsRepository({ cluster }: RuleContext): boolean {
  const isOn = cluster.repositories.rdo === 'enabled';
  return isOn && cluster.steps.some((step) => step.id === 'repositories');
}

/** The range of releases in a system's repositories, as text. */
function fitting(builds: readonly string[]): string {
  const names = releases.filter((release) => release.builds.some((build) => builds.includes(build)));
  return [names[0]?.name, names.at(-1)?.name].filter((name) => name !== undefined).join(' … ');
}

/** The systems that RDO built a release for. */
function systemsOf({ builds }: Release): string {
  const own = operatingSystems.filter(({ family }) => family === 'centos');
  return own.flatMap((os) => (os.builds.some((build) => builds.includes(build)) ? [os.name] : [])).join(', ');
}

const built = releases.filter(({ builds }) => builds.length > 0).map(({ name }) => name);
const [oldest = ''] = built;
const newest = built.at(-1) ?? '';

export const releaseRules: readonly Rule[] = [
  {
    code: 'release-missing',
    severity: 'error',
    about: msg('The name of the repository package depends on the release.'),
    sources: ['CRO'],
    check: ({ file, cluster, at }, report) => {
      if (file.openstack?.release !== undefined || at('openstack', 'release')) return;
      if (cluster.repositories.rdo === 'disabled') return;
      const step = cluster.steps.find(({ id }) => id === 'repositories');
      report(step?.span, msg('This step requires openstack.release, such as stein or epoxy.'));
    },
  },
  {
    code: 'release-without-packages',
    severity: 'error',
    about: msg(
      'RDO has no repository for this release. It started with {0} on CentOS 7 and has built no packages after {1}.',
      oldest,
      newest,
    ),
    sources: ['RW', 'RI'],
    check: (context, report) => {
      const { release, at } = context;
      if (!release || release.builds.length > 0 || !wantsRepository(context)) return;
      report(
        at('openstack', 'release')?.value,
        msg(
          'As of {2}, RDO has no packages of {0}. Use {1} or an earlier release, or set repositories.rdo to disabled and add your own repositories.',
          release.name,
          newest,
          asOf.rdo,
        ),
      );
    },
  },
  {
    code: 'release-not-for-os',
    severity: 'error',
    about: msg(
      'The repositories of the system have no release package of that name, so the installation would fail.',
    ),
    sources: ['RI', 'CRO', 'RR', 'ALMA', 'ROCKY'],
    check: (context, report) => {
      const { release, systems } = context;
      if (!release || release.builds.length === 0 || !wantsRepository(context)) return;
      for (const { os, span } of systems) {
        // Private repositories may have packages that the system's lack.
        if (os.builds.length === 0 && context.cluster.repositories.extra.length > 0) continue;
        if (os.builds.length === 0)
          report(
            span,
            msg(
              'The repositories of {0} have no OpenStack release packages. {1} is built for {2}.',
              os.name,
              release.name,
              systemsOf(release),
            ),
          );
        else if (!release.el.includes(os.el))
          report(
            span,
            msg(
              'RDO built {0} for Enterprise Linux {1} only. On {2}, use {3}.',
              release.name,
              release.el.join(', '),
              os.name,
              fitting(os.builds),
            ),
          );
      }
    },
  },
  {
    code: 'release-needs-stream',
    severity: 'warning',
    about: msg(
      'Since Wallaby, RDO built for CentOS Stream 8 and not for CentOS Linux 8, which had testing repositories only.',
    ),
    sources: ['RI'],
    check: (context, report) => {
      const { release, systems } = context;
      if (!release || !wantsRepository(context)) return;
      for (const { os, span } of systems) {
        const isBuilt = release.builds.some((build) => os.builds.includes(build));
        if (os.builds.length === 0 || isBuilt || !release.el.includes(os.el)) continue;
        report(
          span,
          msg(
            '{0} was built for CentOS Stream 8, not for {1}. Convert the nodes or use an earlier release.',
            release.name,
            os.name,
          ),
        );
      }
    },
  },
  {
    code: 'release-end-of-life',
    severity: 'information',
    about: msg('The release gets no more fixes. A later release for the same system has not reached it.'),
    sources: ['REL', 'RI'],
    check: ({ release, systems, generations, cluster, at, today }, report) => {
      if (!release || statusOn(release, today) !== 'end of life' || cluster.repositories.rdo !== 'enabled')
        return;
      const fits = ({ builds, el }: Release): boolean => {
        if (systems.length > 0)
          return systems.every(({ os }) => builds.some((build) => os.builds.includes(build)));
        return generations.length > 0 && generations.every((each) => el.includes(each));
      };
      const later = releases.findLast((each) => statusOn(each, today) !== 'end of life' && fits(each));
      if (!later || !isLater(later.name, release.name)) return;
      report(
        at('openstack', 'release')?.value,
        statusOn(later, today) === 'maintained'
          ? msg(
              '{0} reached its end of life on {1}. {2} is for the same system and still maintained.',
              release.name,
              release.ends ?? '?',
              later.name,
            )
          : msg(
              '{0} reached its end of life on {1}. {2} is for the same system and later, although unmaintained.',
              release.name,
              release.ends ?? '?',
              later.name,
            ),
      );
    },
  },
  {
    code: 'os-end-of-life',
    severity: 'information',
    about: msg('The mirrors no longer have the system. Its packages are in an archive and get no updates.'),
    sources: ['CENTOS', 'MIRROR', 'EL8'],
    check: ({ systems, today }, report) => {
      for (const { os, span } of systems) {
        if (os.archive === undefined || os.ends === undefined || os.ends > today) continue;
        report(
          span,
          msg(
            '{0} got its last updates on {1}. Its repositories are now at {2}.',
            os.name,
            os.ends,
            os.archive,
          ),
        );
      }
    },
  },
  {
    code: 'rhel-repositories',
    severity: 'information',
    about: msg(
      'On RHEL, the packages that RDO requires are in repositories that subscription-manager enables.',
    ),
    sources: ['IG', 'RW'],
    check: (context, report) => {
      const { systems, cluster } = context;
      if (!wantsRepository(context)) return;
      // A custom step is responsible for it.
      if (cluster.steps.some(({ custom }) => custom?.run.includes('subscription-manager'))) return;
      for (const { os, span } of systems) {
        const needed = neededRepositories.find((row) => row.el === os.el && row.vendor === 'rhel');
        if (os.family !== 'rhel' || !needed) continue;
        report(
          span,
          msg(
            'Enable these repositories with subscription-manager before you run the steps: {0}.',
            needed.repositories.join(', '),
          ),
        );
      }
    },
  },
  {
    code: 'rdo-disabled',
    severity: 'information',
    about: msg(
      'The packages of these steps come from RDO. If it is disabled, another repository must have them.',
    ),
    check: ({ cluster, file, at }, report) => {
      if (cluster.repositories.rdo !== 'disabled' || cluster.repositories.extra.length > 0) return;
      const step = file.steps ? cluster.steps.find(({ id }) => needsRdo.includes(id)) : undefined;
      if (!step) return;
      report(
        at('repositories', 'rdo')?.value,
        msg('`{0}` needs packages of RDO. Make sure the nodes have a repository with them.', step.id),
      );
    },
  },
];
