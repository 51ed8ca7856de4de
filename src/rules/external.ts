import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { isNode } from '../cluster/aliases.ts';
import { removeEntry, removeItem } from '../cluster/edits.ts';
import { nodesOfRole } from '../cluster/node-groups.ts';
import type { RuleContext } from './context.ts';
import { stepIndex } from './order.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

const services = ['mariadb', 'rabbitmq', 'memcached'] as const;

/** The services of the file that run outside of the cluster, with the host and port. */
function outsideOf({ cluster }: RuleContext) {
  return services.flatMap((id) => {
    const external = cluster.services[id]?.external;
    return external ? [{ id, external }] : [];
  });
}

/** Rules about services outside of the cluster. */
export const externalRules: readonly Rule[] = [
  {
    code: 'external-with-settings',
    severity: 'warning',
    about: msg(
      'Stackprep sets up nothing for a service outside of the cluster. Its other settings have no effect.',
    ),
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      for (const id of [...services, 'chrony'] as const) {
        const settings = file.services?.[id];
        if (settings?.external === undefined) continue;
        for (const key of Object.keys(settings)) {
          if (key === 'external') continue;
          const edits = removeEntry(reading, ['services', id], key);
          report(
            at('services', id, key)?.key,
            msg(
              '`{0}` has no effect, because {1} runs outside of the cluster. Remove it, or `external`.',
              key,
              id,
            ),
            fixBy(msg('Remove {0}', key), edits),
          );
        }
      }
    },
  },
  {
    code: 'external-is-node',
    severity: 'warning',
    about: msg('A service on a node of the cluster is not external: no step would set it up there.'),
    check: (context, report) => {
      for (const { id, external } of outsideOf(context)) {
        const { host } = external;
        const { nodes } = context.cluster;
        const node = nodes.find((each) => isNode(each, host, nodes));
        if (!node) continue;
        report(
          context.at('services', id, 'external')?.value,
          msg('{0} is the node {1} of this cluster. Use `on: {1}` instead.', host, node.name),
        );
      }
    },
  },
  {
    code: 'external-port',
    severity: 'error',
    about: msg('Ports are between 1 and 65535.'),
    check: (context, report) => {
      for (const { id, external } of outsideOf(context)) {
        if (external.port >= 1 && external.port <= 65_535) continue;
        report(
          context.at('services', id, 'external')?.value,
          msg('{0} is not a port. Use a number from 1 to 65535.', external.port),
        );
      }
    },
  },
  {
    code: 'external-step',
    severity: 'warning',
    about: msg('The step sets up a service that runs outside of the cluster, so it runs on no node.'),
    hasFix: true,
    check: (context, report) => {
      for (const { id } of outsideOf(context)) {
        const index = stepIndex(context, id);
        if (index === undefined) continue;
        const edits = removeItem(context.reading, ['steps'], index);
        report(
          context.at('steps', index)?.value,
          msg('`{0}` runs on no node, because services.{0}.external is set. Remove the step.', id),
          fixBy(msg('Remove {0}', id), edits),
        );
      }
    },
  },
  {
    code: 'packstack-external',
    severity: 'error',
    about: msg(
      'Packstack can use a MariaDB server outside of the cluster, on its usual port. It installs RabbitMQ and memcached itself and cannot use others.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      if (!context.isPackstack) return;
      for (const { id, external } of outsideOf(context)) {
        const span = context.at('services', id, 'external')?.value;
        if (id !== 'mariadb')
          report(
            span,
            msg(
              'Packstack installs {0} itself and cannot use one at {1}. Remove `external`.',
              id,
              external.host,
            ),
          );
        else if (external.port !== 3306)
          report(span, msg('Packstack connects to MariaDB on port 3306 only, not on {0}.', external.port));
      }
    },
  },
  {
    code: 'mariadb-single',
    severity: 'information',
    about: msg(
      'Stackprep does not build Galera. When the only database server is down, so is every controller.',
    ),
    sources: ['IG'],
    check: (context, report) => {
      const { cluster, isPackstack, at } = context;
      const { mariadb } = cluster.services;
      const controllers = nodesOfRole(cluster.nodes, 'controller');
      if (isPackstack || !mariadb || mariadb.external || controllers.length < 2) return;
      const [name, ...more] = membersOf(context, 'mariadb');
      if (name === undefined || more.length > 0) return;
      report(
        (at('services', 'mariadb', 'on') ?? at('services', 'mariadb'))?.value,
        msg(
          '{0} controllers depend on the one database server on {1}. Stackprep does not build Galera: build it yourself and name it with `external`, or accept that.',
          controllers.length,
          name,
        ),
      );
    },
  },
];
