import type { YumEvent } from '../events.ts';
import type { YumSummary } from '../summarize.ts';
import { type Ending, endings } from './endings.ts';
import type { Area } from './known-failure.ts';
import { type Explanation, explained, type Hit, hitsIn } from './match.ts';
import { createMemory, type Memory } from './memory.ts';

export interface Explained {
  /** Why the run did not end well; absent for one that did, and where the cause is not known. */
  readonly explanation?: Explanation;
  /** What the run survived and a reader should know all the same. */
  readonly notes: readonly Explanation[];
}

/** Finds out, event by event and in constant memory, why a run ended as it did; of several runs the last one counts. */
export interface Explainer {
  add(event: YumEvent): void;
  find(summary: YumSummary): Explained;
}

/** What can stop a transaction that had begun; troubles before it were overcome. */
const inTransaction: ReadonlySet<Area> = new Set(['transaction', 'disk', 'database', 'system']);

/** Areas of which the shell or rpm may speak where yum and dnf say nothing. */
const unspoken: readonly Area[] = ['system', 'disk', 'database'];

/** Whether a trouble in that area can be what an unfinished run ended with: it is over when the run went on. */
function stillHolds(area: Area, { waiting, reached }: Memory): boolean {
  if (area === 'lock') return waiting;
  return reached !== 'transaction' || inTransaction.has(area);
}

/** The most telling hit that is a cause and not a mere report; `areas` limits where it may lie. */
function causeIn(hits: readonly Hit[], areas?: readonly Area[]): Hit | undefined {
  return hits.find(({ failure }) => !failure.because && (areas?.includes(failure.area) ?? true));
}

function causeOf({ outcome, mainError, details }: YumSummary, memory: Memory): Hit | undefined {
  const fits = ({ failure }: Hit): boolean => outcome !== 'incomplete' || stillHolds(failure.area, memory);
  const told = hitsIn(mainError === undefined ? [] : [mainError, ...details]).filter(fits);
  const before = memory.hits.filter(fits);
  const [report] = told;
  const behind = report?.failure.because && causeIn(before, report.failure.because);
  const found = causeIn(told) ?? behind ?? report;
  // An error that nobody knows is not to be explained with another one's cause.
  if (found || memory.reported) return found;
  return causeIn(before, outcome === 'failed' ? undefined : unspoken);
}

function endOf(ending: Ending): Explanation | undefined {
  const known = endings.find(({ is }) => is(ending));
  return known && explained(known.id, '', known.tell());
}

export function createExplainer(): Explainer {
  const memory = createMemory();
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
        .filter(({ failure }) => failure.level === 'warning' && failure.id !== explanation?.id)
        .map((hit) => hit.explanation);
      return explanation ? { explanation, notes } : { notes };
    },
  };
}
