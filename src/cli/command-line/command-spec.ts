import type { Message } from '../../base/l10n.ts';
import type { Share } from '../../cluster/rollout.ts';
import type { Completion, OptionSpec } from './option-spec.ts';

/** A command. */
export interface CommandSpec {
  readonly name: CommandName;
  /** The kind of operands; `any` is checked by the command itself. */
  readonly files: 'none' | 'one' | 'many' | 'any';
  /** Usage after the name, unless `files` defines it: the most common form first. */
  readonly forms?: readonly string[];
  readonly what: Message;
  /** Command lines that show its use, after the name of the program. */
  readonly examples: readonly string[];
  /** What each operand can be; the last one repeats if there can be more. */
  readonly operands: readonly Completion[];
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
  | 'packstack'
  | 'logs'
  | 'secret'
  | 'completion'
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
  /** Whether a plan also shows the changes. */
  readonly diff: boolean;
  readonly yes: boolean;
  readonly verbose: boolean;
  readonly trace: boolean;
  readonly resume: boolean;
  readonly retryFailed: boolean;
  readonly failFast: boolean;
  readonly reboot: boolean;
  readonly batch?: readonly Share[];
  readonly maxFailed?: Share;
  readonly wait: boolean;
  readonly join: boolean;
  /** With export: sentences instead of the file. */
  readonly explain: boolean;
  /** Minutes. */
  readonly stepTimeout?: number;
  readonly serve: boolean;
  readonly follow: boolean;
  /** The exit code of the tool whose log is read. */
  readonly exitCode?: number;
  readonly output?: string;
  /** With export: the folder for the files. */
  readonly out?: string;
  /** With export: the installer whose group names are used. */
  readonly installer?: string;
  readonly fingerprint?: string;
  readonly limit?: number;
  readonly stateDir?: string;
  readonly format?: string;
  readonly pace?: string;
  readonly system?: string;
}
