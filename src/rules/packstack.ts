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
import { isSurely, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { users } from './sshd-login.ts';
import { componentIds } from './step-orders.ts';

/** Runs a check only for clusters that Packstack installs. */
function onPackstack(check: Rule['check']): Rule['check'] {
  return (context, report) => {
    if (context.isPackstack) check(context, report);
  };
}

/** The key that the file uses for an sshd directive, as written. */
export function sshdKey({ file }: RuleContext, directive: string): string | undefined {
  return Object.keys(file.sshd ?? {}).find((key) => key.toLowerCase() === directive.toLowerCase());
}

export const packstackRules: readonly Rule[] = [
  {
    code: 'packstack-firewalld',
    severity: 'warning',
    about: msg('Packstack writes its own iptables rules, which conflict with firewalld.'),
    sources: ['PS', 'RW'],
    hasFix: true,
    check: onPackstack(({ systemPlaces, reading, at }, report) => {
      for (const { path, settings } of systemPlaces) {
        const span = at(...path, 'firewalld')?.value;
        if (settings.firewalld !== 'enabled' || !span) continue;
        report(
          span,
          msg('Packstack manages iptables itself. Disable firewalld.'),
          replacement(reading.source, span, 'disabled'),
        );
      }
    }),
  },
  {
    code: 'packstack-network-manager',
    severity: 'warning',
    about: msg(
      'Packstack warns that its networking does not work with NetworkManager. On EL7 and EL8, the network service replaces it.',
    ),
    sources: ['PS', 'RW'],
    hasFix: true,
    check: onPackstack((context, report) => {
      for (const place of context.systemPlaces) {
        const span = context.at(...place.path, 'network-manager')?.value;
        if (place.settings['network-manager'] !== 'enabled' || !span || !isSurely(place, 7, 8)) continue;
        report(
          span,
          msg('Packstack’s networking does not work with NetworkManager. Disable it.'),
          replacement(context.reading.source, span, 'disabled'),
        );
      }
    }),
  },
  {
    code: 'packstack-locale',
    severity: 'information',
    about: msg(
      'RDO requires en_US.utf-8 in /etc/environment if another language is in use, because Packstack cannot parse other messages.',
    ),
    sources: ['RW'],
    check: onPackstack(({ systemPlaces, at }, report) => {
      for (const { path, settings } of systemPlaces) {
        if (settings.locale === undefined || /^(?:en_|C\b|POSIX)/.test(settings.locale)) continue;
        report(
          at(...path, 'locale')?.value,
          msg('Packstack requires English. The RDO guide sets en_US.UTF-8 for the installation.'),
        );
      }
    }),
  },
  {
    code: 'packstack-managed-service',
    severity: 'warning',
    about: msg(
      'Packstack installs and configures these services itself. It overwrites what another step set up, or conflicts with it.',
    ),
    sources: ['PS'],
    check: onPackstack(({ cluster, file, at }, report) => {
      for (const { id, span } of cluster.steps)
        if (componentIds.includes(id)) report(span, msg('Packstack sets up {0} itself. Remove it here.', id));
      for (const service of ['mariadb', 'rabbitmq', 'memcached'] as const) {
        const isStep = cluster.steps.some(({ id }) => id === service);
        if (!file.services?.[service] || !isStep) continue;
        report(at('services', service)?.key, msg('Packstack sets up {0} itself. Remove it here.', service));
      }
    }),
  },
  {
    code: 'packstack-mixed-addresses',
    severity: 'error',
    about: msg('Packstack stops with "IPv6 together with IPv4 installation is not supported".'),
    sources: ['PS'],
    check: onPackstack(({ cluster }, report) => {
      const families = cluster.nodes.map(({ address }) => addressValue(address ?? '')?.family);
      const first = families.find((family) => family !== undefined);
      const other = families.findIndex((family) => family !== undefined && family !== first);
      const node = cluster.nodes[other];
      report(
        node?.span,
        msg('Packstack accepts IPv4 or IPv6 addresses, not both. Use one kind for all nodes.'),
      );
    }),
  },
  {
    code: 'packstack-ssh-port',
    severity: 'error',
    about: msg(
      'Packstack connects to every host on port 22 and stops with "Given host does not listen on port 22".',
    ),
    sources: ['PS', 'EXP'],
    check: onPackstack((context, report) => {
      const key = sshdKey(context, 'Port');
      if (key === undefined || own(context.file.sshd, key) === '22') return;
      report(context.at('sshd', key)?.value, msg('Packstack connects to port 22 only. Keep sshd on it.'));
    }),
  },
  {
    code: 'packstack-root-login',
    severity: 'error',
    about: msg(
      'Packstack logs in to every node as root, also from the controller to itself, and does not support sudo.',
    ),
    sources: ['PS'],
    hasFix: true,
    check: onPackstack((context, report) => {
      const key = sshdKey(context, 'PermitRootLogin');
      const span = key === undefined ? undefined : context.at('sshd', key)?.value;
      const value = key === undefined ? undefined : own(context.file.sshd, key)?.toLowerCase();
      if (!span || (value !== 'no' && value !== 'forced-commands-only')) return;
      // If Stackprep itself logs in as root, sshd-root-locked-out already reports it.
      if (users(context).includes('root')) return;
      report(
        span,
        msg('Packstack requires root logins. prohibit-password allows them with keys.'),
        replacement(context.reading.source, span, 'prohibit-password'),
      );
    }),
  },
  {
    code: 'packstack-step',
    severity: 'warning',
    about: msg('The step installs OpenStack with Packstack, but openstack.installer is manual.'),
    hasFix: true,
    check: ({ cluster, file, isPackstack, reading, at }, report) => {
      const step = cluster.steps.find(({ id }) => id === 'packstack');
      if (!step || isPackstack) return;
      const span = at('openstack', 'installer')?.value;
      const fix =
        span && file.openstack?.installer ? replacement(reading.source, span, 'packstack') : undefined;
      report(
        step.span,
        msg('This step runs Packstack, but openstack.installer is manual. Set it to packstack.'),
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
      // If Nova is listed, component-requirement-missing already reports it.
      if (components.length === 0 || components.includes('neutron') || components.includes('nova')) return;
      if (!isWhole('openstack', 'components') || (release && !isLater(release.name, 'newton'))) return;
      const edits = insertItems(reading, ['openstack', 'components'], { before: 0, texts: ['neutron'] });
      report(
        at('openstack', 'components')?.key,
        msg('Packstack requires neutron. Add it.'),
        fixBy(msg('Add {0}', 'neutron'), edits),
      );
    }),
  },
  {
    code: 'packstack-not-installable',
    severity: 'warning',
    about: msg(
      'Packstack has no option for the component, so it would be missing from the cluster without a warning.',
    ),
    sources: ['PS'],
    check: onPackstack(({ cluster, release, reading, at }, report) => {
      const kept = reading.kept.get('openstack\ncomponents') ?? [];
      cluster.openstack.components.forEach((name, index) => {
        const project = projectOf(name);
        // For a component that RDO does not have, another rule reports that.
        if (!project?.isInRdo || isGone(name, release) || packstackInstalls(name, release?.name)) return;
        report(
          at('openstack', 'components', kept[index] ?? index)?.value,
          msg('Packstack cannot install {0}. Install it manually, or remove it.', name),
        );
      });
    }),
  },
];
