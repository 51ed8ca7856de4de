import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { ChangeKind } from '../../base/run-kind.ts';
import { quote } from '../../shell/command.ts';

/** The messages about continuing a run or an undo: resuming it, or retrying the failed nodes. */
export interface ContinuedWords {
  readonly none: Message;
  readonly allWell: Message;
  readonly failedElsewhere: (nodes: string) => Message;
  /** The last change was of the other kind. */
  readonly otherFailed: Message;
  readonly noneUnfinished: Message;
  readonly otherUnfinished: Message;
  readonly isUnfinished: (run: string) => Message;
}

/** The messages for a kind of change of a cluster file; if the last change is of the other kind, with the command that continues it. */
export function continuedWords(kind: ChangeKind, file: string): ContinuedWords {
  const name = quote(file);
  switch (kind) {
    case 'run':
      return {
        none: msg('{0} has never been run.', file),
        allWell: msg('The last run of {0} succeeded on every node.', file),
        failedElsewhere: (nodes) => msg('The last run of {0} failed on other nodes: {1}.', file, nodes),
        otherFailed: msg(
          'The last change of {0} was an undo, and `run` does not retry an undo. Retry it with `stackprep undo --retry-failed {1}`, or apply the steps with `stackprep run {1}`.',
          file,
          name,
        ),
        noneUnfinished: msg('{0} has no unfinished run.', file),
        otherUnfinished: msg(
          'The unfinished change of {0} is an undo, and `run` does not resume an undo. Resume it with `stackprep undo --resume {1}`.',
          file,
          name,
        ),
        isUnfinished: (run) =>
          msg(
            'A run of {0} is unfinished ({1}). Resume it with `stackprep run --resume {2}`.',
            file,
            run,
            name,
          ),
      };
    case 'undo':
      return {
        none: msg('{0} has no undo to retry.', file),
        allWell: msg('The last undo of {0} succeeded on every node.', file),
        failedElsewhere: (nodes) => msg('The last undo of {0} failed on other nodes: {1}.', file, nodes),
        otherFailed: msg(
          'The last change of {0} was a run, and `undo` does not retry a run. Retry it with `stackprep run --retry-failed {1}`, or undo a step with `stackprep undo {1} --step ID`.',
          file,
          name,
        ),
        noneUnfinished: msg('{0} has no unfinished undo.', file),
        otherUnfinished: msg(
          'The unfinished change of {0} is a run, and `undo` does not resume a run. Resume it with `stackprep run --resume {1}`.',
          file,
          name,
        ),
        isUnfinished: (run) =>
          msg(
            'An undo of {0} is unfinished ({1}). Resume it with `stackprep undo --resume {2}`.',
            file,
            run,
            name,
          ),
      };
    default:
      return assertNever(kind);
  }
}
