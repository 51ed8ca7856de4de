import type { Message } from '../../base/l10n.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import type { PackageNames } from '../../data/packages.ts';
import type { ShellText } from '../../shell/command.ts';

/** What a step is written for: one node of one cluster. */
export interface StepContext {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

/** What a step changes, as data: for the plan, the explanations and the simulated nodes. */
export interface StepIntent {
  /** Packages that it installs, by the generation that the node turns out to have. */
  readonly packages?: readonly PackageNames[];
  /** Files that it writes. */
  readonly files?: readonly string[];
  /** Of files of which it sets only some keys: those keys, by file. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  /** The OpenStack release whose package it installs. */
  readonly release?: string;
  /** It enables the system's companion repository (CRB, PowerTools). */
  readonly companion?: boolean;
  /** It disables EPEL. */
  readonly withoutEpel?: boolean;
  /** Units that it leaves enabled and running, or (`disabled`) neither; named as systemd does, without `.service`. */
  readonly services?: Readonly<Record<string, 'enabled' | 'disabled'>>;
  /** It brings all packages up to date. */
  readonly upgrade?: boolean;
}

/**
 * A step's shell functions' bodies for one node (POSIX sh, the library's `sp_*` functions at hand).
 * `check` returns 0 done, 1 needed, 2 unknown, and gives reasons by `sp_because CODE [VALUE…]`; `apply` runs under `set -e`.
 */
export interface StepScript {
  /** Shell files that it uses besides the library, each once in a payload. */
  readonly uses?: readonly ShellText[];
  /** Assigns its parameters, before its functions. */
  readonly parameters?: ShellText;
  /** Its functions, before the bodies. */
  readonly functions?: ShellText;
  readonly check: ShellText;
  readonly apply: ShellText;
  /**
   * For a step that can cut the node off: the body of a function that restores what `apply` changed.
   * The node runs it by itself unless a second login confirms that the node is still reachable.
   */
  readonly rollback?: ShellText;
  /** The body of a function that undoes the step; absent where that is not possible. */
  readonly revert?: ShellText;
}

/** A step of the catalogue, without its script: what the editor and the command line say of it. */
export interface StepInfo {
  readonly id: string;
  readonly isAvailable: true;
  readonly title: Message;
  /** What it does, in one sentence. */
  readonly what: Message;
  readonly why: Message;
  /** How to undo it by hand. */
  readonly undo: Message;
  /** Whether Stackprep can undo it; then its script has a `revert`. */
  readonly reverts: boolean;
  /** Whether a fulfilled step that is no longer so counts as drifted (new updates are not drift). */
  readonly drifts: boolean;
  /** Whether it runs on one node at a time (services with a quorum). */
  readonly serial?: boolean;
  /** The names of the nodes that it runs on; all of them where it does not say. */
  readonly nodes?: (cluster: Cluster) => readonly string[];
  /** Whether the cluster's settings ask for it when the file has no `steps`. */
  readonly impliedBy: (cluster: Cluster) => boolean;
  readonly intent: (context: StepContext) => StepIntent;
  /** Names of the secrets that it reads on the node by `sp_secret NAME`, which prints one and is no program's argument. */
  readonly secrets?: (context: StepContext) => readonly string[];
}

/** Makes a step's script for one node. */
export type StepScripter = (context: StepContext) => StepScript;
