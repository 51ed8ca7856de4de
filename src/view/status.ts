import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg } from '../base/l10n.ts';
import type { RunKind } from '../base/states.ts';
import type { StepStatus } from '../run/state.ts';
import type { YumProgress } from '../yum/progress.ts';
import { outcomeWords } from './outcome-words.ts';

/** The displayed status of one step on one node, or of several combined. */
export type Status =
  | 'running'
  | 'failed'
  | 'drifted'
  | 'needed'
  | 'cancelled'
  | 'unknown'
  | 'unchecked'
  | 'done'
  | 'unavailable';

/** Precedence when several statuses are combined: running first, then failures, then pending work. */
const precedence: readonly Status[] = [
  'running',
  'failed',
  'drifted',
  'needed',
  'cancelled',
  'unknown',
  'unchecked',
  'done',
  'unavailable',
];

/** The order in a summary: failures must not be cut off. */
const telling: readonly Status[] = [
  'failed',
  'running',
  'done',
  'needed',
  'drifted',
  'cancelled',
  'unknown',
  'unchecked',
];

/** The status of a step on a node; a check that finds it done overrides an older failure. */
export function statusOf(step: StepStatus | undefined): Status {
  if (!step) return 'unchecked';
  if (step.phase !== undefined && step.phase !== 'queued') return 'running';
  if (step.outcome === 'unavailable') return 'unavailable';
  if ((step.outcome === 'failed' || step.outcome === 'interrupted') && step.state !== 'done') return 'failed';
  if (step.outcome === 'cancelled' && step.state !== 'done') return 'cancelled';
  return step.state ?? 'unchecked';
}

/** Combines several statuses into one. */
export function worstOf(statuses: readonly Status[]): Status {
  return precedence.find((status) => statuses.includes(status)) ?? 'unchecked';
}

/** The status as text next to a name; `kind` is the kind of the last run, which a failure comes from. */
export function statusText(status: Status, kind: RunKind = 'run'): Message {
  switch (status) {
    case 'running':
      return outcomeWords(kind).running;
    case 'failed':
      return outcomeWords(kind).failed;
    case 'drifted':
      return msg('drifted');
    case 'needed':
      return msg('needed');
    case 'cancelled':
      return outcomeWords(kind).cancelled;
    case 'unknown':
      return msg('unknown');
    case 'unchecked':
      return msg('not checked');
    case 'done':
      return msg('done');
    case 'unavailable':
      return msg('not supported by this version');
    default:
      return assertNever(status);
  }
}

function countText(status: Status, count: number): Message {
  switch (status) {
    case 'running':
      return msg('{0} running', count);
    case 'failed':
      return msg('{0} failed', count);
    case 'drifted':
      return msg('{0} drifted', count);
    case 'needed':
      return msg('{0} needed', count);
    case 'cancelled':
      return msg('{0} cancelled', count);
    case 'unknown':
      return msg('{0} unknown', count);
    case 'unchecked':
      return msg('{0} not checked', count);
    case 'done':
      return msg('{0} done', count);
    case 'unavailable':
      return msg('{0} not supported by this version', count);
    default:
      return assertNever(status);
  }
}

/** `3 done, 1 needed`; undefined if nothing is known. */
export function summaryText(statuses: readonly Status[]): Message | undefined {
  if (statuses.every((status) => status === 'unchecked' || status === 'unavailable')) return undefined;
  const parts = telling.flatMap((status) => {
    const count = statuses.filter((each) => each === status).length;
    return count > 0 ? [countText(status, count)] : [];
  });
  return joined(parts, ', ');
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
