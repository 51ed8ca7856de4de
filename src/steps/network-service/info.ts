import { msg } from '../../base/l10n.ts';
import { quorumServices, type StepInfo } from '../common/definition.ts';

export const networkService: StepInfo = {
  id: 'network-service',
  title: msg('Network service (initscripts)'),
  what: msg(
    'Enables and starts the network service, which reads ifcfg files. It is part of EL7 and in the package network-scripts on EL8; EL9 has none.',
  ),
  why: msg(
    'Older guides and Puppet modules configure interfaces with ifcfg files, which only this service reads.',
  ),
  undo: msg(
    'Undo disables the service if it was not enabled before. It keeps running until the next boot, since stopping it takes the interfaces down.',
  ),
  reverts: true,
  drifts: true,
  // It takes the interfaces down for a moment.
  restarts: quorumServices,
  impliedBy: () => false,
  intent: () => ({
    packages: [{ 7: 'initscripts', 8: 'network-scripts' }],
    services: { network: 'enabled' },
  }),
};
