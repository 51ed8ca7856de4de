import { msg } from '../base/l10n.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

export const hostname: StepDefinition = {
  id: 'hostname',
  title: msg('Host name'),
  what: msg('Gives the node the name that the cluster file has for it, now and at every start.'),
  why: msg('RabbitMQ, etcd, nova and Packstack register a node under its own name and look for it there.'),
  undo: msg('Revert gives the former name back; by hand it is hostnamectl set-hostname.'),
  drifts: true,
  impliedBy: () => false,
  script: ({ node }) => ({
    check: sh`sp_missing=0
[ "$(uname -n)" = ${node.name} ] || { sp_because hostname-differs "$(uname -n)" ${node.name}; sp_missing=1; }
sp_need_file /etc/hostname ${`${node.name}\n`} || sp_missing=1
return $sp_missing`,
    apply: sh`sp_keep_anew hostname
sp_keep hostname /etc/hostname
hostnamectl set-hostname ${node.name}`,
    revert: sh`sp_put_back first hostname
if [ -s /etc/hostname ]; then hostnamectl set-hostname "$(cat /etc/hostname)"; fi`,
    intent: { files: ['/etc/hostname'] },
  }),
};
