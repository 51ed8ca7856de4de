import type { YumEvent } from '../events.ts';
import type { YumSummary } from '../summarize.ts';
import { type Ending, endings } from './endings.ts';
import type { Area, KnownFailure } from './known-failure.ts';
import { type Explanation, explained, type Hit, hitsIn } from './match.ts';
import { createMemory, type HitFinder, type Memory } from './memory.ts';

export interface Explained {
  /** Why the run failed; undefined if it succeeded or the cause is unknown. */
  readonly explanation?: Explanation;
  /** Problems that did not stop the run. */
  readonly notes: readonly Explanation[];
}

/** Determines, event by event and in constant memory, the cause of a run's outcome; with several runs, of the last one. */
export interface Explainer {
  add(event: YumEvent): void;
  find(summary: YumSummary): Explained;
}

/** Areas that can stop a running transaction; earlier problems did not stop the run. */
const inTransaction: ReadonlySet<Area> = new Set(['transaction', 'disk', 'database', 'system']);

/** Areas reported by the shell or rpm while yum and dnf print nothing, or before they end. */
const unspoken: readonly Area[] = ['system', 'disk', 'database', 'signature'];

/** Whether a problem in that area can have ended an unfinished run: not if the run continued after it. */
function stillHolds({ area, isBeforeTransaction }: KnownFailure, { waiting, reached }: Memory): boolean {
  if (area === 'lock') return waiting;
  if (isBeforeTransaction && reached === 'transaction') return false;
  return reached !== 'transaction' || inTransaction.has(area);
}

/** Whether a problem can be why something failed: of those that stop no run, only packages that are missing. */
function isCause({ area, level, because }: KnownFailure): boolean {
  return !because && (level === 'error' || area === 'package');
}

/** The most specific match that is a cause rather than a report of one; `areas` limits the candidates. */
function causeIn(hits: readonly Hit[], areas?: readonly Area[]): Hit | undefined {
  return hits.find(({ failure }) => isCause(failure) && (areas?.includes(failure.area) ?? true));
}

function isFailedScript({ failure }: Hit, areas: readonly Area[]): boolean {
  return !failure.because && failure.area === 'transaction' && areas.includes('transaction');
}

/** A package is not missing if the repository that may have it could not be read: why it could not. */
function withoutRepository(before: readonly Hit[]): Hit | undefined {
  const isRead = !before.some(({ failure }) => failure.id === 'metadata-failed');
  return isRead ? undefined : causeIn(before, ['repository']);
}

/** What the kernel ended can have said no last words: those are of the script that ran it. */
function isKill({ failure, explanation }: Hit): boolean {
  return failure.id === 'out-of-memory' && /\bKilled\b/.test(explanation.line);
}

function causeOf({ outcome, mainError, details }: YumSummary, memory: Memory): Hit | undefined {
  const fits = ({ failure }: Hit): boolean => outcome !== 'incomplete' || stillHolds(failure, memory);
  const hits = hitsIn(mainError === undefined ? [] : [mainError, ...details]).filter(fits);
  const before = memory.hits.filter(fits);
  const [report] = hits;
  const areas = report?.failure.because;
  // With rpm 6, also a script that stops no package fails its transaction.
  const behind = areas && (causeIn(before, areas) ?? before.find((hit) => isFailedScript(hit, areas)));
  const own = causeIn(hits) ?? behind ?? report;
  const found = own?.failure.id === 'package-missing' ? (withoutRepository(before) ?? own) : own;
  // Never explain an unknown error with the cause of another.
  if (found || memory.reported) return found ?? before.find(isKill);
  const isLast = memory.reached === 'nothing' && !memory.continued;
  const possible = outcome === 'failed' || isLast ? undefined : unspoken;
  return (
    causeIn(before, possible) ??
    before.find(({ failure }) => !failure.because && (possible?.includes(failure.area) ?? true))
  );
}

function endOf(ending: Ending): Explanation | undefined {
  const known = endings.find(({ is }) => is(ending));
  return known && explained(known.id, '', known.diagnose());
}

/** Whether the explanation says it already: the same, or more about the package that is missing. */
function isSaid({ failure, explanation }: Hit, main: Explanation | undefined): boolean {
  if (!main || failure.id === main.id) return main !== undefined;
  const [named] = 'args' in main.cause ? main.cause.args : [];
  const isMissing = failure.id === 'package-missing' || failure.id === 'package-unavailable';
  return isMissing && typeof named === 'string' && explanation.line.includes(named);
}

export function createExplainer(hitsOfLine?: HitFinder): Explainer {
  const memory = createMemory(hitsOfLine);
  return {
    add: memory.add,
    find(summary) {
      const seen = memory.recall();
      const { outcome } = summary;
      const well = outcome === 'success' || outcome === 'nothing-to-do';
      const explanation = well
        ? undefined
        : (causeOf(summary, seen)?.explanation ?? endOf({ outcome, ...seen }));
      const notes = seen.hits
        .filter((hit) => hit.failure.level === 'warning' && !isSaid(hit, explanation))
        .map((hit) => hit.explanation);
      return explanation ? { explanation, notes } : { notes };
    },
  };
}
