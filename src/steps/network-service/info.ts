import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const networkService: StepInfo = {
  id: 'network-service',
  isAvailable: true,
  title: msg('Network service (initscripts)'),
  what: msg(
    'Enables and starts the network service that reads ifcfg files: part of EL7, the package network-scripts on EL8, none on EL9, where it is refused.',
  ),
  why: msg(
    'Older guides and puppet modules describe interfaces by ifcfg files, which only this service reads.',
  ),
  undo: msg(
    'Revert disables it at the next start if it was not enabled before; it is not stopped, for that takes the interfaces down.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({
    packages: [{ 7: 'initscripts', 8: 'network-scripts' }],
    services: { network: 'enabled' },
  }),
};
