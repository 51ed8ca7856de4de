import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf, runsInside, serviceNodes } from '../common/services.ts';

export const rabbitmqPackages = packagesOf('RabbitMQ');
export const rabbitmqNodes = serviceNodes('rabbitmq');

export const rabbitmq: StepInfo = {
  id: 'rabbitmq',
  title: msg('RabbitMQ message queue'),
  what: msg(
    'Installs RabbitMQ, enables and starts it, and gives its user the password from the secret and all permissions. Several nodes share one Erlang cookie, and each joins the first.',
  ),
  why: msg(
    'The components communicate through RabbitMQ; its default user `guest` may log in from the node itself only.',
  ),
  undo: msg(
    'Undo restores the state of the service; packages, users, permissions, the cookie and a long node name stay. Manually: rabbitmqctl delete_user, and rabbitmqctl reset on a node to remove it from the cluster.',
  ),
  reverts: true,
  drifts: true,
  restarts: ['rabbitmq'],
  // The first must be up before the second can join it.
  serial: true,
  nodes: rabbitmqNodes,
  impliedBy: runsInside('rabbitmq'),
  intent: () => ({ packages: rabbitmqPackages, services: { 'rabbitmq-server': 'enabled' } }),
  secrets: ({ cluster }) => {
    const { password, cookie } = cluster.services.rabbitmq ?? {};
    const isCluster = rabbitmqNodes(cluster).length > 1;
    return [password?.secret, isCluster ? cookie?.secret : undefined].filter((name) => name !== undefined);
  },
};
