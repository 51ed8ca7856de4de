import { msg } from '../base/l10n.ts';
import type { RuleText } from './rule.ts';

/** The text of the rules page about problems of answer files. */
export const answerTexts: readonly RuleText[] = [
  {
    code: 'answers-section',
    severity: 'error',
    about: msg('Packstack requires every answer in the section [general], and stops without it.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-syntax',
    severity: 'error',
    about: msg('Packstack stops at a line that is neither an answer nor a comment.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-continued',
    severity: 'warning',
    about: msg('Python’s parser of such files reads an indented line as a continuation of the value above.'),
    sources: ['PS'],
  },
  {
    code: 'answers-key-unknown',
    severity: 'warning',
    about: msg(
      'Packstack ignores unknown keys and writes the file without them. --validate-answer-file does not work on Python 3.',
    ),
    sources: ['PS', 'EXP'],
  },
  {
    code: 'answers-key-deprecated',
    severity: 'information',
    about: msg(
      'Packstack uses the value of an old name if the new one has no answer, and prints “Deprecated parameter has been used”.',
    ),
    sources: ['PS'],
  },
  {
    code: 'answers-key-contradicts',
    severity: 'error',
    about: msg('Packstack stops if two old names of one key have different values.'),
    sources: ['PS'],
  },
  {
    code: 'answers-key-duplicate',
    severity: 'error',
    about: msg('On Python 3, Packstack stops at a duplicate key; on EL7 it uses the last one.'),
    sources: ['EXP'],
  },
  {
    code: 'answers-value',
    severity: 'error',
    about: msg('Values are read literally: no quotes, no upper case, no comment after them.'),
    sources: ['PS', 'EXP'],
  },
  {
    code: 'answers-retired',
    severity: 'warning',
    about: msg('This version of Packstack does not have the key, so it has no effect.'),
    sources: ['PS'],
  },
  {
    code: 'answers-release',
    severity: 'information',
    about: msg(
      'A complete file has the keys of the Packstack that wrote it. A newer Packstack ignores the keys that it no longer has.',
    ),
    sources: ['PS'],
  },
  {
    code: 'answers-requirement',
    severity: 'warning',
    about: msg('This answer requires another one.'),
    sources: ['PS'],
  },
  {
    code: 'answers-hosts',
    severity: 'error',
    about: msg('Packstack stops with “Inconsistent host format” if addresses and names are mixed.'),
    sources: ['PS'],
  },
  {
    code: 'answers-secrets',
    severity: 'information',
    about: msg('Packstack writes every password to the file. Anyone who can read it controls the cloud.'),
    sources: ['PS'],
  },
];
