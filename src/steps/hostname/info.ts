import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const hostname: StepInfo = {
  id: 'hostname',
  title: msg('Host name'),
  what: msg(
    'Sets the host name to the node’s name in the cluster file, now and at boot. A fully qualified host name whose short form matches is kept.',
  ),
  why: msg(
    'RabbitMQ, etcd, nova and Packstack register a node under its host name and look it up by that name.',
  ),
  undo: msg('Undo restores the former host name. Manually: hostnamectl set-hostname.'),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({ files: ['/etc/hostname'] }),
};
