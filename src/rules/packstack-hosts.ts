import { type Message, msg } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { distinctRoles } from '../cluster/node-groups.ts';
import { ownAnswers, packstackNode } from '../packstack/answers.ts';
import { partsOfNodes } from '../packstack/placement.ts';
import { perContext, type RuleContext } from './context.ts';
import { roleMeant } from './role-words.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

/** The services that Packstack can place on a separate host, with their answers. */
const serviceKeys = [
  ['mariadb', 'CONFIG_MARIADB_HOST'],
  ['rabbitmq', 'CONFIG_AMQP_HOST'],
] as const;

/** Nodes on which Packstack installs nothing. */
function idleNodes({ cluster }: RuleContext): readonly ClusterNode[] {
  return partsOfNodes(cluster).flatMap(({ node, parts }) => (parts.length === 0 ? [node] : []));
}

/** The names of nodes; only the first ones if there are many. */
function named(nodes: readonly ClusterNode[]): string | Message {
  const names = nodes.slice(0, 3).map(({ name }) => name);
  const more = nodes.length - names.length;
  return more === 0 ? names.join(', ') : msg('{0} and {1} more', names.join(', '), more);
}

/** What Packstack does if no role and no answer selects a controller; undefined for a single node, which gets everything. */
export const missingController = perContext(
  (context): { readonly node: ClusterNode; readonly message: Message } | undefined => {
    const { cluster } = context;
    const node = context.isPackstack ? packstackNode(cluster) : undefined;
    if (!node || cluster.nodes.length < 2 || !context.isWhole('nodes')) return undefined;
    if (ownAnswers(cluster).has('CONFIG_CONTROLLER_HOST')) return undefined;
    if (distinctRoles(cluster.nodes).has('controller')) return undefined;
    const idle = idleNodes(context);
    const { name } = node;
    if (idle.length === 0) {
      const message = msg(
        'No node has the role `controller`. Packstack would make the first node, {0}, the controller.',
        name,
      );
      return { node, message };
    }
    const message =
      idle.length === cluster.nodes.length - 1
        ? msg(
            'No node has the role `controller`. Packstack would install everything on the first node, {0}, and nothing on {1}.',
            name,
            named(idle),
          )
        : msg(
            'No node has the role `controller`. Packstack would make the first node, {0}, the controller, and install nothing on {1}.',
            name,
            named(idle),
          );
    return { node, message };
  },
);

export const packstackHostRules: readonly Rule[] = [
  {
    code: 'packstack-controller-missing',
    severity: 'warning',
    about: msg(
      'If no node has the role controller, Packstack uses the first node of the file as its controller, and installs nothing on nodes without a role.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      const missing = missingController(context);
      if (!missing) return;
      const roles = distinctRoles(context.cluster.nodes);
      // A misspelled controller role is the cause and has its own problem.
      const isSlip = [...roles].some((role) => roleMeant(context, role) === 'controller');
      if (!isSlip) report(missing.node.span, missing.message);
    },
  },
  {
    code: 'packstack-several-controllers',
    severity: 'information',
    about: msg(
      'Packstack installs a single controller. Further nodes with the role controller do not share its work.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      const { cluster, isPackstack } = context;
      const main = isPackstack ? packstackNode(cluster) : undefined;
      if (!main) return;
      const others = cluster.nodes.filter((node) => node !== main && node.roles.includes('controller'));
      if (others.length === 0) return;
      const idle = idleNodes(context).filter((node) => others.includes(node));
      const message =
        idle.length === 0
          ? msg('Packstack has one controller, {0}; {1} would not be one.', main.name, named(others))
          : msg(
              'Packstack has one controller, {0}, and would install nothing on {1}.',
              main.name,
              named(idle),
            );
      report(others[0]?.span, message);
    },
  },
  {
    code: 'packstack-service-hosts',
    severity: 'information',
    about: msg(
      'Packstack installs MariaDB and RabbitMQ on one host each. Further nodes of the service in the cluster file do not get it.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      const { cluster, isPackstack, at } = context;
      if (!isPackstack) return;
      const own = ownAnswers(cluster);
      for (const [service, key] of serviceKeys) {
        const [first, ...others] = membersOf(context, service);
        const rest = cluster.nodes.filter(({ name }) => others.includes(name));
        // Several controllers have their own problem.
        if (first === undefined || own.has(key) || rest.every(({ roles }) => roles.includes('controller')))
          continue;
        report(
          (at('services', service, 'on') ?? at('services', service))?.value,
          msg('Packstack installs {0} on one host, {1}, and not on {2}.', service, first, named(rest)),
        );
      }
    },
  },
];
