import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg } from '../base/l10n.ts';
import type { RunKind, StepOutcome } from '../base/states.ts';
import type { YumProgress } from '../yum/progress.ts';
import { outcomeWords } from './outcome-words.ts';

/** The status of a step on a node: the only one, for every view, text and report. */
export type Status =
  | 'running'
  | 'failed'
  | 'interrupted'
  | 'unreachable'
  | 'blocked'
  | 'not-started'
  | 'drifted'
  | 'needed'
  | 'undone'
  | 'nothing-to-undo'
  | 'cancelled'
  | 'unknown'
  | 'unchecked'
  | 'changed'
  | 'unchanged'
  | 'done'
  | 'unavailable';

/** Precedence when several are combined: running first, then failures, then pending work. */
const precedence: readonly Status[] = [
  'running',
  'failed',
  'interrupted',
  'unreachable',
  'blocked',
  'not-started',
  'drifted',
  'needed',
  'undone',
  'cancelled',
  'unknown',
  'unchecked',
  'changed',
  'done',
  'unchanged',
  'nothing-to-undo',
  'unavailable',
];

/** Combines several statuses into one. */
export function worstOf(statuses: readonly Status[]): Status {
  const present = new Set(statuses);
  return precedence.find((status) => present.has(status)) ?? 'unchecked';
}

const applied = { changed: 'changed', unchanged: 'unchanged' } as const;
const ends: Readonly<Record<RunKind, { readonly changed: Status; readonly unchanged: Status }>> = {
  check: applied,
  run: applied,
  undo: { changed: 'undone', unchanged: 'nothing-to-undo' },
};

/** The status of a step that ended with that outcome in a run of that kind. */
export function statusOfOutcome(outcome: StepOutcome, kind: RunKind): Status {
  switch (outcome) {
    case 'changed':
      return ends[kind].changed;
    case 'unchanged':
      return ends[kind].unchanged;
    case 'skipped':
      return 'blocked';
    case 'failed':
    case 'interrupted':
    case 'cancelled':
    case 'unavailable':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

/** The status as text; `kind` is the kind of the run that it comes from. */
export function statusText(status: Status, kind: RunKind = 'run'): Message {
  switch (status) {
    case 'running':
      return outcomeWords(kind).running;
    case 'failed':
      return outcomeWords(kind).failed;
    case 'interrupted':
      return msg('interrupted');
    case 'unreachable':
      return msg('unreachable');
    case 'blocked':
      return msg('blocked');
    case 'not-started':
      return msg('not started');
    case 'drifted':
      return msg('drifted');
    case 'needed':
      return msg('needed');
    case 'undone':
      return msg('undone');
    case 'nothing-to-undo':
      return msg('nothing to undo');
    case 'cancelled':
      return outcomeWords(kind).cancelled;
    case 'unknown':
      return msg('unknown');
    case 'unchecked':
      return msg('not checked');
    case 'changed':
      return msg('changed');
    case 'unchanged':
      return msg('unchanged');
    case 'done':
      return msg('done');
    case 'unavailable':
      return msg('no packages for the release');
    default:
      return assertNever(status);
  }
}

/** Progress of yum or dnf, 0 to 100; undefined if not reported. */
export function percentOf(progress: YumProgress | undefined): number | undefined {
  return progress?.percent === undefined ? undefined : Math.floor(progress.percent);
}

/** Appends the count of Packstack's manifests to a text; unchanged for the package tools, and while nothing is counted. */
export function withManifest(text: Message, progress: YumProgress | undefined): Message {
  if (progress?.tool !== 'packstack' || progress.total === 0) return text;
  const { label, done, total } = progress;
  return joined([text, msg('{0}, {1} of {2} manifests applied', label, done, total)], ': ');
}

/** The estimated time left, rounded so that it does not flicker; undefined without an estimate. */
export function timeLeftText(milliseconds: number | undefined): Message | undefined {
  if (milliseconds === undefined) return undefined;
  const seconds = Math.ceil(milliseconds / 5000) * 5;
  if (seconds < 60) return msg('about {0} s left', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return msg('about {0} min left', minutes);
  return msg('about {0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}

/** Formats a duration given in milliseconds. */
export function durationText(milliseconds: number): Message {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return msg('{0} s', seconds);
  if (seconds < 3600) return msg('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
  return msg('{0} h {1} min', Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}
