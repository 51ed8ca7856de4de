import { msg } from '../base/l10n.ts';
import { fixBy, type Problem, type Severity, type Span } from '../base/problem.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey, type Reading } from '../schema/read.ts';
import { suggest } from '../schema/suggest.ts';
import { removeItem } from './edits.ts';
import type { Cluster, StepItem } from './model.ts';
import { nodesOn } from './on.ts';
import type { FileShape } from './schema.ts';

type FileStep = NonNullable<FileShape['steps']>[number];

/** What a cluster file has to know of a step of the catalogue. */
export interface KnownStep {
  readonly id: string;
  /** Whether this version has a script for it. */
  readonly isAvailable: boolean;
  /** Whether the cluster's settings ask for it when the file has no `steps`. */
  readonly impliedBy: (cluster: Cluster) => boolean;
  /** The names of the nodes that it runs on; all of them where it does not say. */
  readonly nodes?: (cluster: Cluster) => readonly string[];
}

/** The steps that a cluster file can name, in the order of work that follows from the settings. */
export type StepCatalogue = readonly KnownStep[];

const nowhere: Span = { start: 0, end: 0 };

/** The order of work of a file that names its steps, and what is wrong with it. */
export function namedSteps(
  items: readonly FileStep[],
  cluster: Cluster,
  { reading, catalogue }: { readonly reading: Reading; readonly catalogue: StepCatalogue },
): readonly StepItem[] {
  const all = cluster.nodes.map((node) => node.name);
  const seen = new Set<string>();
  const steps: StepItem[] = [];
  const kept = reading.kept.get(pathKey('steps')) ?? [];
  const ids = items.map((item) => (typeof item === 'string' ? item : item.name));
  items.forEach((item, index) => {
    const id = ids[index] ?? '';
    const at = kept[index] ?? index;
    const place =
      reading.places.get(pathKey('steps', at, 'name')) ?? reading.places.get(pathKey('steps', at));
    const span = place?.value ?? nowhere;
    const fault: Fault = (problem) => {
      reading.problems.push({ severity: 'error', span, ...problem });
    };
    const known = catalogue.find((step) => step.id === id);
    if (seen.has(id)) {
      const edits = typeof item === 'string' ? removeItem(reading, ['steps'], at) : undefined;
      const fix = fixBy(msg('Remove {0}', id), edits);
      const message = msg('The step {0} is in the list already.', id);
      fault({ code: 'step-duplicate', message, ...(fix ? { fix } : {}) });
      return;
    }
    seen.add(id);
    if (typeof item !== 'string') {
      if (known) {
        const message = msg('`{0}` is a step of Stackprep; give your custom step another name.', id);
        fault({ code: 'step-duplicate', message });
        return;
      }
      const { check, run, on } = item;
      const nodes = on === undefined ? all : nodesOn(cluster.nodes, on);
      steps.push({ id, nodes, span, custom: { run, ...(check === undefined ? {} : { check }) } });
      return;
    }
    if (!known) {
      fault(unknownStep(reading, { id, span, ids, catalogue }));
      return;
    }
    if (!known.isAvailable) {
      const message = msg('This version cannot run {0} yet; it is left out of runs.', id);
      fault({ code: 'step-unavailable', severity: 'information', message });
    }
    steps.push({ ...itemOf(known, cluster), span });
  });
  return steps;
}

type StepProblem = Omit<Problem, 'severity' | 'span'> & { readonly severity?: Severity };
type Fault = (problem: StepProblem) => void;

interface UnknownStep {
  readonly id: string;
  readonly span: Span;
  /** Every step that the file names. */
  readonly ids: readonly string[];
  readonly catalogue: StepCatalogue;
}

function unknownStep(reading: Reading, { id, span, ids, catalogue }: UnknownStep): StepProblem {
  const near = suggest(
    id,
    catalogue.map((step) => step.id),
  );
  const message = near
    ? msg('There is no step {0}; did you mean {1}?', id, near)
    : msg('There is no step `{0}`; a custom step needs `name` and `run`.', id);
  const fix =
    near === undefined || ids.includes(near) ? {} : { fix: replacement(reading.source, span, near) };
  return { code: 'step-unknown', message, ...fix };
}

/** A step of the catalogue with the names of the nodes that it runs on. */
function itemOf({ id, isAvailable, nodes }: KnownStep, cluster: Cluster): StepItem {
  const names = nodes?.(cluster) ?? cluster.nodes.map((node) => node.name);
  return { id, nodes: names, ...(isAvailable ? {} : { isUnavailable: true }) };
}

/** The order of work that follows from the settings. */
export function impliedSteps(cluster: Cluster, catalogue: StepCatalogue): readonly StepItem[] {
  return catalogue.filter((step) => step.impliedBy(cluster)).map((step) => itemOf(step, cluster));
}
