import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy } from '../base/problem.ts';
import { insertEntry } from '../cluster/edits.ts';
import { nodesOn } from '../cluster/on.ts';
import { findComponent } from '../data/components.ts';
import { packstackInstalls } from '../data/packstack.ts';
import { serviceFacts } from '../data/services.ts';
import { replacement } from '../schema/fixes.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';

/** The services that one node or several have, by the role that they go to. */
export const placedServices = ['mariadb', 'rabbitmq', 'memcached', 'etcd'] as const;

export type PlacedService = (typeof placedServices)[number];

/** The names of the nodes that a service of the file goes to; empty for one that it does not have. */
export function membersOf({ cluster }: Look, service: PlacedService): readonly string[] {
  const on = cluster.services[service]?.on;
  return on === undefined ? [] : nodesOn(cluster.nodes, on);
}

/** The names of a list for a sentence: the first ones, and dots for the rest. */
function some(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')}, …` : names.join(', ');
}

function sshdPort({ file }: Look): { readonly key: string; readonly port: number } | undefined {
  const key = Object.keys(file.sshd ?? {}).find((name) => name.toLowerCase() === 'port');
  const port = Number(key === undefined ? Number.NaN : own(file.sshd, key));
  return key !== undefined && Number.isInteger(port) ? { key, port } : undefined;
}

/** Who listens on a TCP port in a cluster like this one. */
function holderOf(look: Look, port: number): string | undefined {
  const service = serviceFacts.find(({ id, tcp }) => look.cluster.services[id] && tcp.includes(port));
  if (service) return service.id;
  // Packstack keeps the default ports; whoever installs by hand may not.
  if (!look.isPackstack) return undefined;
  const { release, components } = look.cluster.openstack;
  return components.find((name) => {
    return packstackInstalls(name, release) && findComponent(name)?.ports.includes(port);
  });
}

export const serviceRules: readonly Rule[] = [
  {
    code: 'service-without-nodes',
    severity: 'warning',
    about: msg(
      'Without "on" a service goes to the role controller; where no node has it, the service goes nowhere.',
    ),
    check: (look, report) => {
      if (!look.isWhole('nodes') || look.cluster.nodes.length === 0) return;
      for (const service of placedServices) {
        const settings = look.file.services?.[service];
        if (!settings || settings.on !== undefined || !look.isWhole('services', service)) continue;
        if (membersOf(look, service).length > 0) continue;
        report(
          look.at('services', service)?.key,
          msg('No node has the role controller, where {0} goes; name a role or node under on.', service),
        );
      }
    },
  },
  {
    code: 'service-missing',
    severity: 'information',
    about: msg(
      'Nearly every component stores its data in MariaDB and communicates through RabbitMQ; the cluster needs both from somewhere.',
    ),
    sources: ['GOV', 'IG'],
    check: (look, report) => {
      const { file, cluster, isPackstack, at, isWhole } = look;
      if (isPackstack || !file.services || !isWhole('services')) return;
      const needing = cluster.openstack.components.find((name) => name !== 'swift' && findComponent(name));
      const missing = (['mariadb', 'rabbitmq'] as const).filter((service) => !cluster.services[service]);
      if (needing === undefined || missing.length === 0 || missing.length === 2) return;
      report(
        at('services')?.key,
        msg('{0} also needs {1}, which this file does not have.', needing, missing.join(', ')),
      );
    },
  },
  {
    code: 'port-clash',
    severity: 'error',
    about: msg(
      'Two programs cannot listen on one port: either sshd or the service does not start, and sshd may be the one.',
    ),
    sources: ['PORTS', 'RABBIT'],
    check: (look, report) => {
      const sshd = sshdPort(look);
      const holder = sshd && holderOf(look, sshd.port);
      if (!sshd || holder === undefined) return;
      report(
        look.at('sshd', sshd.key)?.value,
        msg('Port {0} belongs to {1}; give sshd another one.', sshd.port, holder),
      );
    },
  },
  {
    code: 'etcd-even',
    severity: 'warning',
    about: msg(
      'etcd works while more than half of its members live: four bear the loss of one, as three do, and two bear none.',
    ),
    check: (look, report) => {
      const members = membersOf(look, 'etcd');
      if (members.length === 0 || members.length % 2 === 1 || !look.isWhole('nodes')) return;
      report(
        (look.at('services', 'etcd', 'on') ?? look.at('services', 'etcd'))?.value,
        msg(
          '{0} etcd members ({1}) bear no more losses than {2}; take an odd number.',
          members.length,
          some(members),
          members.length - 1,
        ),
      );
    },
  },
  {
    code: 'rabbitmq-even',
    severity: 'warning',
    about: msg(
      'When the network splits, a RabbitMQ cluster of an even size can fall into two halves of which none has the majority.',
    ),
    sources: ['RABBIT'],
    check: (look, report) => {
      const members = membersOf(look, 'rabbitmq');
      if (members.length === 0 || members.length % 2 === 1 || !look.isWhole('nodes')) return;
      report(
        (look.at('services', 'rabbitmq', 'on') ?? look.at('services', 'rabbitmq'))?.value,
        msg(
          '{0} RabbitMQ members ({1}) can split into equal halves; take an odd number.',
          members.length,
          some(members),
        ),
      );
    },
  },
  {
    code: 'mariadb-many',
    severity: 'information',
    about: msg(
      'The installation guide sets up one database server; several are several databases until they replicate.',
    ),
    sources: ['IG'],
    check: (look, report) => {
      const members = membersOf(look, 'mariadb');
      if (members.length < 2) return;
      report(
        (look.at('services', 'mariadb', 'on') ?? look.at('services', 'mariadb'))?.value,
        msg(
          'MariaDB goes to {0} nodes, each with a database of its own; name one node, or set up Galera yourself.',
          members.length,
        ),
      );
    },
  },
  {
    code: 'max-connections-low',
    severity: 'information',
    about: msg(
      'Every worker of every component holds connections; the guide sets 4096, and below some hundreds the services soon wait.',
    ),
    sources: ['IG'],
    check: ({ file, at }, report) => {
      const most = file.services?.mariadb?.['max-connections'];
      if (most === undefined || most >= 512) return;
      report(
        at('services', 'mariadb', 'max-connections')?.value,
        msg('{0} connections are few for OpenStack; the guide sets 4096.', most),
      );
    },
  },
  {
    code: 'collation-invalid',
    severity: 'error',
    about: msg('MariaDB does not start with a collation that it does not know.'),
    sources: ['COMMON'],
    check: ({ file, at }, report) => {
      const collation = file.services?.mariadb?.collation;
      if (collation === undefined || /^(?:binary|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)$/.test(collation)) return;
      report(
        at('services', 'mariadb', 'collation')?.value,
        msg('{0} is not the name of a collation; the guide’s is utf8_general_ci.', collation),
      );
    },
  },
  {
    code: 'collation-unusual',
    severity: 'information',
    about: msg(
      'The components create their tables for utf8; with four bytes a character some indexes of older releases grow too long.',
    ),
    sources: ['IG', 'COMMON'],
    check: ({ file, at }, report) => {
      const collation = file.services?.mariadb?.collation;
      if (collation === undefined || !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(collation)) return;
      if (/^utf8(?:mb3)?_/.test(collation)) return;
      report(
        at('services', 'mariadb', 'collation')?.value,
        msg(
          'The guide sets utf8_general_ci; with {0} the tables of some components may not be created.',
          collation,
        ),
      );
    },
  },
  {
    code: 'rabbitmq-guest',
    severity: 'warning',
    about: msg(
      'RabbitMQ accepts guest from the node itself only; from every other node the login is refused.',
    ),
    sources: ['RABBIT'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const span = at('services', 'rabbitmq', 'user')?.value;
      if (file.services?.rabbitmq?.user !== 'guest' || !span) return;
      report(
        span,
        msg('guest may log in from its own machine only; take the guide’s user openstack.'),
        replacement(reading.source, span, 'openstack'),
      );
    },
  },
  {
    code: 'rabbitmq-password-missing',
    severity: 'information',
    about: msg(
      'The user of the queue needs a password; if the file names no secret for it, it must come from elsewhere.',
    ),
    sources: ['IG'],
    hasFix: true,
    check: ({ file, reading, at, isWhole }, report) => {
      const settings = file.services?.rabbitmq;
      if (!settings || settings.password || settings.user === undefined || !isWhole('services', 'rabbitmq'))
        return;
      const edits = insertEntry(reading, ['services', 'rabbitmq'], 'user', 'password: { secret: rabbitmq }');
      report(
        at('services', 'rabbitmq', 'user')?.value,
        msg('{0} has no password yet; name a secret for it.', settings.user),
        fixBy(msg('Add password: {0}', '{ secret: rabbitmq }'), edits),
      );
    },
  },
];
