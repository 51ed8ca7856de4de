import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { isSystemError } from './system-error.ts';

/** The first write error. */
interface WriteError {
  readonly path: string;
  readonly cause: NodeJS.ErrnoException;
}

/**
 * Detects whether the run can still be written on this computer. After the first error of the journal nothing more is started or
 * followed, after one of a node's files nothing on that node: jobs continue on the nodes, and the run can be resumed later.
 */
export interface WriteGuard {
  /** Aborted after the first write error. */
  readonly failed: AbortSignal;
  /** Runs a write; undefined if the system refuses it. Other errors are thrown. */
  write<Value>(path: string, work: () => Promise<Value>): Promise<Value | undefined>;
  /** Why a node is no longer followed; undefined if no write has failed. */
  failure(node: string): Failure | undefined;
  /** The guard of the files of one node: a write error there ends the following of that node only. */
  part(): WriteGuard;
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

const freeSpaceAndRun = msg(
  'Free disk space or fix the permissions there, then run the step again: a job that still runs on the node is followed.',
);

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

/** Errors of the disk rather than of a file, errno names. */
const ofDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

/** The guard that a part belongs to. */
interface Whole {
  readonly guard: WriteGuard;
  readonly fail: (error: WriteError) => void;
}

export function createWriteGuard(whole?: Whole): WriteGuard {
  const failed = new AbortController();
  let error: WriteError | undefined;
  const fail = (found: WriteError): void => {
    if (whole && ofDisk.has(found.cause.code)) whole.fail(found);
    else {
      error ??= found;
      failed.abort();
    }
  };
  const guard: WriteGuard = {
    failed: whole ? AbortSignal.any([failed.signal, whole.guard.failed]) : failed.signal,
    part: () => createWriteGuard({ guard, fail }),
    write: async (path, work) => {
      try {
        return await work();
      } catch (cause) {
        if (!isSystemError(cause)) throw cause;
        fail({ path, cause });
        return undefined;
      }
    },
    failure: (node) =>
      whole?.guard.failure(node) ??
      (error && {
        code: 'journal-unwritable',
        message: msg(
          "{0} is no longer followed, because {1} can't be written on this computer: {2}. Jobs already started on the node continue there.",
          node,
          error.path,
          errorText(error.cause),
        ),
        action: whole ? freeSpaceAndRun : freeSpaceAndResume,
        detail: error.cause.message,
      }),
  };
  return guard;
}
