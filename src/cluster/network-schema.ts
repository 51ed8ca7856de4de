import { msg } from '../base/l10n.ts';
import { named, object, optional, withLone } from '../schema/schema.ts';

/** A network of the cluster. */
export const network = withLone(
  object({
    cidr: optional(
      named('network-range'),
      msg('Address range of the network.'),
      'subnet',
      'range',
      'network',
    ),
    interface: optional(named('interface'), msg('Network interface on the nodes.'), 'nic', 'device', 'dev'),
  }),
  'cidr',
);
