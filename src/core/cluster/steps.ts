import { msg } from '../l10n.ts';
import type { Problem, Severity, Span } from '../problem.ts';
import { replacement } from '../schema/mends.ts';
import { pathKey, type Reading } from '../schema/read.ts';
import type { Infer } from '../schema/schema.ts';
import { suggest } from '../schema/suggest.ts';
import { type CatalogueStep, catalogue, findStep } from '../steps/catalogue.ts';
import type { Cluster, StepItem } from './model.ts';
import { nodesOn } from './on.ts';
import { removeItem } from './rules/edits.ts';
import { fixBy } from './rules/rule.ts';
import type { clusterSchema } from './schema.ts';

type FileStep = NonNullable<Infer<typeof clusterSchema>['steps']>[number];
const nowhere: Span = { start: 0, end: 0 };

/** The order of work of a file that names its steps, and what is wrong with it. */
export function namedSteps(
  items: readonly FileStep[],
  cluster: Cluster,
  reading: Reading,
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
    const known = findStep(id);
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
        const message = msg('{0} is a step of Stackprep; give your own step another name.', id);
        fault({ code: 'step-duplicate', message });
        return;
      }
      const { check, run, on } = item;
      const nodes = on === undefined ? all : nodesOn(cluster.nodes, on);
      steps.push({ id, nodes, span, own: { run, ...(check === undefined ? {} : { check }) } });
      return;
    }
    if (!known) {
      fault(unknownStep(reading, { id, span, ids }));
      return;
    }
    if (!known.script) {
      const message = msg('This version cannot run {0} yet; it is left out of runs.', id);
      fault({ code: 'step-unavailable', severity: 'information', message });
    }
    steps.push({ id, nodes: nodesOf(known, cluster), span });
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
}

function unknownStep(reading: Reading, { id, span, ids }: UnknownStep): StepProblem {
  const near = suggest(
    id,
    catalogue.map((step) => step.id),
  );
  const message = near
    ? msg('There is no step {0}; did you mean {1}?', id, near)
    : msg('There is no step {0}; a step of your own needs name: and run:.', id);
  const fix =
    near === undefined || ids.includes(near) ? {} : { fix: replacement(reading.source, span, near) };
  return { code: 'step-unknown', message, ...fix };
}

/** The names of the nodes that a step of the catalogue runs on. */
function nodesOf(step: CatalogueStep, cluster: Cluster): readonly string[] {
  if (step.script && step.nodes) return step.nodes(cluster);
  return cluster.nodes.map((node) => node.name);
}

/** The order of work that follows from the settings. */
export function impliedSteps(cluster: Cluster): readonly StepItem[] {
  return catalogue
    .filter((step) => step.impliedBy(cluster))
    .map((step) => ({ id: step.id, nodes: nodesOf(step, cluster) }));
}
