import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const hostname: StepInfo = {
  id: 'hostname',
  isAvailable: true,
  title: msg('Host name'),
  what: msg(
    'Gives the node the name that the cluster file has for it, now and at boot; a node that calls itself by the full form of a short name keeps that.',
  ),
  why: msg('RabbitMQ, etcd, nova and Packstack register a node under its own name and look for it there.'),
  undo: msg('Revert gives the former name back; by hand it is hostnamectl set-hostname.'),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({ files: ['/etc/hostname'] }),
};
