import { parseExternal } from './external.ts';
import type { Cluster } from './model.ts';
import type { On } from './on-words.ts';
import type { FileShape } from './schema.ts';

interface Placed {
  readonly on?: On | undefined;
  readonly external?: string | undefined;
}

const nowhere: readonly string[] = [];

/** Where a service runs: outside of the cluster, or on its nodes; on the controllers unless the file says otherwise. */
function placed<Settings extends Placed>({ on = 'controller', external, ...rest }: Settings, port: number) {
  const outside = external === undefined ? undefined : parseExternal(external, port);
  return outside ? { ...rest, on: nowhere, external: outside } : { ...rest, on };
}

/** The services of a file, with their defaults; ports are those of the installation guide. */
export function servicesOf(file: NonNullable<FileShape['services']>): Cluster['services'] {
  const { mariadb, chrony, rabbitmq, memcached, etcd } = file;
  const on = 'controller';
  return {
    ...(mariadb ? { mariadb: placed(mariadb, 3306) } : {}),
    ...(chrony ? { chrony: timeOf(chrony) } : {}),
    ...(rabbitmq ? { rabbitmq: { user: 'openstack', ...placed(rabbitmq, 5672) } } : {}),
    ...(memcached ? { memcached: placed(memcached, 11211) } : {}),
    ...(etcd ? { etcd: { on, ...etcd } } : {}),
  };
}

type FileChrony = NonNullable<NonNullable<FileShape['services']>['chrony']>;

/** With a time server outside of the cluster, every node uses it, and none serves others. */
function timeOf({ on = 'controller', external, servers = [], ...rest }: FileChrony) {
  return external === undefined ? { ...rest, on, servers } : { ...rest, on: 'all', servers: [external] };
}
