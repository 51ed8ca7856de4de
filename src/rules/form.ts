import { msg } from '../base/l10n.ts';
import type { Rule, RuleText } from './rule.ts';

/** What decoding itself finds. */
export const formTexts: readonly RuleText[] = [
  {
    code: 'yaml-syntax',
    severity: 'error',
    about: msg(
      'The file is not valid YAML; nothing after the error can be trusted, so only such errors are shown.',
    ),
    hasFix: true,
  },
  {
    code: 'yaml-tag',
    severity: 'error',
    about: msg(
      'A word that begins with "!" is a YAML tag. YAML drops a tag that it does not know without a warning, as in "check: ! rpm -q foo".',
    ),
    hasFix: true,
  },
  {
    code: 'file-empty',
    severity: 'error',
    about: msg('An empty file says nothing about a cluster.'),
  },
  {
    code: 'file-too-large',
    severity: 'error',
    about: msg('A file of this size is not a cluster file; it is not read.'),
  },
  {
    code: 'key-unknown',
    severity: 'error',
    about: msg('A key that means nothing would be passed over in silence, and with it what you wanted.'),
    hasFix: true,
  },
  {
    code: 'key-missing',
    severity: 'error',
    about: msg('Without this key the part of the file cannot be worked on.'),
  },
  {
    code: 'key-duplicate',
    severity: 'error',
    about: msg('Of two equal keys only the first counts; the other one would be lost in silence.'),
  },
  {
    code: 'type-wrong',
    severity: 'error',
    about: msg('The value has a form that cannot be used here.'),
    hasFix: true,
  },
  {
    code: 'value-unknown',
    severity: 'error',
    about: msg('The value is none of those that the key can have.'),
    hasFix: true,
  },
  {
    code: 'text-lines',
    severity: 'error',
    about: msg(
      'Text of the file becomes lines of files on the nodes. A line break in it makes a line that nobody wrote, such as "allow all" in chrony.conf.',
    ),
    hasFix: true,
  },
  {
    code: 'node-range',
    severity: 'error',
    about: msg('A range that cannot be expanded leaves its nodes out.'),
  },
  {
    code: 'node-name',
    severity: 'error',
    about: msg('A name that no host can have resolves nowhere.'),
  },
  {
    code: 'node-name-duplicate',
    severity: 'error',
    about: msg('Two nodes with one name cannot be distinguished.'),
  },
  {
    code: 'node-address',
    severity: 'error',
    about: msg('The address goes into the hosts file of every node and must be an IP address.'),
    hasFix: true,
  },
  {
    code: 'node-address-duplicate',
    severity: 'error',
    about: msg('Two nodes with one address are one machine, or one of them is unreachable.'),
  },
  {
    code: 'release-unknown',
    severity: 'error',
    about: msg('Without a known release no repository and no package can be named.'),
    sources: ['REL'],
    hasFix: true,
  },
  {
    code: 'step-unknown',
    severity: 'error',
    about: msg('A step that does not exist cannot be run.'),
    hasFix: true,
  },
  {
    code: 'step-duplicate',
    severity: 'error',
    about: msg('A step has one place in the order of work, and its name one meaning.'),
    hasFix: true,
  },
  {
    code: 'step-unavailable',
    severity: 'information',
    about: msg('The language knows the step, but this version has no script for it; runs leave it out.'),
  },
  {
    code: 'role-without-nodes',
    severity: 'error',
    about: msg('What is meant for a role that no node has would run nowhere.'),
    hasFix: true,
  },
];

/** What a file says as a whole. */
export const formRules: readonly Rule[] = [
  {
    code: 'nodes-empty',
    severity: 'warning',
    about: msg('A cluster without nodes can be read, but there is nothing to work on.'),
    check: ({ file, at, isWhole }, report) => {
      if (Object.keys(file.nodes).length > 0 || !at('nodes') || !isWhole('nodes')) return;
      report(
        at('nodes')?.key,
        msg('There is no node; add one such as node1: {0}.', '{ address: 10.0.0.11 }'),
      );
    },
  },
  {
    code: 'steps-empty',
    severity: 'information',
    about: msg('An empty list of steps is a valid order of work with no work in it.'),
    check: ({ file, at, isWhole }, report) => {
      if (file.steps?.length !== 0 || !isWhole('steps')) return;
      report(
        at('steps')?.key,
        msg('This list runs nothing; name steps, or remove the key to let them follow from the settings.'),
      );
    },
  },
  {
    code: 'cluster-name',
    severity: 'error',
    about: msg(
      'The name of the cluster is in a comment line of every hosts file and in the titles of its runs.',
    ),
    check: ({ file, at }, report) => {
      if (file.cluster.trim() === '') report(at('cluster')?.value, msg('Give the cluster a name.'));
    },
  },
];
