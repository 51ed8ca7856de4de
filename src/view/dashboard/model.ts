import type { Status } from '../status.ts';

/** What a cell shows: the status of a step on a node, why it was not tried, or that the node does not have the step. */
export type CellStatus = Status | 'none';

/** Whether a status is shown by the filter for failures. */
export function isFailure(status: CellStatus): boolean {
  return status === 'failed' || status === 'interrupted' || status === 'unreachable';
}

/** The actions of a cell, a row or a failure; each is a command of the extension. */
export type DashboardAction =
  | 'log'
  | 'openFile'
  | 'run'
  | 'check'
  | 'retry'
  | 'cancel'
  | 'stopAfterStep'
  | 'replaceHostKey';

/** What can be done with a cell or a row: words for the `when` clauses of its context menu. */
export type DashboardTrait = 'runnable' | 'idle' | 'busy' | 'log' | 'compare' | 'failed' | 'rebuilt';

/** A step of the file: a column. */
export interface DashboardStep {
  readonly id: string;
  readonly runnable: boolean;
}

/** A step on a node, or on all nodes of a group. */
export interface DashboardCell {
  readonly status: CellStatus;
  /** Added to the word of its status: `72 %`, `waiting for PackageKit (1187)`. */
  readonly text?: string;
  /** Progress of its package transaction, 0 to 100. */
  readonly percent?: number;
  /** The program that its transaction waits for: `PackageKit (1187)`. */
  readonly waits?: string;
  /** When the last run started it, milliseconds since 1970, and how long it took; without a length while it runs. */
  readonly startedAt?: number;
  readonly milliseconds?: number;
  /** Of a group: the number of nodes with each status, failures first. */
  readonly counts?: readonly StatusCount[];
  readonly traits: readonly DashboardTrait[];
}

export interface StatusCount {
  readonly status: CellStatus;
  readonly count: number;
}

/** A node, or a group of nodes that opens in place. */
export interface DashboardRow {
  /** The name of a node; of a group, a key that no node can have. */
  readonly id: string;
  readonly label: string;
  readonly isGroup: boolean;
  /** The id of the group that contains it. */
  readonly group?: string;
  readonly status: CellStatus;
  /** The current action, or why the node could not be used. */
  readonly note?: string;
  /** Of a group: the number of its nodes. */
  readonly size?: number;
  readonly traits: readonly DashboardTrait[];
  /** One per step. */
  readonly cells: readonly DashboardCell[];
}

/** A failure that one or several nodes have in common. */
export interface DashboardCause {
  readonly id: string;
  readonly status: 'failed' | 'unreachable';
  /** `upgrade · openstack2`. */
  readonly title: string;
  readonly nodes: readonly string[];
  readonly step?: string;
  /** Why, in a sentence, and what to do. */
  readonly text: string;
  /** A line of the log or of the remote side, unchanged but visible. */
  readonly quote?: string;
  readonly actions: readonly DashboardAction[];
}

/** A run of the cluster in the list. */
export interface DashboardRun {
  readonly id: string;
  readonly text: string;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled' | 'unreachable' | 'unknown';
  /** The page shows this run. */
  readonly isShown?: true;
}

/** Everything above the matrix. */
export interface DashboardHead {
  readonly cluster: string;
  /** The cluster file, a URI; restores the panel after a reload. */
  readonly uri: string;
  readonly file: string;
  /** `Run of 23:16`; absent before the first one. */
  readonly run?: string;
  /** The page shows an earlier run, which nothing changes. */
  readonly isPast?: true;
  /** Progress or summary. */
  readonly text: string;
  /** Progress of the run, 0 to 100; absent if none is in progress. */
  readonly percent?: number;
  readonly actions: readonly DashboardAction[];
  /** Milliseconds since 1970 on the clock of the run: now, and the start and the end of the last run that changed nodes. */
  readonly now: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** The last thing for a screen reader to announce. */
  readonly announcement: string;
}

/** The page of a cluster. */
export interface DashboardView {
  readonly head: DashboardHead;
  readonly steps: readonly DashboardStep[];
  readonly rows: readonly DashboardRow[];
  readonly causes: readonly DashboardCause[];
  readonly runs: readonly DashboardRun[];
}
