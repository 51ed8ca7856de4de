import { msg } from '../base/l10n.ts';
import type { Rule, RuleText } from './rule.ts';

/** Problems reported by the decoder. */
export const formTexts: readonly RuleText[] = [
  {
    code: 'yaml-syntax',
    severity: 'error',
    about: msg('The file is not valid YAML. Only syntax errors are shown until it is.'),
    hasFix: true,
  },
  {
    code: 'yaml-tag',
    severity: 'error',
    about: msg(
      'A word that begins with "!" is a YAML tag. YAML drops an unknown tag without a warning, as in "check: ! rpm -q foo".',
    ),
    hasFix: true,
  },
  {
    code: 'alias-unknown',
    severity: 'error',
    about: msg('An alias repeats the value of an anchor above it. Without an anchor, it has no value.'),
    hasFix: true,
  },
  {
    code: 'merge-value',
    severity: 'error',
    about: msg('A merge adds the keys of another map. YAML drops any other value without a warning.'),
    hasFix: true,
  },
  {
    code: 'suppression-unused',
    severity: 'warning',
    about: msg(
      'A comment “stackprep-ignore” names a problem that is not there, or an error, which cannot be ignored.',
    ),
    hasFix: true,
  },
  {
    code: 'suppression-reason',
    severity: 'warning',
    about: msg(
      'A comment “stackprep-ignore” has a reason after the colon, so that others can judge it later.',
    ),
  },
  {
    code: 'file-empty',
    severity: 'error',
    about: msg('An empty file describes no cluster.'),
  },
  {
    code: 'file-too-large',
    severity: 'error',
    about: msg('A file of this size is not a cluster file. It is not read.'),
  },
  {
    code: 'key-unknown',
    severity: 'error',
    about: msg('Unknown keys are ignored without a warning, so the setting would have no effect.'),
    hasFix: true,
  },
  {
    code: 'key-missing',
    severity: 'error',
    about: msg('Stackprep cannot use this part of the file without the key.'),
  },
  {
    code: 'key-duplicate',
    severity: 'error',
    about: msg('Of two equal keys, only the first is used. The other one would be lost without a warning.'),
  },
  {
    code: 'value-type',
    severity: 'error',
    about: msg('The value has the wrong type or form.'),
    hasFix: true,
  },
  {
    code: 'value-unknown',
    severity: 'error',
    about: msg('The key does not accept this value.'),
    hasFix: true,
  },
  {
    code: 'text-line-break',
    severity: 'error',
    about: msg(
      'Text of the file becomes lines of files on the nodes. A line break in it adds an unintended line, such as "allow all" in chrony.conf.',
    ),
    hasFix: true,
  },
  {
    code: 'node-range',
    severity: 'error',
    about: msg('An invalid range would leave out its nodes.'),
  },
  {
    code: 'node-name',
    severity: 'error',
    about: msg('The name is not a valid host name, so it cannot be resolved.'),
  },
  {
    code: 'node-name-duplicate',
    severity: 'error',
    about: msg('Two nodes with the same name cannot be distinguished.'),
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
    about: msg('Two nodes with the same address are one machine, or one of them is unreachable.'),
  },
  {
    code: 'release-unknown',
    severity: 'error',
    about: msg('Repositories and packages depend on the release, so it must be a known one.'),
    sources: ['REL'],
    hasFix: true,
  },
  {
    code: 'step-unknown',
    severity: 'error',
    about: msg('A step that does not exist cannot run.'),
    hasFix: true,
  },
  {
    code: 'step-duplicate',
    severity: 'error',
    about: msg('Each step appears once in the order of steps, and its name has one meaning.'),
    hasFix: true,
  },
  {
    code: 'step-unavailable',
    severity: 'warning',
    about: msg(
      'The component has no packages in the repository of the release, so the step has nothing to install.',
    ),
    hasFix: true,
  },
  {
    code: 'role-without-nodes',
    severity: 'error',
    about: msg('Without a node that has the role, this runs nowhere.'),
    hasFix: true,
  },
];

/** Rules about the file as a whole. */
export const formRules: readonly Rule[] = [
  {
    code: 'nodes-empty',
    severity: 'warning',
    about: msg('A cluster without nodes is valid, but there is nothing to run on.'),
    check: ({ file, cluster, at, isWhole }, report) => {
      if (cluster.nodes.length > 0 || Object.keys(file.nodes).length > 0 || !at('nodes') || !isWhole('nodes'))
        return;
      report(
        at('nodes')?.key,
        msg('There are no nodes. Add one, such as node1: {0}.', '{ address: 10.0.0.11 }'),
      );
    },
  },
  {
    code: 'steps-empty',
    severity: 'information',
    about: msg('An empty list of steps is valid, but runs nothing.'),
    check: ({ file, at, isWhole }, report) => {
      if (file.steps?.length !== 0 || !isWhole('steps')) return;
      report(
        at('steps')?.key,
        msg('This list runs nothing. Add steps, or remove the key to derive them from the settings.'),
      );
    },
  },
  {
    code: 'cluster-name',
    severity: 'error',
    about: msg(
      'The name of the cluster appears in a comment in every hosts file and in the titles of its runs.',
    ),
    check: ({ file, at }, report) => {
      if (file.cluster.trim() === '') report(at('cluster')?.value, msg('Enter a name for the cluster.'));
    },
  },
];
