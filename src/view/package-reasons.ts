import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { hitsAmongScriptlets, hitsOf } from '../yum/explain/match.ts';

type Text = (...args: readonly string[]) => Message;

/** The cause and the advice of a known failure, from the line that shows it. */
function noteText(id: string, line: string): Message {
  const hits = [...hitsOf(line), ...hitsAmongScriptlets(line)];
  const found = hits.find(({ failure }) => failure.id === id)?.explanation;
  return found ? joined([found.cause, found.advice], ' ') : plain(line);
}

/** Reasons and notices about the package manager. */
export const packageReasons: Readonly<Record<string, Text>> = {
  'repository-of-other-source': (ids = '') =>
    msg('These repositories are enabled, but not of the source in the cluster file: {0}.', ids),
  'satellite-not-registered': () =>
    msg('The node is not registered with a Satellite. Register it with subscription-manager first.'),
  'yum-locked': (pid = '', command = '', seconds = '0') =>
    msg(
      'Waiting for the package manager lock: process {0} has held it for {1} s ({2}).',
      pid,
      seconds,
      command.trim(),
    ),
  'yum-lock-held': (pid = '', command = '', seconds = '0') =>
    msg(
      'The package manager is locked: process {0} has held the lock for {1} s ({2}). Wait for it to end, or find out why it does not.',
      pid,
      seconds,
      command.trim(),
    ),
  'transaction-unfinished': (names = '', fix = '') =>
    msg(
      '{0} is installed, but the transaction was interrupted, and its scripts may not have run. Run `{1}` on the node.',
      names,
      fix,
    ),
  'repository-file-broken': (path = '', line = '') =>
    msg(
      '{0} is broken at line {1}: yum cannot start, and dnf leaves its repositories out. Correct the file, or move it to another folder.',
      path,
      line,
    ),
  'package-note': (id = '', line = '') => noteText(id, line),
};
