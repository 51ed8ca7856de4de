import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const networkInterfaces: StepInfo = {
  id: 'network-interfaces',
  isAvailable: true,
  title: msg('Network interfaces'),
  what: msg(
    'Gives the management interface the node’s address, also at boot, and brings the provider interface up without an address; by ifcfg file or NetworkManager, whichever the node uses.',
  ),
  why: msg(
    'Neutron takes the provider interface for its bridge, and an address on it is lost then; an interface without a file of its own is gone after the next start.',
  ),
  undo: msg('Revert puts the former ifcfg files and connections back and brings them up.'),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({}),
};
