import { type Message, msg } from '../base/l10n.ts';
import { unitFolder } from '../shell/unit-folder.ts';
import { failureLabel } from './failures.ts';
import { waitReasons } from './wait-reasons.ts';

type Text = (...args: readonly string[]) => Message;

function kilobytes(text: string): Message {
  const mega = Math.floor(Number(text) / 1024);
  return text === '' || Number.isNaN(mega) ? msg('unknown') : msg('{0} MB', mega);
}

/** Notices about a login and about a job that is followed, and outcomes of a job that did not report its end. */
export const jobReasons: Readonly<Record<string, Text>> = {
  ...waitReasons,
  'connection-lost': () => msg('Connection lost. The job continues on the node while Stackprep reconnects.'),
  reconnected: (bytes = '0') => msg('Reconnected. The log continues ({0} bytes were missed).', bytes),
  'node-locked': (who = '', step = '') =>
    who === ''
      ? msg('Waiting: another job is running on this node.')
      : msg('Waiting: {0} is running step `{1}` on this node.', who, step),
  'job-joined': (who = '') =>
    msg('{0} has already started this step here. This is the log of that job.', who),
  'job-not-followed': (who = '') =>
    msg('The job was started by {0} and continues. Stackprep no longer follows it.', who),
  'job-orphan': () =>
    msg('The script was killed on the node, but a program that it started is still running.'),
  'log-truncated': (bytes = '') =>
    msg('{0} bytes of the log are missing on the node. The log has a gap.', bytes),
  'log-differs': () => msg('The log here differs from the log on the node.'),
  'cancel-after-transaction': () =>
    msg('A package transaction is in progress. The step stops when it has finished.'),
  'step-killed': (seconds = '') =>
    msg('The step did not stop within {0} s. It was killed with the programs that it had started.', seconds),
  'timed-out': (minutes = '') => msg('Time limit of {0} min reached: stopping the step.', minutes),
  'timed-out-stopped': () => msg('Stopped: the time limit was exceeded.'),
  'job-interrupted': (code = '') =>
    msg('The script was killed on the node (exit code {0}). It may have been applied in part.', code),
  terminated: () =>
    msg('Killed from outside Stackprep: the node shut down, or someone killed the job on the node.'),
  'job-no-result': () => msg('The script ended without reporting a result.'),
  'job-killed': () =>
    msg(
      'The job ended without an exit code: it was killed, or the node ran out of memory. It may have been applied in part.',
    ),
  'job-rebooted': () => msg('The node rebooted while the job was running.'),
  'job-absent': () => msg('The node no longer has this job.'),
  'job-staged': () => msg('The job was sent but did not start.'),
  'job-running': () => msg('The job continues on the node.'),
  'job-unreachable': () => msg('The node is unreachable. The job may still be running on it.'),
  'job-unknown': () =>
    msg(
      'It is unknown whether the job started: the node did not respond after receiving it. Check the node before you run the step again.',
    ),
  'job-not-started': () => msg('The step was not started. Nothing of it is running on the node.'),
  'job-journal-unwritable': () => msg('No longer followed. The job continues on the node.'),
  'job-bad-name': () => msg('The node rejected the name of the job.'),
  'job-bad-verb': () => msg('The node did not understand the request.'),
  'job-no-tool': (tool = '') =>
    msg('Program {0} is missing on the node. Install util-linux and coreutils.', tool),
  'job-not-staged': (path = '', free = '', why = '') =>
    why === ''
      ? msg('Cannot write the job to {0} (free: {1}). Nothing was run.', path, kilobytes(free))
      : msg('Cannot write the job to {0} ({1}). Nothing was run.', path, why),
  'job-not-launched': (said = '') => msg('Cannot start the job ({0}). Nothing was run.', said),
  'job-busy': () => msg('Other jobs are being started on this node. Nothing was run.'),
  'job-other-script': () =>
    msg('The node already has a job of this name with a different script. Nothing was run.'),
  'job-foreign-folder': (path = '', user = '') =>
    msg('{0} belongs to {1}, not to the login user. Nothing was run.', path, user),
  'job-not-removed': (path = '') => msg('{0} could not be removed completely.', path),
  'joined-other-run': (who = '') =>
    who === ''
      ? msg('Not run: the other run on this node was joined.')
      : msg('Not run: the run of {0} was joined.', who),
  'job-later-format': (format = '', known = '') =>
    msg(
      'This job was started by a later version of Stackprep (format {0}; this version supports up to {1}). Use that version, or wait for the job to end.',
      format,
      known,
    ),
  'secret-missing': (name = '') => msg('The secret {0} has no value.', name),
  'revert-failed': (code = '') => msg('Undo failed with exit code {0}.', code),
  'partly-reverted': (path = '') =>
    msg('{0} was edited since then. Your changes are kept; only what Stackprep wrote was reverted.', path),
  'not-reverted': (path = '') => msg('{0} was removed or replaced since then. It was left as it is.', path),
  'edited-lines-stay': (path = '', numbers = '') =>
    msg(
      'Lines that Stackprep wrote in {0} were edited since then. They stay as they are: line {1}.',
      path,
      numbers,
    ),
  'undo-without-effect': () => msg('The undo ran, but the check still reports the step as done.'),
  'no-rollback-at-boot': () =>
    msg(
      'If the node reboots before a second login is confirmed, it cannot roll back: it has no systemd, or {0} is not writable.',
      unitFolder,
    ),
  'no-second-login': (code = '') =>
    msg('The second login fails ({0}). Unless one succeeds, the node rolls back.', failureLabel(code)),
  'shutdown-before-confirmation': () =>
    msg('The node shut down before a second login was confirmed. It rolls back at its next boot.'),
  'rolled-back-at-boot': () => msg('The node rebooted before a second login was confirmed, and rolled back.'),
  'rolled-back-earlier': (when = '') =>
    msg(
      'The node rolled back the last attempt ({0}): the change failed, or no second login succeeded.',
      when,
    ),
  'rolled-back': () => msg('No second login succeeded after the change. The node rolled back.'),
  'failed-rolled-back': (code = '') => msg('Failed with exit code {0}. The node rolled back.', code),
  'cancelled-rolled-back': () => msg('The node rolled back.'),
  'rollback-failed': () => msg('The step failed, and the rollback failed as well. Check the node.'),
  'serial-waiting': () => msg('Waiting: this step runs on one node at a time.'),
  'serial-failed': (node = '') =>
    msg('Not run, because it failed on {0}. This step runs on one node at a time.', node),
  'serial-cancelled': (node = '') =>
    msg('Not run, because it was cancelled on {0}. The nodes after it depend on its result.', node),
  'dependency-cancelled': (step = '') => msg('Not run: it depends on `{0}`, which was cancelled.', step),
  'other-node-failed': (node = '') => msg('Not run, because {0} failed (fail-fast).', node),
  'batch-failed': (batch = '', nodes = '') =>
    nodes === '1'
      ? msg('Not started, because the only node of batch {0} failed.', batch)
      : msg('Not started, because all {1} nodes of batch {0} failed.', batch, nodes),
  'batch-max-failed': (batch = '', failed = '', nodes = '', limit = '') =>
    msg(
      'Not started, because {1} of {2} nodes of batch {0} failed (limit: {3}).',
      batch,
      failed,
      nodes,
      limit,
    ),
  'quorum-waiting': (node = '', group = '') => msg('Waiting for {0} to come back ({1} quorum).', node, group),
  'quorum-checking': (...groups) => msg('Waiting until all members answer: {0}.', groups.join(', ')),
  'quorum-back': (...groups) => msg('All members answer again: {0}.', groups.join(', ')),
  'quorum-incomplete': (group = '', minutes = '') =>
    msg(
      'Not all members of {0} answer after {1} min. Taking another one away could stop the service.',
      group,
      minutes,
    ),
  'restart-blocked': (node = '', group = '') =>
    msg(
      'Not run, because {0} has not come back and the step may restart {1} here too. Repair {0}, then run again.',
      node,
      group,
    ),
  'restart-wait-timed-out': (node = '', group = '', minutes = '') =>
    msg(
      'Not run, because {0} was not back after {2} min and the step may restart {1} here too.',
      node,
      group,
      minutes,
    ),
  'reboot-blocked': (node = '', group = '') =>
    msg('Not rebooted, because {0} has not come back ({1} quorum). Repair {0}, then run again.', node, group),
  'reboot-wait-timed-out': (node = '', group = '', minutes = '') =>
    msg('Not rebooted, because {0} was not back after {2} min ({1} quorum).', node, group, minutes),
  rebooting: () => msg('The node is rebooting.'),
  rebooted: (seconds = '') => msg('The node is back after {0} s.', seconds),
  'reboot-timed-out': (minutes = '') => msg('The node is not back after {0} min.', minutes),
  'more-reasons': (shown = '') => msg('Only the first {0} reasons are shown.', shown),
  'cannot-undo': () =>
    msg('Stackprep cannot undo this step. The reference describes how to undo it manually.'),
};
