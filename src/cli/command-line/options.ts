import { type Message, msg } from '../../base/l10n.ts';
import type { Share } from '../../cluster/rollout.ts';
import { simulation } from './demo-options.ts';
import { occupied } from './occupied-options.ts';
import type { OptionSpec } from './option-spec.ts';
import { rollout } from './rollout-options.ts';

/** A command. */
export interface CommandSpec {
  readonly name: CommandName;
  /** The kind of operands; `any` is checked by the command itself. */
  readonly files: 'none' | 'one' | 'many' | 'any';
  /** Usage after the name, unless `files` defines it: the most common form first. */
  readonly forms?: readonly string[];
  readonly what: Message;
  /** A command line that shows its use, after the name of the program. */
  readonly example?: string;
  readonly options: readonly OptionSpec[];
}

export type CommandName =
  | 'validate'
  | 'plan'
  | 'check'
  | 'run'
  | 'undo'
  | 'script'
  | 'trust'
  | 'forget'
  | 'export'
  | 'logs'
  | 'lsp'
  | 'demo';

/** The values of all options; those that were not given are undefined, empty or false. */
export interface Options {
  readonly files: readonly string[];
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
  readonly knownHosts: readonly string[];
  readonly scenarios: readonly string[];
  readonly json: boolean;
  readonly yes: boolean;
  readonly verbose: boolean;
  readonly resume: boolean;
  readonly retryFailed: boolean;
  readonly failFast: boolean;
  readonly reboot: boolean;
  readonly batch?: readonly Share[];
  readonly maxFailed?: Share;
  readonly wait: boolean;
  readonly join: boolean;
  /** Minutes. */
  readonly stepTimeout?: number;
  readonly serve: boolean;
  readonly follow: boolean;
  /** The exit code of the tool whose log is read. */
  readonly exitCode?: number;
  readonly output?: string;
  readonly fingerprint?: string;
  readonly limit?: number;
  readonly stateDir?: string;
  readonly format?: string;
  readonly pace?: string;
  readonly system?: string;
}

const json: OptionSpec = { name: 'json', what: msg('Print JSON instead of text.') };
const node: OptionSpec = {
  name: 'node',
  value: 'NAME',
  what: msg('Only this node, or a range such as compute[1:3]. Repeatable.'),
};
const step: OptionSpec = { name: 'step', value: 'ID', what: msg('Only this step. Repeatable.') };
const stateDir: OptionSpec = {
  name: 'state-dir',
  value: 'DIR',
  what: msg('Folder for logs and trusted host keys (default: {0}).', '~/.local/state/stackprep'),
};
const verbose: OptionSpec = {
  name: 'verbose',
  short: 'v',
  what: msg('Show every log line on a terminal. When the output is not a terminal, they are always shown.'),
};
const knownHosts: OptionSpec = {
  name: 'known-hosts',
  value: 'FILE',
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
  knownHosts,
  stateDir,
];

/** All commands in the order of the help. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'validate',
    files: 'many',
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
    what: msg('Show what would change on each node and why, without changing anything.'),
    options: connecting,
  },
  {
    name: 'check',
    files: 'one',
    what: msg('Connect to the nodes and check which steps are done, without changing anything.'),
    options: [...connecting, verbose],
  },
  {
    name: 'run',
    files: 'one',
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
    what: msg('Print exactly what would run on a node.'),
    options: [node, step],
  },
  {
    name: 'export',
    files: 'any',
    forms: ['packstack FILE'],
    what: msg(
      'Print the input of another tool. For packstack: the answer file of the cluster, with a comment for every answer; secrets appear by name only.',
    ),
    options: [],
  },
  {
    name: 'trust',
    files: 'one',
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
    forms: ['FILE --node NAME'],
    what: msg(
      'Remove what Stackprep keeps on a node (jobs, backups, records) and on this computer (saved host key, logs). Steps that it has applied stay in effect, but can no longer be undone.',
    ),
    example: 'forget lab.cluster.yaml --node compute2',
    options: [node, yes, json, knownHosts, stateDir],
  },
  {
    name: 'logs',
    files: 'any',
    forms: ['[RUN]', 'explain FILE…|-', 'compare RUN|FILE FILE', 'export RUN'],
    what: msg(
      'List runs, or show the logs of one (RUN is latest or part of its name). explain summarizes a log of yum or dnf and explains why it failed. compare shows the packages that differ between two nodes or two logs. export writes a run to an archive for a bug report.',
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
        what: msg('With export: path of the archive (default: {0}).', 'stackprep-RUN.tar.gz'),
      },
      stateDir,
    ],
  },
  {
    name: 'lsp',
    files: 'none',
    what: msg(
      'Start the language server for cluster files on standard input and output, for editors such as Neovim or Helix.',
    ),
    options: [{ name: 'stdio', what: msg('Use standard input and output. This is the only transport.') }],
  },
  {
    name: 'demo',
    files: 'none',
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
