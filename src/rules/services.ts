import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { insertEntry } from '../cluster/edits.ts';
import { onePerKey } from '../cluster/node-groups.ts';
import { nodesOn } from '../cluster/on.ts';
import { findComponent } from '../data/components.ts';
import { replacement } from '../schema/fixes.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** The nodes of a service, by the role that selects them. */
export const placedServices = ['mariadb', 'rabbitmq', 'memcached', 'etcd'] as const;

export type PlacedService = (typeof placedServices)[number];

/** The names of the nodes of a service in the file; empty if there is none. */
export function membersOf({ cluster }: RuleContext, service: PlacedService): readonly string[] {
  const on = cluster.services[service]?.on;
  return on === undefined ? [] : nodesOn(cluster.nodes, on);
}

/** The names of a list for a message: the first ones, then an ellipsis. */
function some(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')}, …` : names.join(', ');
}

export const serviceRules: readonly Rule[] = [
  {
    code: 'service-without-nodes',
    severity: 'warning',
    about: msg(
      'Without "on", a service runs on the nodes with the role controller. Without such a node, it runs nowhere.',
    ),
    check: (context, report) => {
      if (!context.isWhole('nodes') || context.cluster.nodes.length === 0) return;
      const { cluster } = context;
      for (const service of placedServices) {
        const settings = context.file.services?.[service];
        if (
          !settings ||
          settings.on !== undefined ||
          cluster.services[service]?.on.length === 0 ||
          !context.isWhole('services', service)
        )
          continue;
        if (membersOf(context, service).length > 0) continue;
        report(
          context.at('services', service)?.key,
          msg('No node has the role controller, where {0} would run. Set a role or node with `on`.', service),
        );
      }
    },
  },
  {
    code: 'service-missing',
    severity: 'information',
    about: msg(
      'Nearly every component stores its data in MariaDB and communicates over RabbitMQ, so the cluster needs both.',
    ),
    sources: ['GOV', 'IG'],
    check: (context, report) => {
      const { file, cluster, isPackstack, at, isWhole } = context;
      if (isPackstack || !file.services || !isWhole('services')) return;
      const needing = cluster.openstack.components.find((name) => name !== 'swift' && findComponent(name));
      const missing = (['mariadb', 'rabbitmq'] as const).filter((service) => !cluster.services[service]);
      if (needing === undefined || missing.length === 0 || missing.length === 2) return;
      report(
        at('services')?.key,
        msg('{0} also needs {1}, which this file does not set up.', needing, missing.join(', ')),
      );
    },
  },
  {
    code: 'etcd-even',
    severity: 'warning',
    about: msg(
      'etcd works while more than half of its members are up. Four members tolerate one failure, as three do; two tolerate none.',
    ),
    check: (context, report) => {
      const members = membersOf(context, 'etcd');
      if (members.length === 0 || members.length % 2 === 1 || !context.isWhole('nodes')) return;
      report(
        (context.at('services', 'etcd', 'on') ?? context.at('services', 'etcd'))?.value,
        msg(
          'Of {0} etcd members ({1}), {2} may fail, as of {3}. Use an odd number.',
          members.length,
          some(members),
          members.length / 2 - 1,
          members.length - 1,
        ),
      );
    },
  },
  {
    code: 'etcd-without-address',
    severity: 'error',
    about: msg(
      'etcd listens on addresses only, not on names. It runs without TLS and accounts, so Stackprep does not let it listen on all networks of the node.',
    ),
    check: (context, report) => {
      const members = membersOf(context, 'etcd');
      const without = context.cluster.nodes.filter(
        ({ name, address }) => address === undefined && members.includes(name),
      );
      for (const { name, span } of onePerKey(without))
        report(span, msg('{0} runs etcd, which cannot listen on a name. Add its `address`.', name));
    },
  },
  {
    code: 'rabbitmq-even',
    severity: 'warning',
    about: msg(
      'If the network splits, a RabbitMQ cluster of even size can split into two halves without a majority.',
    ),
    sources: ['RABBIT'],
    check: (context, report) => {
      const members = membersOf(context, 'rabbitmq');
      if (members.length === 0 || members.length % 2 === 1 || !context.isWhole('nodes')) return;
      report(
        (context.at('services', 'rabbitmq', 'on') ?? context.at('services', 'rabbitmq'))?.value,
        msg(
          '{0} RabbitMQ members ({1}) can split into equal halves. Use an odd number.',
          members.length,
          some(members),
        ),
      );
    },
  },
  {
    code: 'mariadb-several-nodes',
    severity: 'information',
    about: msg(
      'The installation guide sets up one database server. Several servers are separate databases unless they replicate.',
    ),
    sources: ['IG'],
    check: (context, report) => {
      const members = membersOf(context, 'mariadb');
      // Packstack installs one server.
      if (members.length < 2 || context.isPackstack) return;
      report(
        (context.at('services', 'mariadb', 'on') ?? context.at('services', 'mariadb'))?.value,
        msg(
          'MariaDB runs on {0} nodes, each with its own database. Use one node, or set up Galera yourself.',
          members.length,
        ),
      );
    },
  },
  {
    code: 'max-connections-low',
    severity: 'information',
    about: msg(
      'Every worker of every component holds connections. The guide sets 4096; with too few, the services wait for a connection.',
    ),
    sources: ['IG'],
    check: ({ file, at }, report) => {
      const limit = file.services?.mariadb?.['max-connections'];
      if (limit === undefined || limit >= 512) return;
      report(
        at('services', 'mariadb', 'max-connections')?.value,
        msg('{0} connections are too few for OpenStack. The guide sets 4096.', limit),
      );
    },
  },
  {
    code: 'collation-invalid',
    severity: 'error',
    about: msg('MariaDB does not start with an unknown collation.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const collation = file.services?.mariadb?.collation;
      if (collation === undefined || /^(?:binary|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)$/.test(collation)) return;
      report(
        at('services', 'mariadb', 'collation')?.value,
        msg('{0} is not a collation. The guide uses utf8_general_ci.', collation),
      );
    },
  },
  {
    code: 'collation-unusual',
    severity: 'information',
    about: msg(
      'The components create their tables for utf8. With four-byte characters, some indexes of older releases become too long.',
    ),
    sources: ['IG', 'COMMON'],
    check: ({ file, at }, report) => {
      const collation = file.services?.mariadb?.collation;
      if (collation === undefined || !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(collation)) return;
      if (/^utf8(?:mb3)?_/.test(collation)) return;
      report(
        at('services', 'mariadb', 'collation')?.value,
        msg(
          'The guide sets utf8_general_ci. With {0}, some components may fail to create their tables.',
          collation,
        ),
      );
    },
  },
  {
    code: 'rabbitmq-user',
    severity: 'error',
    about: msg(
      'The name is an argument of rabbitmqctl and, on Enterprise Linux 7, part of an Erlang expression. Other characters would end it or change it.',
    ),
    sources: ['RABBIT'],
    check: ({ file, at }, report) => {
      const user = file.services?.rabbitmq?.user;
      if (user === undefined || /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/.test(user)) return;
      report(
        at('services', 'rabbitmq', 'user')?.value,
        msg(
          '{0} is not a user name for RabbitMQ here. Use letters, digits, and _ . @ - after the first character.',
          user,
        ),
      );
    },
  },
  {
    code: 'rabbitmq-cookie-missing',
    severity: 'warning',
    about: msg(
      'The nodes of a RabbitMQ cluster share one Erlang cookie. Without one in the file, the step refuses to join them.',
    ),
    sources: ['RABBIT'],
    hasFix: true,
    check: (context, report) => {
      const settings = context.file.services?.rabbitmq;
      const members = membersOf(context, 'rabbitmq');
      if (!settings || settings.cookie || members.length < 2 || context.isPackstack) return;
      if (!context.isWhole('services', 'rabbitmq')) return;
      const after = (['password', 'user', 'on'] as const).find((key) => settings[key] !== undefined);
      const text = 'cookie: { secret: rabbitmq-cookie }';
      const edits = after && insertEntry(context.reading, ['services', 'rabbitmq'], after, text);
      report(
        context.at('services', 'rabbitmq')?.key,
        msg(
          'RabbitMQ runs on {0} nodes ({1}), which need a shared cookie. Refer to a secret.',
          members.length,
          some(members),
        ),
        fixBy(msg('Add {0}', text), edits),
      );
    },
  },
  {
    code: 'rabbitmq-guest',
    severity: 'warning',
    about: msg('RabbitMQ accepts guest only from the same node. From every other node, the login fails.'),
    sources: ['RABBIT'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const span = at('services', 'rabbitmq', 'user')?.value;
      if (file.services?.rabbitmq?.user !== 'guest' || !span) return;
      report(
        span,
        msg('guest can log in only from the same node. Use openstack, as in the guide.'),
        replacement(reading.source, span, 'openstack'),
      );
    },
  },
  {
    code: 'rabbitmq-password-missing',
    severity: 'information',
    about: msg('The RabbitMQ user needs a password: refer to a secret, or set it elsewhere.'),
    sources: ['IG'],
    hasFix: true,
    check: ({ file, reading, at, isWhole }, report) => {
      const settings = file.services?.rabbitmq;
      if (
        !settings ||
        settings.external !== undefined ||
        settings.password ||
        settings.user === undefined ||
        !isWhole('services', 'rabbitmq')
      )
        return;
      const edits = insertEntry(reading, ['services', 'rabbitmq'], 'user', 'password: { secret: rabbitmq }');
      report(
        at('services', 'rabbitmq', 'user')?.value,
        msg('{0} has no password. Refer to a secret.', settings.user),
        fixBy(msg('Add password: {0}', '{ secret: rabbitmq }'), edits),
      );
    },
  },
];
