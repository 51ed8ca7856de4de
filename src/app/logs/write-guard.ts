import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { isSystemFault } from './system-fault.ts';

/** What the system said of the first file that could not be written. */
interface Fault {
  readonly path: string;
  readonly cause: NodeJS.ErrnoException;
}

/**
 * Whether what happens in a run can still be written on this machine. Once it cannot, nothing more is begun or followed: what
 * runs on the nodes goes on there with its log, and the run is gone on with later.
 */
export interface Keeping {
  /** Aborted when something could not be written. */
  readonly broken: AbortSignal;
  /** Writes to a file; undefined where the system refuses. Whatever else goes wrong is thrown. */
  write<Value>(path: string, work: () => Promise<Value>): Promise<Value | undefined>;
  /** Why a node is not worked on any more; undefined while all is well. */
  failure(node: string): Failure | undefined;
}

function why({ code, message }: NodeJS.ErrnoException): Message | string {
  switch (code) {
    case 'ENOSPC':
      return msg('the disk is full');
    case 'EDQUOT':
      return msg('the quota is used up');
    case 'EFBIG':
      return msg('the file may not get any larger');
    case 'EROFS':
      return msg('the disk is read-only');
    case 'EACCES':
    case 'EPERM':
      return msg('permission denied');
    default:
      return message;
  }
}

const goOn = msg('Free disk space or fix the permissions there, then resume with `stackprep run --resume`.');

/** Why a run that was left cannot be gone on with, where the system refuses to write; undefined for any other cause. */
export function notWritten(cause: unknown): Failure | undefined {
  if (!isSystemFault(cause)) return undefined;
  return {
    code: 'not-kept',
    message: msg('{0} cannot be written: {1}.', cause.path ?? '', why(cause)),
    action: goOn,
    detail: cause.message,
  };
}

export function createKeeping(): Keeping {
  const broken = new AbortController();
  let fault: Fault | undefined;
  return {
    broken: broken.signal,
    write: async (path, work) => {
      try {
        return await work();
      } catch (cause) {
        if (!isSystemFault(cause)) throw cause;
        fault ??= { path, cause };
        broken.abort();
        return undefined;
      }
    },
    failure: (node) =>
      fault && {
        code: 'not-kept',
        message: msg(
          "{0} is no longer followed, because {1} can't be written on this computer: {2}. Jobs already started on the node continue there.",
          node,
          fault.path,
          why(fault.cause),
        ),
        action: goOn,
        detail: fault.cause.message,
      },
  };
}
