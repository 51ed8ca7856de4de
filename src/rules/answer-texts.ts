import { msg } from '../base/l10n.ts';
import type { RuleText } from './rule.ts';

/** What the page of rules says of the faults of an answer file. */
export const answerTexts: readonly RuleText[] = [
  {
    code: 'answers-section',
    severity: 'error',
    about: msg('Packstack’s reader wants every answer in the section [general] and stops without it.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-malformed',
    severity: 'error',
    about: msg('Packstack’s reader stops at a line that is neither an answer nor a comment.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-continued',
    severity: 'warning',
    about: msg('Python’s reader of such files takes an indented line for the rest of the value before.'),
    sources: ['PS'],
  },
  {
    code: 'answers-key-unknown',
    severity: 'warning',
    about: msg(
      'Packstack ignores keys that it does not know and writes the file without them; its own --validate-answer-file does not work on Python 3.',
    ),
    sources: ['PS', 'EXP'],
  },
  {
    code: 'answers-key-deprecated',
    severity: 'information',
    about: msg(
      'Packstack takes the value of an old name where the new one has no answer, and says “Deprecated parameter has been used”.',
    ),
    sources: ['PS'],
  },
  {
    code: 'answers-key-contradicts',
    severity: 'error',
    about: msg('Packstack stops where two old names of one key have different values.'),
    sources: ['PS'],
  },
  {
    code: 'answers-key-duplicate',
    severity: 'error',
    about: msg('On Python 3 Packstack stops at a key that is there already; on EL7 the last one counts.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-value',
    severity: 'error',
    about: msg('Values are read literally: no quotes, no capitals, no comment after them.'),
    sources: ['PS', 'EXP'],
  },
  {
    code: 'answers-retired',
    severity: 'warning',
    about: msg(
      'The key came later or went earlier than the version that the file is for; it has no effect there.',
    ),
    sources: ['PS'],
  },
  {
    code: 'answers-release',
    severity: 'information',
    about: msg(
      'A whole file has the keys of the Packstack that wrote it; a newer one ignores those that it no longer has.',
    ),
    sources: ['PS'],
  },
  {
    code: 'answers-need',
    severity: 'warning',
    about: msg('One answer makes another one necessary.'),
    sources: ['PS'],
  },
  {
    code: 'answers-hosts',
    severity: 'error',
    about: msg('Packstack stops with “Inconsistent host format” where addresses and names are mixed.'),
    sources: ['PS'],
  },
  {
    code: 'answers-secrets',
    severity: 'information',
    about: msg('Packstack writes every password into the file; anyone who can read it controls the cloud.'),
    sources: ['PS'],
  },
];
