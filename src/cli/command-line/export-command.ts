import { msg } from '../../base/l10n.ts';
import { installerNames } from '../../export/inventory.ts';
import type { CommandSpec } from './command-spec.ts';

/** What `export` writes. */
export const exportFormats = ['packstack', 'ansible', 'inventory', 'ssh-config', 'hosts'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The command that writes the input of other tools. */
export const exportCommand: CommandSpec = {
  name: 'export',
  files: 'any',
  operands: [exportFormats, 'cluster-file'],
  examples: [
    'export ansible lab.cluster.yaml --out playbook',
    'export inventory lab.cluster.yaml --for kolla > nodes.yml',
    'export ssh-config lab.cluster.yaml > ~/.ssh/config.d/lab',
    'export packstack lab.cluster.yaml > answers.txt',
  ],
  forms: ['ansible FILE --out DIR', 'inventory FILE [--for INSTALLER]', 'ssh-config|hosts|packstack FILE'],
  what: msg(
    'Write the input of another tool. ansible: a folder with an inventory and a playbook that runs the same scripts. inventory: the inventory alone. ssh-config: a Host for every node. hosts: lines for a hosts file. packstack: the answer file of the cluster, with a comment for every answer. Secrets appear by name only.',
  ),
  options: [
    {
      name: 'out',
      value: 'DIR',
      completes: 'folder',
      what: msg(
        'With ansible: the folder to write. Files that Stackprep did not write, or that were changed since, are never overwritten.',
      ),
    },
    {
      name: 'for',
      value: 'INSTALLER',
      choices: installerNames,
      what: msg('With inventory: use the group names of this installer.'),
    },
    {
      name: 'explain',
      what: msg(
        'With packstack: print in sentences what Packstack would do with the answers, instead of the answer file.',
      ),
    },
  ],
};
