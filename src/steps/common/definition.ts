import type { Message } from '../../base/l10n.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import type { PackageNames } from '../../data/packages.ts';
import type { ShellText } from '../../shell/command.ts';

/** A service whose members must not be away together. */
export type QuorumService = 'etcd' | 'rabbitmq' | 'mariadb';
/** All of them. */
export const quorumServices: readonly QuorumService[] = ['etcd', 'rabbitmq', 'mariadb'];

/** One node of one cluster. */
export interface StepContext {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

/** What a step changes, as data: for the plan, the explanations and the simulated nodes. */
export interface StepIntent {
  /** Packages to install, by EL version. */
  readonly packages?: readonly PackageNames[];
  /** Files to write. */
  readonly files?: readonly string[];
  /** For files of which only some keys are set: those keys, by file. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  /** The OpenStack release whose package is installed. */
  readonly release?: string;
  /** Enables the companion repository (CRB, PowerTools). */
  readonly companion?: boolean;
  /** Disables EPEL. */
  readonly withoutEpel?: boolean;
  /** Units that end up enabled and running, or (`disabled`) neither; systemd names without `.service`. */
  readonly services?: Readonly<Record<string, 'enabled' | 'disabled'>>;
  /** Interfaces that end up with the node's address, or (`up`) without one, now and at boot. */
  readonly interfaces?: Readonly<Record<string, 'address' | 'up'>>;
  /** Disks to prepare, by their use. */
  readonly disks?: Readonly<Record<string, readonly string[]>>;
  /** Updates all packages. */
  readonly upgrade?: boolean;
}

/**
 * The bodies of a step's shell functions for one node (POSIX sh, with the library's `sp_*` functions). `check` returns 0 done,
 * 1 needed, 2 unknown, and gives reasons with `sp_because CODE [VALUE…]`; `apply` runs under `set -e`.
 */
export interface StepScript {
  /** Shell files that it uses in addition to the library, each once per payload. */
  readonly uses?: readonly ShellText[];
  /** Assigns its parameters, before its functions. */
  readonly parameters?: ShellText;
  /** The values that it assigns, unquoted, by parameter. */
  readonly values?: Readonly<Record<string, string>>;
  /** Its functions, before the bodies. */
  readonly functions?: ShellText;
  readonly check: ShellText;
  readonly apply: ShellText;
  /** For a guarded step: the function body that restores what `apply` changed. The node runs it unless a second login is confirmed. */
  readonly rollback?: ShellText;
  /** The function body that undoes the step; absent if that is not possible. */
  readonly revert?: ShellText;
}

/** A step of the catalogue without its script, as the editor and the command line show it. */
export interface StepInfo {
  readonly id: string;
  readonly title: Message;
  /** What it does, in a sentence or two. */
  readonly what: Message;
  readonly why: Message;
  /** How to undo it manually. */
  readonly undo: Message;
  /** Whether Stackprep can undo it; then its script has `revert`. */
  readonly reverts: boolean;
  /** Whether a step that was done and no longer is counts as drifted (new updates do not). */
  readonly drifts: boolean;
  /** Whether it runs on one node at a time (services with a quorum). */
  readonly serial?: boolean;
  /** The services with a quorum that it may restart or cut off: where they run, on one member at a time. */
  readonly restarts?: readonly QuorumService[];
  /** Whether there is nothing to install for the release of the cluster, so that runs skip it. */
  readonly isMissing?: (cluster: Cluster) => boolean;
  /** The nodes that it runs on; all if absent. */
  readonly nodes?: (cluster: Cluster) => readonly string[];
  /** Whether the settings of the cluster require it if the file has no `steps`. */
  readonly impliedBy: (cluster: Cluster) => boolean;
  readonly intent: (context: StepContext) => StepIntent;
  /** Names of the secrets that it reads on the node with `sp_secret NAME`, which prints one. */
  readonly secrets?: (context: StepContext) => readonly string[];
}

/** Creates the script of a step for one node. */
export type StepScripter = (context: StepContext) => StepScript;
