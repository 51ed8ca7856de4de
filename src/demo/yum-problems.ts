import type { Piece } from './piece.ts';

/** A problem in a run of yum or dnf. */
export type YumProblem =
  /** Another process holds the lock for some seconds; then the run succeeds. */
  | { readonly kind: 'lock'; readonly pid: number; readonly holder: string; readonly seconds: number }
  /** No mirror responds. */
  | { readonly kind: 'dead-mirrors' }
  /** The package's pre-install scriptlet fails. */
  | { readonly kind: 'failing-package'; readonly name: string }
  | { readonly kind: 'nothing-to-do' };

export type LockProblem = Extract<YumProblem, { kind: 'lock' }>;

/** yum checks the lock every two seconds. */
const lookAgain = 2;

function lockBlock({ pid, holder }: LockProblem, waited: number): string {
  return [
    'Another app is currently holding the yum lock; waiting for it to exit...',
    `  The other application is: ${holder}`,
    '    Memory :  35 M RSS (712 MB VSZ)',
    `    Started: Mon Dec  2 10:37:13 2019 - 00:${String(waited + 1).padStart(2, '0')} ago`,
    `    State  : Sleeping, pid: ${pid}`,
    '',
  ].join('\n');
}

/** The lock messages of yum 3: one line once, then a block of lines as long as the lock is held. */
export function yumLock(problem: LockProblem): readonly Piece[] {
  const onInterrupt = '\n\nExiting on user cancel.\n';
  const first = `Existing lock /var/run/yum.pid: another copy is running as pid ${problem.pid}.\n`;
  const pieces: Piece[] = [{ text: first, wait: 0, onInterrupt }];
  for (let waited = 0; waited < problem.seconds; waited += lookAgain) {
    const wait = 1000 * Math.min(lookAgain, problem.seconds - waited);
    pieces.push({ text: lockBlock(problem, waited), wait, onInterrupt });
  }
  return pieces;
}

/** The lock message of dnf 4: one line. */
export function dnfLock({ pid, seconds }: LockProblem): readonly Piece[] {
  const text = `Waiting for process with pid ${pid} to finish.\n`;
  return [{ text, wait: 1000 * seconds, onInterrupt: 'KeyboardInterrupt: Terminated.\n' }];
}

/** The output of yum 3 when the mirror list is unavailable: the cause, advice, the repository. */
export const yumDeadMirrors: readonly string[] = [
  'Could not retrieve mirrorlist http://mirrorlist.centos.org/?release=7&arch=x86_64&repo=os&infra=stock error was',
  '14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"',
  '',
  '',
  ' One of the configured repositories failed (Unknown),',
  " and yum doesn't have enough cached data to continue. At this point the only",
  ' safe thing yum can do is fail. There are a few ways to work "fix" this:',
  '',
  '     1. Contact the upstream for the repository and get them to fix the problem.',
  '',
  'Cannot find a valid baseurl for repo: base/7/x86_64',
];

const metalink =
  'https://mirrors.centos.org/metalink?repo=centos-baseos-9-stream&arch=x86_64&protocol=https,http';
const curl = `Curl error (6): Couldn't resolve host name for ${metalink} [Could not resolve host: mirrors.centos.org]`;

/** The same for dnf 4, after the repository's progress line. */
export const dnfDeadMirrors: readonly string[] = [
  "Errors during downloading metadata for repository 'baseos':",
  `  - ${curl}`,
  `Error: Failed to download metadata for repo 'baseos': Cannot prepare internal mirrorlist: ${curl}`,
];
