import { msg } from '../../base/l10n.ts';
import type { CommandSpec } from './command-spec.ts';
import { json } from './json-option.ts';

/** The commands about Packstack's answer files. */
export const packstackCommands: readonly CommandSpec[] = [
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
