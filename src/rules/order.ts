import { type Message, msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { moveItems } from '../cluster/edits.ts';
import { distinct } from '../cluster/node-groups.ts';
import { isSurely, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { needsRdo, stepOrders } from './step-orders.ts';

interface Order {
  readonly code: keyof typeof stepOrders;
  readonly about: Message;
  readonly says: (first: string, then: string) => Message;
  readonly applies?: (context: RuleContext) => boolean;
  /** Whether it applies to a step of `later`. */
  readonly appliesTo?: (context: RuleContext, later: string) => boolean;
}

const els = [8, 9] as const;
const ownDirectives = distinct(({ node }) => (node.own?.sshd ? [node.own.sshd] : []));
const orders: readonly Order[] = [
  {
    code: 'order-upgrade',
    about: msg(
      'The upgrade must install the packages of the release and not those of EPEL. Before step `repositories`, it does the opposite.',
    ),
    says: (first, then) =>
      msg('`{1}` before `{0}` upgrades from the wrong repositories. Put `{0}` first.', first, then),
  },
  {
    code: 'order-proxy',
    about: msg('Without the proxy, a node in a closed network reaches no repository.'),
    says: (first, then) => msg('`{1}` needs the proxy that `{0}` sets. Put `{0}` first.', first, then),
  },
  {
    code: 'order-client',
    about: msg(
      'The client comes from the repository of the release. Before that is set up, yum cannot find the package.',
    ),
    says: (first, then) => msg('`{1}` finds no package before `{0}`. Put `{0}` first.', first, then),
  },
  {
    code: 'order-components',
    about: msg(
      'The packages of the components come from the repository of the release. Before that is set up, yum cannot find them.',
    ),
    says: (first, then) => msg('`{1}` finds no package before `{0}`. Put `{0}` first.', first, then),
  },
  {
    code: 'order-selinux',
    about: msg(
      'The policy comes from the repository of the release. Before that is set up, yum cannot find the package.',
    ),
    says: (first, then) => msg('`{1}` finds no package before `{0}`. Put `{0}` first.', first, then),
  },
  {
    code: 'order-services',
    about: msg(
      'These services come from the repository of the release or one that it adds. Before that is set up, yum finds no package, or an older one.',
    ),
    says: (first, then) =>
      msg('`{1}` uses the repositories that `{0}` sets up. Put `{0}` first.', first, then),
    // RDO's packages for EL7 include MariaDB, RabbitMQ and memcached, those since EL8 etcd; RabbitMQ is a dependency there.
    appliesTo: (context, service) =>
      service === 'rabbitmq' || isSurely(context, ...(service === 'etcd' ? els : ([7] as const))),
  },
  {
    code: 'order-packstack',
    about: msg(
      'Packstack requires a prepared system: repositories, current packages, permissive SELinux, no firewalld.',
    ),
    says: (first, then) => msg('`{1}` depends on `{0}`. Put `{0}` first.', first, then),
  },
  {
    code: 'order-disks',
    about: msg('Packstack stops if the volume group that it must not make is missing.'),
    says: (first, then) =>
      msg('`{1}` needs the volume group that `{0}` makes. Put `{0}` first.', first, then),
  },
  {
    code: 'order-swift',
    about: msg(
      'The packages of Swift make its user. Disks that are prepared before belong to root, and Swift cannot write to them.',
    ),
    says: (first, then) => msg('`{1}` needs the user that `{0}` makes. Put `{0}` first.', first, then),
    applies: ({ cluster }) => cluster.nodes.some(({ own: settings }) => settings?.disks?.swift !== undefined),
  },
  {
    code: 'order-names',
    about: msg('RabbitMQ, etcd and Packstack resolve the names of the nodes at start, and keep them.'),
    says: (first, then) => msg('`{1}` needs the names that `{0}` sets. Put `{0}` first.', first, then),
  },
  {
    code: 'order-kernel',
    about: msg(
      'The Neutron agents check the bridge filter and forwarding at start. If set later, the values apply only after the next reboot.',
    ),
    says: (first, then) => msg('`{1}` needs the kernel settings of `{0}`. Put `{0}` first.', first, then),
  },
  {
    code: 'order-sshd',
    about: msg('sshd will refuse passwords. Before the keys are on the nodes, no one can log in.'),
    says: (first, then) =>
      msg('`{1}` refuses passwords before `{0}` has installed the keys. Put `{0}` first.', first, then),
    applies: ({ file, cluster }) =>
      [file.sshd ?? {}, ...ownDirectives(cluster.nodes)].some((directives) =>
        Object.entries(directives).some(
          ([key, value]) => key.toLowerCase() === 'passwordauthentication' && value.toLowerCase() === 'no',
        ),
      ),
  },
  {
    code: 'order-users',
    about: msg(
      'sshd can refuse root, passwords, or everybody who is not named; before the users and their keys are on the nodes that can leave no way in.',
    ),
    says: (first, then) =>
      msg('{1} decides who may log in before {0} has made the users; put {0} first.', first, then),
  },
  {
    code: 'order-network-manager',
    about: msg(
      'When NetworkManager stops, the service that replaces it needs the interface settings, or the node is cut off.',
    ),
    says: (first, then) =>
      msg('`{1}` needs the interfaces that `{0}` configures. Put `{0}` first.', first, then),
    applies: ({ systemPlaces }) =>
      systemPlaces.some(({ settings }) => settings['network-manager'] === 'disabled'),
  },
];

/** The index of each catalogue step in the file's list. */
export function positions({ file, reading }: RuleContext): ReadonlyMap<string, number> {
  const kept = reading.kept.get('steps') ?? [];
  const found = new Map<string, number>();
  file.steps?.forEach((step, index) => {
    if (typeof step === 'string' && !found.has(step)) found.set(step, kept[index] ?? index);
  });
  return found;
}

/** The index of a step in the file's list. */
export function stepIndex(context: RuleContext, id: string): number | undefined {
  return positions(context).get(id);
}

function orderRule({ code, about, says, applies, appliesTo }: Order): Rule {
  const { first, later } = stepOrders[code];
  return {
    code,
    severity: 'warning',
    about,
    sources: ['IG', 'RW'],
    hasFix: true,
    check: (context, report) => {
      if (!context.file.steps || applies?.(context) === false) return;
      const at = positions(context);
      for (const late of later) {
        const to = at.get(late);
        if (to === undefined || appliesTo?.(context, late) === false) continue;
        const early = first.filter((id) => (at.get(id) ?? -1) > to);
        const [wanted] = early;
        if (wanted === undefined) continue;
        const from = early.map((id) => at.get(id) ?? -1);
        const edits = moveItems(context.reading, ['steps'], { from, to });
        const fix = fixBy(msg('Move `{0}` before `{1}`', early.join(', '), late), edits);
        report(context.at('steps', to)?.value, says(wanted, late), fix);
      }
    },
  };
}

export const orderRules: readonly Rule[] = [
  ...orders.map(orderRule),
  {
    code: 'reboot-before-packstack',
    severity: 'information',
    about: msg(
      'Packstack ends with "Because of the kernel update the host requires reboot". Rebooting before it avoids another reboot afterwards.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      const at = positions(context);
      const [upgrade, packstack] = [at.get('upgrade'), at.get('packstack')];
      if (upgrade === undefined || packstack === undefined || upgrade > packstack) return;
      const isRebooted = context.cluster.steps.some(({ custom }) =>
        /\b(?:reboot|shutdown)\b/.test(custom?.run ?? ''),
      );
      if (isRebooted) return;
      report(
        context.at('steps', packstack)?.value,
        msg('If `upgrade` installs a new kernel, reboot the nodes before this step.'),
      );
    },
  },
  {
    code: 'repositories-missing',
    severity: 'information',
    about: msg(
      'The step installs packages of the release. Without step `repositories`, they must already be available.',
    ),
    check: (context, report) => {
      if (context.cluster.repositories.rdo !== 'enabled' || !context.isWhole('steps')) return;
      const at = positions(context);
      const step = needsRdo.find((id) => at.has(id));
      if (step === undefined || at.has('repositories')) return;
      const hasOwn = context.cluster.steps.some(({ custom }) => custom !== undefined);
      if (hasOwn) return;
      report(
        context.at('steps', at.get(step) ?? -1)?.value,
        msg(
          '`{0}` needs packages of RDO, but no step sets up the repository. Add `repositories` before it.',
          step,
        ),
      );
    },
  },
];
