import { msg } from '../../base/l10n.ts';
import type { CommandSpec } from './command-spec.ts';
import { json } from './json-option.ts';

/** The commands about Packstack's answer files. */
export const packstackCommands: readonly CommandSpec[] = [
  {
    name: 'export',
    files: 'any',
    operands: [['packstack'], 'cluster-file'],
    examples: ['export packstack lab.cluster.yaml > answers.txt'],
    forms: ['packstack FILE'],
    what: msg(
      'Print the input of another tool. For packstack: the answer file of the cluster, with a comment for every answer; secrets appear by name only.',
    ),
    options: [
      {
        name: 'explain',
        what: msg('Print in sentences what Packstack would do with the answers, instead of the answer file.'),
      },
    ],
  },
  {
    name: 'packstack',
    files: 'any',
    operands: [['diff'], 'file', 'file'],
    examples: ['packstack diff answers-old.txt answers.txt'],
    forms: ['diff OLD NEW'],
    what: msg(
      'Show what changes between two answer files of Packstack, whoever wrote them, and what each change does. Secrets are never printed.',
    ),
    options: [json],
  },
];
