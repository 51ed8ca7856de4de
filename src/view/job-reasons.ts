import { type Message, msg } from '../base/l10n.ts';
import { unitFolder } from '../shell/unit-folder.ts';
import { failureLabel } from './failures.ts';

type Text = (...args: readonly string[]) => Message;

function kilobytes(text: string): Message {
  const mega = Math.floor(Number(text) / 1024);
  return text === '' || Number.isNaN(mega) ? msg('unknown') : msg('{0} MB', mega);
}

/** What may be noticed of a job while it is followed, and how it may end without an end of its own. */
export const jobReasons: Readonly<Record<string, Text>> = {
  'connection-lost': () =>
    msg('The connection was lost; the job continues on the node while Stackprep reconnects.'),
  reconnected: (bytes = '0') => msg('Reconnected; the log continues ({0} bytes were missed).', bytes),
  'node-locked': (who = '', step = '') =>
    who === ''
      ? msg('Waiting: another job is at work on this node.')
      : msg('Waiting: {0} is at work on this node with the step {1}.', who, step),
  'yum-locked': (pid = '', command = '', seconds = '0') =>
    msg(
      'Waiting for the lock of the package manager: process {0} has had it for {1} s ({2}).',
      pid,
      seconds,
      command.trim(),
    ),
  'job-joined': (who = '') => msg('{0} has begun the same step here; this is the log of that job.', who),
  'job-not-followed': (who = '') =>
    msg('The job was started by {0} and continues; it is only no longer followed.', who),
  'job-orphan': () =>
    msg('The script was killed on the node, but a program that it started is still at work.'),
  'log-truncated': (bytes = '') =>
    msg('The log on the node has lost {0} bytes that were read before; there is a gap.', bytes),
  'log-differs': () => msg('The log here is not the same as the one on the node.'),
  'cancel-after-transaction': () =>
    msg('Packages are being changed; it ends after this transaction, so that none is left half done.'),
  'timed-out': (minutes = '') =>
    msg('It has taken {0} min, which is the limit; it is asked to end.', minutes),
  'timed-out-stopped': () => msg('It was ended because it took longer than allowed.'),
  'job-interrupted': (code = '') =>
    msg('The script was killed on the node (exit code {0}); how far it came is not known.', code),
  terminated: () => msg('It was ended from outside: the node shut down, or somebody killed it there.'),
  'job-no-result': () => msg('The script came to its end without a result.'),
  'job-killed': () =>
    msg(
      'The job is dead and left no exit code: it was killed, or memory ran out; how far it came is not known.',
    ),
  'job-rebooted': () => msg('The node was restarted while the job was at work.'),
  'job-absent': () => msg('The node does not know this job any more.'),
  'job-staged': () => msg('The job was sent but never began.'),
  'job-running': () => msg('The job continues on the node.'),
  'job-unreachable': () => msg('The node is unreachable; the job may continue there.'),
  'job-unknown': () =>
    msg(
      'Whether the job began is not known: the node did not answer after it was sent. Check the node before you run the step again.',
    ),
  'job-not-started': () => msg('The step was not started; nothing of it runs on the node.'),
  'job-journal-unwritable': () => msg('It is no longer followed; the job continues on the node.'),
  'job-bad-name': () => msg('The node refuses the name of the job.'),
  'job-bad-verb': () => msg('The node does not understand the request.'),
  'job-no-tool': (tool = '') => msg('The node has no program {0}; install util-linux and coreutils.', tool),
  'job-not-staged': (path = '', free = '') =>
    msg('The job could not be written to {0} (free: {1}); nothing was run.', path, kilobytes(free)),
  'job-not-launched': (said = '') => msg('The job could not be started ({0}); nothing was run.', said),
  'job-busy': () => msg('Other jobs are just being started on this node; nothing was run.'),
  'job-other-script': () => msg('The node has a job of this name with another script; nothing was run.'),
  'job-later-format': (format = '', known = '') =>
    msg(
      'A later version of Stackprep began this job (format {0}, and this version reads up to {1}). Use that version, or wait until it has ended.',
      format,
      known,
    ),
  'secret-missing': (name = '') => msg('The secret {0} has no value.', name),
  'revert-failed': (code = '') => msg('Undo failed with exit code {0}.', code),
  'partly-reverted': (path = '') =>
    msg('{0} was changed by hand since then: that stays, only what Stackprep wrote is reverted.', path),
  'not-reverted': (path = '') =>
    msg(
      "{0} was changed by hand since then, and what Stackprep wrote can't be distinguished: it stays as it is.",
      path,
    ),
  'undo-without-effect': () => msg('It was undone, but its check still finds it done.'),
  'no-rollback-at-boot': () =>
    msg(
      "If the node reboots before a second login is confirmed, nothing is rolled back: there is no systemd to do it, or {0} can't be written.",
      unitFolder,
    ),
  'no-second-login': (code = '') =>
    msg('No second login succeeds ({0}); unless one does, the node rolls back.', failureLabel(code)),
  'shutdown-before-confirmation': () =>
    msg('The node shut down before a second login was confirmed; it rolls back at its next boot.'),
  'rolled-back-at-boot': () =>
    msg('The node rebooted before a second login was confirmed, and has rolled back.'),
  'rolled-back-earlier': (when = '') =>
    msg(
      'The node put the last attempt back ({0}): the change had failed, or no second login had got through.',
      when,
    ),
  'rolled-back': () => msg('No second login succeeded after the change, so the node has rolled back.'),
  'failed-rolled-back': (code = '') =>
    msg('It failed with exit code {0}; the node has put everything back.', code),
  'cancelled-rolled-back': () => msg('The node has put everything back.'),
  'rollback-failed': () => msg('It failed, and the rollback failed, too; check the node.'),
  'serial-waiting': () => msg('Waiting: this step runs on one node at a time.'),
  'serial-failed': (node = '') => msg('It did not end well on {0}, and it runs on one node at a time.', node),
  'serial-cancelled': (node = '') =>
    msg('It was cancelled on {0} before it was done there, and the next nodes need it there.', node),
  'dependency-cancelled': (step = '') =>
    msg('`{0}` was cancelled before it was done, and this step builds on it.', step),
  'other-node-failed': (node = '') => msg('{0} has failed, and no other step was to begin after that.', node),
  rebooting: () => msg('The node restarts.'),
  rebooted: (seconds = '') => msg('The node is back after {0} s.', seconds),
  'reboot-timed-out': (minutes = '') => msg('The node is not back after {0} min.', minutes),
  'more-reasons': (shown = '') => msg('There are more reasons; only the first {0} are shown.', shown),
  'cannot-undo': () =>
    msg('This step cannot be undone by Stackprep; the reference says how to do it by hand.'),
};
