import type { Reason } from '../base/states.ts';
import type { Unpreviewed } from './markers.ts';

export type { Unpreviewed } from './markers.ts';

/** One side of a file's difference. */
export type FileSide =
  | { readonly kind: 'absent' }
  | (FileTraits & { readonly kind: 'text' | 'link'; readonly text: string })
  /** No text: its content stays on the node (private), is more than 256 KB (large), or is not UTF-8 (binary). */
  | (FileTraits & { readonly kind: 'private' | 'large' | 'binary' });

interface FileTraits {
  /** Octal digits, such as `644`. */
  readonly mode: string;
  /** `USER:GROUP`. */
  readonly owner: string;
  /** The SELinux context; absent where SELinux is disabled. */
  readonly context?: string;
  /** Bytes. */
  readonly size: number;
}

/** A file before and after the step; values of secrets are replaced by `{secret: NAME}`, values like passwords by `{hidden}`. */
export interface FileChange {
  readonly path: string;
  readonly before: FileSide;
  readonly after: FileSide;
}

/** A package of a transaction, as the solver of the node decided. */
export interface PackageChange {
  readonly action: 'install' | 'upgrade' | 'downgrade' | 'reinstall' | 'remove' | 'replace';
  readonly name: string;
  readonly arch: string;
  /** The installed version, `[EPOCH:]VERSION-RELEASE`. */
  readonly from?: string;
  readonly to?: string;
  readonly repository: string;
  /** As the package manager prints it. */
  readonly size: string;
  readonly isDependency: boolean;
  /** Security advisories that the update is in. */
  readonly advisories: readonly string[];
  /** Whether a reboot is needed to use it. */
  readonly isKernel: boolean;
}

/** What a package manager would do. */
export interface Transaction {
  readonly packages: readonly PackageChange[];
  /** Its last lines if it would fail. */
  readonly failure?: readonly string[];
}

/** A program that would change the running system, with its arguments. */
export interface Effect {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * How far the preview of a step got: to its end; to where the step waits for a service that was not started; or to a command that
 * fails without what the step would have changed before.
 */
export type PreviewEnd = 'whole' | 'waits' | 'failed';

/** What a step would change on a node. */
export interface StepDifference {
  readonly step: string;
  readonly end: PreviewEnd;
  readonly files: readonly FileChange[];
  readonly transactions: readonly Transaction[];
  readonly effects: readonly Effect[];
  readonly notices: readonly Reason[];
  /** The last lines of a preview that failed. */
  readonly log: readonly string[];
  /** Whether something was left out because there was too much of it. */
  readonly isCut: boolean;
}

/** What all steps would change on a node, each after the ones before it. */
export interface NodeDifference {
  readonly node: string;
  readonly steps: readonly StepDifference[];
  /** Why the node cannot show differences. */
  readonly unavailable?: Unpreviewed;
}

/** Whether a step would change nothing that can be shown. */
export function isEmpty({ files, transactions, effects }: StepDifference): boolean {
  return (
    files.length === 0 &&
    effects.length === 0 &&
    transactions.every((each) => each.packages.length === 0 && !each.failure)
  );
}
