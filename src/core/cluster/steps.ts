import { msg } from '../l10n.ts';
import type { Severity, Span } from '../problem.ts';
import { pathKey, type Reading } from '../schema/read.ts';
import type { Infer } from '../schema/schema.ts';
import { suggest } from '../schema/suggest.ts';
import { catalogue, findStep } from '../steps/catalogue.ts';
import type { Cluster, StepItem } from './model.ts';
import { nodesOn } from './roles.ts';
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
  for (const [index, item] of items.entries()) {
    const id = typeof item === 'string' ? item : item.name;
    const path = ['steps', kept[index] ?? index];
    const place = reading.places.get(pathKey(...path, 'name')) ?? reading.places.get(pathKey(...path));
    const span = place?.value ?? nowhere;
    const fault = (
      code: 'step-unknown' | 'step-duplicate' | 'step-unavailable',
      severity: Severity,
      message: ReturnType<typeof msg>,
    ): void => {
      reading.problems.push({ code, severity, span, message });
    };
    if (seen.has(id)) {
      fault('step-duplicate', 'error', msg('The step {0} is in the list already.', id));
      continue;
    }
    seen.add(id);
    const known = findStep(id);
    if (typeof item !== 'string') {
      if (known) {
        fault(
          'step-duplicate',
          'error',
          msg('{0} is a step of Stackprep; give your own step another name.', id),
        );
        continue;
      }
      const { check, run, on } = item;
      const nodes = on === undefined ? all : nodesOn(cluster.nodes, on);
      steps.push({ id, nodes, span, own: { run, ...(check === undefined ? {} : { check }) } });
      continue;
    }
    if (!known) {
      const near = suggest(
        id,
        catalogue.map((step) => step.id),
      );
      const text = near
        ? msg('There is no step {0}; did you mean {1}?', id, near)
        : msg('There is no step {0}; a step of your own needs name: and run:.', id);
      fault('step-unknown', 'error', text);
      continue;
    }
    if (!known.script) {
      fault(
        'step-unavailable',
        'information',
        msg('This version cannot run {0} yet; it is left out of runs.', id),
      );
    }
    steps.push({ id, nodes: all, span });
  }
  return steps;
}

/** The order of work that follows from the settings. */
export function impliedSteps(cluster: Cluster): readonly StepItem[] {
  const nodes = cluster.nodes.map((node) => node.name);
  return catalogue.filter((step) => step.impliedBy(cluster)).map((step) => ({ id: step.id, nodes }));
}
