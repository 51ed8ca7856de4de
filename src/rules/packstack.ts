import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy } from '../base/problem.ts';
import { addressValue } from '../cluster/cidr.ts';
import { insertItems } from '../cluster/edits.ts';
import { projectOf } from '../data/components.ts';
import { packstackInstalls } from '../data/packstack.ts';
import { isLater } from '../data/releases.ts';
import { replacement } from '../schema/fixes.ts';
import { isGone } from './components.ts';
import { isSurely, type Look } from './context.ts';
import { componentIds } from './order.ts';
import type { Rule } from './rule.ts';
import { users } from './sshd-login.ts';

/** The rule's check, for clusters that Packstack is to install. */
function onPackstack(check: Rule['check']): Rule['check'] {
  return (look, report) => {
    if (look.isPackstack) check(look, report);
  };
}

/** The key that the file uses for a directive of sshd, in its own case. */
export function sshdKey({ file }: Look, directive: string): string | undefined {
  return Object.keys(file.sshd ?? {}).find((key) => key.toLowerCase() === directive.toLowerCase());
}

export const packstackRules: readonly Rule[] = [
  {
    code: 'packstack-firewalld',
    severity: 'warning',
    about: msg('Packstack writes iptables rules of its own; firewalld works against them.'),
    sources: ['PS', 'RW'],
    hasFix: true,
    check: onPackstack(({ file, reading, at }, report) => {
      const span = at('system', 'firewalld')?.value;
      if (file.system?.firewalld !== 'enabled' || !span) return;
      report(
        span,
        msg('Packstack manages iptables itself; disable firewalld.'),
        replacement(reading.source, span, 'disabled'),
      );
    }),
  },
  {
    code: 'packstack-network-manager',
    severity: 'warning',
    about: msg(
      'Packstack warns that its networking does not work with NetworkManager; on EL7 and EL8 the network service takes over.',
    ),
    sources: ['PS', 'RW'],
    hasFix: true,
    check: onPackstack((look, report) => {
      const span = look.at('system', 'network-manager')?.value;
      if (look.file.system?.['network-manager'] !== 'enabled' || !span || !isSurely(look, 7, 8)) return;
      report(
        span,
        msg('Packstack’s networking does not work with NetworkManager; disable it.'),
        replacement(look.reading.source, span, 'disabled'),
      );
    }),
  },
  {
    code: 'packstack-locale',
    severity: 'information',
    about: msg(
      'RDO asks for en_US.utf-8 in /etc/environment where another language is in use; messages in it confuse Packstack.',
    ),
    sources: ['RW'],
    check: onPackstack(({ file, at }, report) => {
      const locale = file.system?.locale;
      if (locale === undefined || /^(?:en_|C\b|POSIX)/.test(locale)) return;
      report(
        at('system', 'locale')?.value,
        msg('Packstack is known to work in English; RDO’s guide sets en_US.UTF-8 for the installation.'),
      );
    }),
  },
  {
    code: 'packstack-own-service',
    severity: 'warning',
    about: msg(
      'Packstack installs and configures these services itself; what another step set up before is overwritten or in its way.',
    ),
    sources: ['PS'],
    check: onPackstack(({ cluster, file, at }, report) => {
      for (const { id, span } of cluster.steps)
        if (componentIds.includes(id))
          report(span, msg('Packstack sets {0} up itself; leave it out here.', id));
      for (const service of ['mariadb', 'rabbitmq', 'memcached'] as const) {
        const isStep = cluster.steps.some(({ id }) => id === service);
        if (!file.services?.[service] || !isStep) continue;
        report(
          at('services', service)?.key,
          msg('Packstack sets {0} up itself; leave it out here.', service),
        );
      }
    }),
  },
  {
    code: 'packstack-mixed-addresses',
    severity: 'error',
    about: msg('Packstack stops with "IPv6 together with IPv4 installation is not supported".'),
    sources: ['PS'],
    check: onPackstack(({ cluster }, report) => {
      const families = cluster.nodes.map(({ address }) => addressValue(address)?.family);
      const other = families.findIndex((family) => family !== undefined && family !== families[0]);
      const node = families[0] === undefined ? undefined : cluster.nodes[other];
      report(
        node?.span,
        msg('Packstack takes IPv4 or IPv6 addresses, not both; give all nodes addresses of one kind.'),
      );
    }),
  },
  {
    code: 'packstack-ssh-port',
    severity: 'error',
    about: msg(
      'Packstack looks for every host on port 22 and stops with "Given host does not listen on port 22".',
    ),
    sources: ['PS', 'EXP'],
    check: onPackstack((look, report) => {
      const key = sshdKey(look, 'Port');
      if (key === undefined || own(look.file.sshd, key) === '22') return;
      report(
        look.at('sshd', key)?.value,
        msg('Packstack reaches the nodes on port 22 only; leave sshd there.'),
      );
    }),
  },
  {
    code: 'packstack-root-login',
    severity: 'error',
    about: msg(
      'Packstack logs in to every node as root, also from the controller to itself, and knows no sudo.',
    ),
    sources: ['PS'],
    hasFix: true,
    check: onPackstack((look, report) => {
      const key = sshdKey(look, 'PermitRootLogin');
      const span = key === undefined ? undefined : look.at('sshd', key)?.value;
      const value = key === undefined ? undefined : own(look.file.sshd, key)?.toLowerCase();
      if (!span || (value !== 'no' && value !== 'forced-commands-only')) return;
      // Where Stackprep itself logs in as root, sshd-root-locked-out says it already.
      if (users(look).includes('root')) return;
      report(
        span,
        msg('Packstack needs root logins; prohibit-password allows them by key.'),
        replacement(look.reading.source, span, 'prohibit-password'),
      );
    }),
  },
  {
    code: 'packstack-step',
    severity: 'warning',
    about: msg(
      'The step installs OpenStack with Packstack, while the file says that it is installed by hand.',
    ),
    hasFix: true,
    check: ({ cluster, file, isPackstack, reading, at }, report) => {
      const step = cluster.steps.find(({ id }) => id === 'packstack');
      if (!step || isPackstack) return;
      const span = at('openstack', 'installer')?.value;
      const fix =
        span && file.openstack?.installer ? replacement(reading.source, span, 'packstack') : undefined;
      report(
        step.span,
        msg('This step runs Packstack, but openstack.installer is manual; set it to packstack.'),
        fix,
      );
    },
  },
  {
    code: 'packstack-neutron',
    severity: 'warning',
    about: msg(
      'Packstack stops without Neutron: "Nova network support has been removed in Ocata. Neutron service must be enabled".',
    ),
    sources: ['PS'],
    hasFix: true,
    check: onPackstack(({ cluster, release, reading, at, isWhole }, report) => {
      const { components } = cluster.openstack;
      // Where Nova is in the list, component-need-missing says it already.
      if (components.length === 0 || components.includes('neutron') || components.includes('nova')) return;
      if (!isWhole('openstack', 'components') || (release && !isLater(release.name, 'newton'))) return;
      const edits = insertItems(reading, ['openstack', 'components'], { before: 0, texts: ['neutron'] });
      report(
        at('openstack', 'components')?.key,
        msg('Packstack does not work without neutron; add it.'),
        fixBy(msg('Add {0}', 'neutron'), edits),
      );
    }),
  },
  {
    code: 'packstack-not-installable',
    severity: 'warning',
    about: msg(
      'Packstack has no option for the component; it would be missing from the cluster without a word.',
    ),
    sources: ['PS'],
    check: onPackstack(({ cluster, release, reading, at }, report) => {
      const kept = reading.kept.get('openstack\ncomponents') ?? [];
      cluster.openstack.components.forEach((name, index) => {
        const project = projectOf(name);
        // Of one that RDO does not have, that is told.
        if (!project?.isInRdo || isGone(name, release) || packstackInstalls(name, release?.name)) return;
        report(
          at('openstack', 'components', kept[index] ?? index)?.value,
          msg('Packstack cannot install {0}; install it by hand, or leave it out.', name),
        );
      });
    }),
  },
];
