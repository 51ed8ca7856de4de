import { msg } from '../base/l10n.ts';
import {
  integer,
  list,
  matching,
  named,
  object,
  optional,
  required,
  text,
  textOr,
  usually,
} from '../schema/schema.ts';
import { externalForm } from './external.ts';
import { secret } from './system-schema.ts';

/** The nodes of a service or of a custom step. */
export const on = optional(
  textOr(list(named('role-or-node')), named('role-or-node')),
  msg('The nodes: a role, a node, a range such as compute[01:12], a list of these, or all.'),
);

const external = optional(
  matching(externalForm, msg('a host or an address, or either with a port, such as db.example.com:3306')),
  msg('Where the service runs outside of the cluster, such as db.example.com:3306. No step sets it up.'),
  'endpoint',
  'remote',
);

/** The virtual address of the controllers: alone, or with a name. */
export const vip = textOr(
  object({
    address: required(named('address'), msg('The address.'), 'ip'),
    name: optional(text, msg('Its host name, which step hosts-file writes to /etc/hosts.'), 'hostname'),
  }),
  named('address'),
);

/** Services that OpenStack needs. */
export const services = object({
  mariadb: optional(
    object({
      on,
      external,
      'bind-address': optional(named('network-or-address'), msg('A network of this file, or an IP address.')),
      'max-connections': optional(
        usually(integer(1, 100_000), '4096'),
        msg('max_connections of the server.'),
      ),
      collation: optional(
        usually(text, 'utf8_general_ci'),
        msg('collation-server; the character set follows from it.'),
      ),
    }),
    msg('SQL database.'),
    'mysql',
    'database',
  ),
  chrony: optional(
    object({
      on,
      external: optional(
        matching('^[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}$', msg('a host name or an address')),
        msg('The one time server of all nodes, outside of the cluster. No node serves the others.'),
      ),
      servers: optional(
        list(usually(text, '0.pool.ntp.org', '1.pool.ntp.org', '2.pool.ntp.org')),
        msg('NTP servers.'),
      ),
      allow: optional(
        named('network-range'),
        msg('Address range of the clients that may use this time server.'),
      ),
    }),
    msg('Time synchronization (chrony).'),
    'ntp',
    'chronyd',
  ),
  rabbitmq: optional(
    object({
      on,
      external,
      user: optional(usually(text, 'openstack'), msg('User of the OpenStack services.')),
      password: optional(secret, msg('Reference to the password.')),
      cookie: optional(
        secret,
        msg('Reference to the Erlang cookie that the nodes share: letters and digits.'),
      ),
    }),
    msg('Message queue.'),
    'mq',
    'amqp',
  ),
  memcached: optional(object({ on, external }), msg('Cache for tokens.')),
  etcd: optional(object({ on }), msg('Key-value store.')),
});
