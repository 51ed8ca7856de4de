import { own } from '../base/own.ts';
import type { ProblemCode } from '../base/problem.ts';
import { clusterFor } from '../cluster/for-node.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { nodeFinder } from '../cluster/node-groups.ts';
import { layeredFile, layeredSections, type SectionLayer } from '../cluster/section-layers.ts';
import type { Path } from '../schema/places.ts';
import { pathKey } from '../schema/reading.ts';
import { perContext, type RuleContext, ruleContextOf } from './context.ts';
import type { Rule } from './rule.ts';

function hasSection(layer: SectionLayer): boolean {
  return layeredSections.some((section) => layer[section] !== undefined);
}

/** The nodes with such a section, or a group that has one; `shared` has the roles of these groups. */
const layeredNodes = nodeFinder((shared) => {
  const roles = new Set(shared.split('\n'));
  return (node, written) => hasSection(written) || node.roles.some((role) => roles.has(role));
});

/** A section of the file, of a group, or of a node. */
interface Layer {
  readonly path: Path;
  readonly layer: SectionLayer;
}

/** Nodes with the same layers, which are the strongest first. */
interface Layered {
  readonly nodes: readonly ClusterNode[];
  readonly layers: readonly Layer[];
}

function layeredOf({ file, cluster }: RuleContext): readonly Layered[] {
  const groups = Object.entries(file.groups ?? {}).filter(([, group]) => hasSection(group));
  const found = layeredNodes(cluster.nodes, groups.map(([role]) => role).join('\n'));
  const views = new Map<string, { readonly nodes: ClusterNode[]; readonly layers: readonly Layer[] }>();
  for (const node of found) {
    const { key, written, roles } = node;
    const layers = [
      ...(hasSection(written) ? [{ path: ['nodes', key], layer: written }] : []),
      ...roles.flatMap((role) =>
        groups
          .filter(([name]) => name === role)
          .map(([, layer]): Layer => ({ path: ['groups', role], layer })),
      ),
    ];
    const id = JSON.stringify(layers.map(({ path }) => path));
    const view = views.get(id) ?? { nodes: [], layers };
    views.set(id, view);
    view.nodes.push(node);
  }
  return [...views.values()];
}

/** The list at a path of sections; empty if there is none. */
function itemsAt(sections: SectionLayer, list: Path): readonly unknown[] {
  const found = list.reduce<unknown>(
    (value, key) => own(value as Readonly<Record<string, unknown>> | undefined, String(key)),
    sections,
  );
  return Array.isArray(found) ? found : [];
}

/** Where the items of a joined list are written: the layer, and the index there among those that could be read. */
function originOf(all: readonly Layer[], list: Path, item: unknown): Path | undefined {
  for (const { path, layer } of all) {
    const index = itemsAt(layer, list).findIndex((each) => JSON.stringify(each) === JSON.stringify(item));
    if (index !== -1) return [...path, ...list, index];
  }
  return undefined;
}

/** The file as the nodes of a view have it: their settings count, and each is where it is written. */
function viewOf(context: RuleContext, { nodes, layers }: Layered): RuleContext {
  const { file, cluster, reading, today } = context;
  const [first] = nodes;
  const merged = layeredFile(
    file,
    layers.map(({ layer }) => layer),
  );
  const whole = { ...file, ...merged };
  const all: readonly Layer[] = [...layers, { path: [], layer: file }];
  const isSection = (path: Path): boolean => layeredSections.some((section) => section === path[0]);
  const located = (path: Path): Path => {
    const [section, key, index, ...rest] = path;
    if (!isSection(path)) return path;
    if (typeof index === 'number') {
      const list = [section ?? '', key ?? ''];
      const found = originOf(all, list, itemsAt(whole, list)[index]);
      if (!found) return path;
      const place = found.slice(0, -1);
      const at = Number(found.at(-1));
      return [...place, reading.kept.get(pathKey(...place))?.[at] ?? at, ...rest];
    }
    const holder = all.find((layer) => reading.places.get(pathKey(...layer.path, ...path)));
    return holder ? [...holder.path, ...path] : path;
  };
  const theirs = first ? clusterFor(cluster, first) : cluster;
  const view = ruleContextOf({
    file: whole,
    cluster: { ...theirs, nodes },
    reading: { ...reading, kept: withoutSections(reading.kept) },
    today,
  });
  return {
    ...view,
    located,
    at: (...path) => reading.places.get(pathKey(...located(path))),
    isWhole: (...path) =>
      isSection(path)
        ? all.every((layer) => context.isWhole(...layer.path, ...path))
        : context.isWhole(...path),
  };
}

/** `located` already knows the indexes in these sections. */
function withoutSections(kept: RuleContext['reading']['kept']): Map<string, readonly number[]> {
  return new Map(
    [...kept].filter(([path]) => !layeredSections.some((section) => path.startsWith(`${section}\n`))),
  );
}

/** The contexts of nodes whose groups or own settings change these sections, and first that of all others. */
const views = perContext((context): readonly RuleContext[] => {
  const layered = layeredOf(context);
  if (layered.length === 0) return [context];
  const names = new Set(layered.flatMap(({ nodes }) => nodes.map(({ name }) => name)));
  const others = context.cluster.nodes.filter(({ name }) => !names.has(name));
  const plain = others.length > 0 ? [viewOf(context, { nodes: others, layers: [] })] : [];
  return [...plain, ...layered.map((each) => viewOf(context, each))];
});

/** The rules; those with one of the codes (all without any) are checked once for every set of nodes with the same settings. */
export function inEveryView(rules: readonly Rule[], codes: readonly ProblemCode[] = []): readonly Rule[] {
  return rules.map((rule): Rule => {
    if (codes.length > 0 && !codes.includes(rule.code)) return rule;
    return {
      ...rule,
      check: (context, report) => {
        for (const view of views(context)) rule.check(view, report);
      },
    };
  });
}
