import type { ProblemCode } from '../base/problem.ts';
import { isReversed } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import { componentParts } from '../data/component-parts.ts';

/** Steps that install a component. */
export const componentIds = Object.keys(componentParts);
/** Steps that install packages available only in RDO. */
export const needsRdo: readonly string[] = [
  'openstack-client',
  'openstack-selinux',
  'packstack',
  ...componentIds,
];

/** Which steps must come before which others, by the code of the rule; without the rules, for the engine. */
export const stepOrders = {
  'order-upgrade': { first: ['repositories'], later: ['upgrade'] },
  'order-proxy': { first: ['proxy'], later: ['repositories', 'upgrade'] },
  'order-client': { first: ['repositories'], later: ['openstack-client'] },
  'order-components': { first: ['repositories'], later: componentIds },
  'order-selinux': { first: ['repositories'], later: ['openstack-selinux'] },
  'order-services': { first: ['repositories'], later: ['mariadb', 'rabbitmq', 'memcached', 'etcd'] },
  'order-packstack': {
    first: ['repositories', 'upgrade', 'selinux', 'firewalld', 'network-manager'],
    later: ['packstack'],
  },
  'order-disks': { first: ['disks'], later: ['packstack'] },
  'order-swift': { first: ['swift'], later: ['disks'] },
  'order-names': { first: ['hostname', 'hosts-file'], later: ['rabbitmq', 'etcd', 'packstack'] },
  'order-kernel': { first: ['kernel'], later: ['neutron', 'packstack'] },
  'order-sshd': { first: ['ssh-keys'], later: ['sshd'] },
  'order-users': { first: ['users'], later: ['sshd'] },
  'order-network-manager': { first: ['network-interfaces'], later: ['network-manager', 'network-service'] },
} satisfies Partial<Record<ProblemCode, { first: readonly string[]; later: readonly string[] }>>;

const orders: readonly { readonly first: readonly string[]; readonly later: readonly string[] }[] =
  Object.values(stepOrders);

/** Whether a step depends on another, so that it must not run if the other is missing. */
function buildsOn(id: string, other: string): boolean {
  return orders.some(({ first, later }) => first.includes(other) && later.includes(id));
}

/** Whether, in a run of that kind, a step must not start before the other has finished. */
export function needsFirst(kind: RunKind, id: string, other: string): boolean {
  return isReversed(kind) ? buildsOn(other, id) : buildsOn(id, other);
}
