import { msg } from '../base/l10n.ts';
import { fixBy, type Problem, type Severity, type Span } from '../base/problem.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey, type Reading } from '../schema/reading.ts';
import { suggest } from '../schema/suggest.ts';
import { removeItem } from './edits.ts';
import { clusterFor } from './for-node.ts';
import type { Cluster, StepItem } from './model.ts';
import { distinct } from './node-groups.ts';
import { allNames, nodesOn } from './on.ts';
import type { FileShape } from './schema.ts';

type FileStep = NonNullable<FileShape['steps']>[number];
type CustomStep = Exclude<FileStep, string>;

/** What the decoder needs to know about a step of the catalogue. */
export interface KnownStep {
  readonly id: string;
  /** Whether there is nothing to install for the release of the cluster. */
  readonly isMissing?: (cluster: Cluster) => boolean;
  /** Whether the cluster's settings require it when the file has no `steps`. */
  readonly impliedBy: (cluster: Cluster) => boolean;
  /** Names of the nodes that it runs on; all nodes if absent. */
  readonly nodes?: (cluster: Cluster) => readonly string[];
}

/** The steps that a cluster file can name, in the order derived from the settings. */
export type StepCatalogue = readonly KnownStep[];

const nowhere: Span = { start: 0, end: 0 };

/** Context for reading the steps of a file. */
interface Context {
  readonly cluster: Cluster;
  readonly reading: Reading;
  readonly catalogue: StepCatalogue;
  /** Every step that the file names. */
  readonly ids: readonly string[];
}

type StepProblem = Omit<Problem, 'severity' | 'span'> & { readonly severity?: Severity };

/** Result of reading one item of `steps`: an entry of the order of work, problems, or both. */
interface Read {
  readonly step?: StepItem;
  readonly problem?: StepProblem;
}

/** The order of work of a file that has `steps`, with its problems. */
export function namedSteps(
  items: readonly FileStep[],
  cluster: Cluster,
  { reading, catalogue }: { readonly reading: Reading; readonly catalogue: StepCatalogue },
): readonly StepItem[] {
  const kept = reading.kept.get(pathKey('steps')) ?? [];
  const context: Context = { cluster, reading, catalogue, ids: items.map(idOf) };
  const seen = new Set<string>();
  return items.flatMap((item, at) => {
    const index = kept[at] ?? at;
    const span = spanOf(reading, index);
    const isRepeated = seen.has(idOf(item));
    seen.add(idOf(item));
    const { step, problem } = isRepeated
      ? repeated(reading, item, index)
      : readItem(context, item, { span, index });
    if (problem) reading.problems.push({ severity: 'error', span, ...problem });
    return step ?? [];
  });
}

function idOf(item: FileStep): string {
  return typeof item === 'string' ? item : item.name;
}

function spanOf({ places }: Reading, index: number): Span {
  const place = places.get(pathKey('steps', index, 'name')) ?? places.get(pathKey('steps', index));
  return place?.value ?? nowhere;
}

function repeated(reading: Reading, item: FileStep, index: number): Read {
  const id = idOf(item);
  const edits = typeof item === 'string' ? removeItem(reading, ['steps'], index) : undefined;
  const fix = fixBy(msg('Remove {0}', id), edits);
  const message = msg('Step `{0}` is already in the list.', id);
  return { problem: { code: 'step-duplicate', message, ...(fix ? { fix } : {}) } };
}

/** Where an item of `steps` is in the file. */
interface ItemPlace {
  readonly span: Span;
  readonly index: number;
}

function readItem(context: Context, item: FileStep, place: ItemPlace): Read {
  return typeof item === 'string'
    ? catalogueStep(context, item, place)
    : customStep(context, item, place.span);
}

function customStep({ cluster, catalogue }: Context, item: CustomStep, span: Span): Read {
  const { name: id, check, run, on } = item;
  if (catalogue.some((step) => step.id === id)) {
    const message = msg('`{0}` is a built-in step. Rename your custom step.', id);
    return { problem: { code: 'step-duplicate', message } };
  }
  const nodes = on === undefined ? allNames(cluster.nodes) : nodesOn(cluster.nodes, on);
  return { step: { id, nodes, span, custom: { run, ...(check === undefined ? {} : { check }) } } };
}

function catalogueStep(context: Context, id: string, { span, index }: ItemPlace): Read {
  const known = context.catalogue.find((step) => step.id === id);
  if (!known) return { problem: unknownStep(context, id, span) };
  const step = { ...itemOf(known, context.cluster), span };
  if (!step.isUnavailable) return { step };
  const { release = '' } = context.cluster.openstack;
  const edits = removeItem(context.reading, ['steps'], index);
  const fix = fixBy(msg('Remove {0}', id), edits);
  const message = msg('There are no packages of `{0}` for {1}. Runs skip the step. Remove it.', id, release);
  return {
    step,
    problem: { code: 'step-unavailable', severity: 'warning', message, ...(fix ? { fix } : {}) },
  };
}

function unknownStep({ reading, catalogue, ids }: Context, id: string, span: Span): StepProblem {
  const near = suggest(
    id,
    catalogue.map((step) => step.id),
  );
  const message = near
    ? msg('There is no step `{0}`. Did you mean `{1}`?', id, near)
    : msg('There is no step `{0}`. A custom step needs `name` and `run`.', id);
  const fix =
    near === undefined || ids.includes(near) ? {} : { fix: replacement(reading.source, span, near) };
  return { code: 'step-unknown', message, ...fix };
}

const ownSettings = distinct(({ node }) => [node.own]);

/** The nodes whose own settings require a step; undefined if those of the file do, or if no node's do. */
function nodesImplying(step: KnownStep, cluster: Cluster): ReadonlySet<string> | undefined {
  if (step.impliedBy(cluster)) return undefined;
  const implying = new Set(
    [...ownSettings(cluster.nodes)].filter((own) => own && step.impliedBy(clusterFor(cluster, { own }))),
  );
  if (implying.size === 0) return undefined;
  const names = cluster.nodes.flatMap(({ own, name }) => (implying.has(own) ? [name] : []));
  return names.length === 0 ? undefined : new Set(names);
}

/** A catalogue step with the names of the nodes that it runs on: those that it is for, and whose settings it applies. */
function itemOf(step: KnownStep, cluster: Cluster): StepItem {
  const { id, isMissing, nodes } = step;
  const names = nodes?.(cluster) ?? allNames(cluster.nodes);
  const some = nodesImplying(step, cluster);
  const own = some ? names.filter((name) => some.has(name)) : names;
  return { id, nodes: own, ...(isMissing?.(cluster) ? { isUnavailable: true } : {}) };
}

/** The order of work derived from the settings. */
export function impliedSteps(cluster: Cluster, catalogue: StepCatalogue): readonly StepItem[] {
  return catalogue
    .filter((step) => step.impliedBy(cluster) || nodesImplying(step, cluster) !== undefined)
    .map((step) => itemOf(step, cluster));
}
