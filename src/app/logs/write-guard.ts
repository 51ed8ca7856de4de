import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { isSystemError } from './system-error.ts';

/** The first write error. */
interface WriteError {
  readonly path: string;
  readonly cause: NodeJS.ErrnoException;
}

/**
 * Detects whether the run can still be written on this computer. After the first write error nothing more is started or
 * followed: jobs continue on the nodes, and the run can be resumed later.
 */
export interface WriteGuard {
  /** Aborted after the first write error. */
  readonly failed: AbortSignal;
  /** Runs a write; undefined if the system refuses it. Other errors are thrown. */
  write<Value>(path: string, work: () => Promise<Value>): Promise<Value | undefined>;
  /** Why a node is no longer followed; undefined if no write has failed. */
  failure(node: string): Failure | undefined;
}

function errorText({ code, message }: NodeJS.ErrnoException): Message | string {
  switch (code) {
    case 'ENOSPC':
      return msg('the disk is full');
    case 'EDQUOT':
      return msg('the disk quota is exceeded');
    case 'EFBIG':
      return msg('the file exceeds the maximum size');
    case 'EROFS':
      return msg('the disk is read-only');
    case 'EACCES':
    case 'EPERM':
      return msg('permission denied');
    default:
      return message;
  }
}

const freeSpaceAndResume = msg(
  'Free disk space or fix the permissions there, then resume with `stackprep run --resume`.',
);

/** The failure to resume a run because of a write error; undefined for any other error. */
export function writeFailure(cause: unknown): Failure | undefined {
  if (!isSystemError(cause)) return undefined;
  return {
    code: 'journal-unwritable',
    message: msg("Can't write {0}: {1}.", cause.path ?? '', errorText(cause)),
    action: freeSpaceAndResume,
    detail: cause.message,
  };
}

export function createWriteGuard(): WriteGuard {
  const failed = new AbortController();
  let error: WriteError | undefined;
  return {
    failed: failed.signal,
    write: async (path, work) => {
      try {
        return await work();
      } catch (cause) {
        if (!isSystemError(cause)) throw cause;
        error ??= { path, cause };
        failed.abort();
        return undefined;
      }
    },
    failure: (node) =>
      error && {
        code: 'journal-unwritable',
        message: msg(
          "{0} is no longer followed, because {1} can't be written on this computer: {2}. Jobs already started on the node continue there.",
          node,
          error.path,
          errorText(error.cause),
        ),
        action: freeSpaceAndResume,
        detail: error.cause.message,
      },
  };
}
