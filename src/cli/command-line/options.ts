import { msg } from '../../base/l10n.ts';
import type { CommandSpec } from './command-spec.ts';
import { simulation } from './demo-options.ts';
import { exportCommand } from './export-command.ts';
import { json } from './json-option.ts';
import { occupied } from './occupied-options.ts';
import type { OptionSpec } from './option-spec.ts';
import { packstackCommands } from './packstack-commands.ts';
import { rollout } from './rollout-options.ts';
import { shells } from './shells.ts';

const node: OptionSpec = {
  name: 'node',
  value: 'NAME',
  completes: 'node',
  what: msg('Only this node, or a range such as compute[1:3]. Repeatable.'),
};
const step: OptionSpec = {
  name: 'step',
  value: 'ID',
  completes: 'step',
  what: msg('Only this step. Repeatable.'),
};
const stateDir: OptionSpec = {
  name: 'state-dir',
  value: 'DIR',
  completes: 'folder',
  what: msg('Folder for logs and trusted host keys (default: {0}).', '~/.local/state/stackprep'),
};
const verbose: OptionSpec = {
  name: 'verbose',
  short: 'v',
  what: msg(
    'Show every log line on a terminal, and the logins as --trace does. When the output is not a terminal, log lines are always shown.',
  ),
};
const trace: OptionSpec = {
  name: 'trace',
  what: msg('Show the logins as ssh -v does: methods, keys and algorithms, without secrets.'),
};
const knownHosts: OptionSpec = {
  name: 'known-hosts',
  value: 'FILE',
  completes: 'file',
  what: msg('Also trust the host keys in this file. Repeatable.'),
};
const yes: OptionSpec = { name: 'yes', short: 'y', what: msg('Skip the confirmation.') };
const stepTimeout: OptionSpec = {
  name: 'step-timeout',
  value: 'MIN',
  range: [1, 9999],
  what: msg('Stop a step after MIN minutes. A package transaction is never interrupted.'),
};
const connecting: readonly OptionSpec[] = [
  node,
  step,
  json,
  { name: 'limit', value: 'N', range: [1, 9999], what: msg('Work on at most N nodes at the same time.') },
  trace,
  knownHosts,
  stateDir,
];

/** All commands in the order of the help. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'validate',
    files: 'many',
    operands: ['cluster-file'],
    examples: ['validate lab.cluster.yaml', 'validate --format sarif *.cluster.yaml'],
    what: msg('Check cluster files and Packstack answer files for problems, without connecting to any node.'),
    options: [
      json,
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['text', 'json', 'sarif'],
        what: msg('text (default), json, or sarif for code scanning.'),
      },
    ],
  },
  {
    name: 'plan',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['plan lab.cluster.yaml', 'plan lab.cluster.yaml --node compute1 --diff'],
    what: msg('Show what would change on each node and why, without changing anything.'),
    options: [
      ...connecting,
      {
        name: 'diff',
        what: msg(
          'Also show the changes: files line by line, packages with versions, commands; nodes with equal changes once.',
        ),
      },
    ],
  },
  {
    name: 'check',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['check lab.cluster.yaml', "check lab.cluster.yaml --node 'compute[1:3]' --json"],
    what: msg('Connect to the nodes and check which steps are done, without changing anything.'),
    options: [...connecting, verbose],
  },
  {
    name: 'run',
    files: 'one',
    operands: ['cluster-file'],
    examples: [
      'run lab.cluster.yaml',
      'run lab.cluster.yaml --step repositories --step upgrade --batch 1,50% --max-failed 20%',
      'run lab.cluster.yaml --resume',
    ],
    what: msg('Apply every step that is not yet done, on all nodes in parallel.'),
    options: [
      ...connecting,
      verbose,
      yes,
      {
        name: 'resume',
        what: msg('Resume the unfinished run of this file: follow its jobs, then run the remaining steps.'),
      },
      {
        name: 'retry-failed',
        what: msg('Only what failed or did not run in the last run of this file, in the same batches.'),
      },
      {
        name: 'fail-fast',
        what: msg('When a node fails, start no further step on any node.'),
      },
      {
        name: 'reboot',
        what: msg('Reboot a node when an upgrade requires it, and wait until it is back.'),
      },
      ...rollout,
      ...occupied,
      stepTimeout,
    ],
  },
  {
    name: 'undo',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['undo lab.cluster.yaml --step sshd --node compute1'],
    what: msg('Undo the steps given with --step, where possible.'),
    options: [
      ...connecting,
      verbose,
      yes,
      {
        name: 'resume',
        what: msg('Resume the unfinished undo of this file: follow its jobs, then undo the remaining steps.'),
      },
      {
        name: 'retry-failed',
        what: msg('Retry the last undo of this file on the nodes where it failed.'),
      },
      ...rollout,
      ...occupied,
      stepTimeout,
    ],
  },
  {
    name: 'script',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['script lab.cluster.yaml --node controller --step chrony'],
    what: msg('Print exactly what would run on a node.'),
    options: [node, step],
  },
  exportCommand,
  ...packstackCommands,
  {
    name: 'trust',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['trust lab.cluster.yaml --node compute2'],
    what: msg('Check the host keys of the nodes; replace changed keys after confirmation.'),
    options: [
      node,
      {
        name: 'fingerprint',
        value: 'SHA256:…',
        what: msg('Replace a changed key without a confirmation if it has this fingerprint.'),
      },
      knownHosts,
      stateDir,
    ],
  },
  {
    name: 'forget',
    files: 'one',
    operands: ['cluster-file'],
    examples: ['forget lab.cluster.yaml --node compute2'],
    forms: ['FILE --node NAME'],
    what: msg(
      'Remove what Stackprep keeps on a node (jobs, backups, records) and on this computer (saved host key, logs). Steps that it has applied stay in effect, but can no longer be undone.',
    ),
    options: [node, yes, json, knownHosts, stateDir],
  },
  {
    name: 'logs',
    files: 'any',
    operands: [['latest', 'explain', 'compare', 'export'], 'file'],
    examples: [
      'logs latest --node compute1 --follow',
      'logs explain /var/log/dnf.log',
      'logs export latest --output report.tar.gz',
    ],
    forms: ['[RUN]', 'explain FILE…|-', 'compare RUN|FILE FILE', 'export RUN'],
    what: msg(
      'List runs, or show the logs of one (RUN is latest or part of its name). explain summarizes a log of yum or dnf and explains why it failed. compare shows the packages that differ between two nodes or two logs. export writes a run, or only its nodes given with --node, to an archive for a bug report.',
    ),
    options: [
      node,
      step,
      {
        name: 'follow',
        short: 'f',
        what: msg('Show new log lines until the run ends or you press Ctrl-C.'),
      },
      json,
      {
        name: 'exit-code',
        value: 'N',
        range: [0, 255],
        what: msg('With explain: the exit code of yum or dnf, if known.'),
      },
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        completes: 'file',
        what: msg('With export: path of the archive (default: {0}).', 'stackprep-RUN.tar.gz'),
      },
      stateDir,
    ],
  },
  {
    name: 'secret',
    files: 'any',
    forms: ['generate FILE'],
    operands: [['generate'], 'cluster-file'],
    examples: ['secret generate lab.cluster.yaml'],
    what: msg(
      'Generate random values for the secrets of a cluster file that may be random, and add them to the file with secrets ({0}). Values that exist are never changed.',
      '~/.config/stackprep/secrets.json',
    ),
    options: [],
  },
  {
    name: 'completion',
    files: 'any',
    forms: [shells.join('|')],
    operands: [shells],
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/stackprep',
      'completion zsh > ~/.zfunc/_stackprep',
      'completion fish > ~/.config/fish/completions/stackprep.fish',
      'completion powershell >> $PROFILE',
    ],
    what: msg('Print a script for a shell that completes commands, options, files, nodes and steps.'),
    options: [],
  },
  {
    name: 'lsp',
    files: 'none',
    operands: [],
    examples: ['lsp --stdio'],
    what: msg(
      'Start the language server for cluster files on standard input and output, for editors such as Neovim or Helix.',
    ),
    options: [{ name: 'stdio', what: msg('Use standard input and output. This is the only transport.') }],
  },
  {
    name: 'demo',
    files: 'none',
    operands: [],
    examples: ['demo', 'demo --pace fast --scenario yum-lock'],
    what: msg('Demonstrate Stackprep on four simulated nodes. No real node is touched.'),
    options: [...simulation, stateDir],
  },
];

/** Options common to all commands. */
export const everywhere: readonly OptionSpec[] = [
  {
    name: 'lang',
    value: 'LANG',
    choices: ['en', 'ko'],
    what: msg('en or ko (default: the language of the environment).'),
  },
  { name: 'help', short: 'h', what: msg('Show this help.') },
  { name: 'version', what: msg('Show the version.') },
];
