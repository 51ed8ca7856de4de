import type { Span } from '../base/problem.ts';
import type { ClusterReading } from '../cluster/decode.ts';
import type { OsId } from '../data/operating-systems.ts';
import { pathKey } from '../schema/reading.ts';
import type { ClusterNode, Repositories } from './model.ts';

/** An item of a cluster file that can have code lenses. */
export interface OutlineItem {
  readonly id: string;
  readonly span: Span;
  /** Names of the nodes concerned (for a node, its own name). */
  readonly nodes: readonly string[];
  /** False for a step without a script in this version. */
  readonly runnable: boolean;
  /** A node or step of the run in progress that the file no longer has; its span means nothing. */
  readonly isGone?: true;
}

/** Settings that a remedy may need to change. */
export interface Repairable {
  readonly repositories: Pick<Repositories, 'rdo' | 'epel' | 'archive'>;
}

/** The parts of one version of a cluster file that can have code lenses. */
export interface Outline {
  readonly uri: string;
  readonly version: number;
  readonly cluster: OutlineItem;
  readonly nodes: readonly (OutlineItem & { readonly address?: string; readonly roles: readonly string[] })[];
  /** Keys with several nodes, by their text. */
  readonly ranges: readonly OutlineItem[];
  /** In the order of work; a step derived from the settings has the span of the `cluster` key. */
  readonly steps: readonly OutlineItem[];
  readonly settings: Repairable;
  /** What the file prepares the nodes for, as far as it says. */
  readonly release?: string;
  readonly os?: OsId;
}

/** The keys of the file with several nodes. */
function rangesOf(nodes: readonly ClusterNode[], source: string): readonly OutlineItem[] {
  const groups = new Map<number, { readonly span: Span; readonly nodes: string[] }>();
  for (const { name, span } of nodes) {
    const group = groups.get(span.start) ?? { span, nodes: [] };
    group.nodes.push(name);
    groups.set(span.start, group);
  }
  return [...groups.values()].flatMap(({ span, nodes: names }) => {
    const id = source.slice(span.start, span.end).replace(/^["']|["']$/g, '');
    return names.length > 1 ? [{ id, span, nodes: names, runnable: true }] : [];
  });
}

/** The outline of a decoded text; undefined if its nodes cannot be read. */
export function outlineOf({
  decoded,
  reading,
}: ClusterReading): Omit<Outline, 'uri' | 'version'> | undefined {
  const { cluster } = decoded;
  if (!cluster || !reading) return undefined;
  const head: Span = reading.places.get(pathKey('cluster'))?.key ?? { start: 0, end: 0 };
  const all = cluster.nodes.map((node) => node.name);
  const steps = cluster.steps.map((item): OutlineItem => {
    const { id, span = head, nodes, isUnavailable } = item;
    return { id, span, nodes, runnable: !isUnavailable };
  });
  const { rdo, epel, archive } = cluster.repositories;
  const { release } = cluster.openstack;
  const { os } = cluster.system;
  return {
    cluster: { id: cluster.name, span: head, nodes: all, runnable: steps.some((step) => step.runnable) },
    nodes: cluster.nodes.map(({ name, span, address, roles }) => {
      const optional = address === undefined ? {} : { address };
      return { id: name, span, nodes: [name], runnable: true, ...optional, roles };
    }),
    ranges: rangesOf(cluster.nodes, reading.source),
    steps,
    settings: { repositories: { rdo, epel, archive } },
    ...(release !== undefined && { release }),
    ...(os !== undefined && { os }),
  };
}
