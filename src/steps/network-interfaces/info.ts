import { msg } from '../../base/l10n.ts';
import { quorumServices, type StepInfo } from '../common/definition.ts';
import { wantedInterfaces } from './interfaces.ts';

export const networkInterfaces: StepInfo = {
  id: 'network-interfaces',
  title: msg('Network interfaces'),
  what: msg(
    'Assigns the node’s address to the management interface and brings up the provider interface without an address, now and at boot, with ifcfg files or NetworkManager, depending on the node.',
  ),
  why: msg(
    'Neutron adds the provider interface to its bridge, and the interface loses its address. An interface without a configuration file does not come up at boot.',
  ),
  undo: msg('Undo restores the former ifcfg files and connections and activates them.'),
  reverts: true,
  drifts: true,
  // It takes the interfaces down for a moment.
  restarts: quorumServices,
  impliedBy: () => false,
  intent: ({ cluster, node }) => ({ interfaces: wantedInterfaces(cluster, node) }),
};
