import { Range, type TestController, type TestItem, Uri, workspace } from 'vscode';
import { plain } from '../../base/l10n.ts';
import type { Span } from '../../base/problem.ts';
import type { Outline } from '../../cluster/outline.ts';
import { type Check, type CheckPlace, checksOf } from '../../view/checks.ts';
import { fileName } from '../editor/file-name.ts';
import { t } from '../editor/texts.ts';

/** Up to this number of nodes, all checks are shown at once, so that their lines have marks; otherwise when a node is opened. */
const eager = 25;

/** The test items: clusters, in them nodes, in them checks. */
export interface TestItems {
  /** The part of a file that an item shows. */
  placeOf(item: TestItem): CheckPlace | undefined;
  /** The item of a check; created if it is not shown yet. */
  of(uri: string, check: Check): TestItem | undefined;
  /** Creates the children of an item; of all, without one. */
  resolve(item: TestItem | undefined): void;
  /** Follows a change of a cluster file. */
  sync(uri: string): void;
}

interface Child {
  readonly id: string;
  /** All that a screen reader reads of the item, so there is no description: it would be read in place of the label. */
  readonly label: string;
  readonly span: Span;
  readonly place: CheckPlace;
  readonly hasChildren: boolean;
}

/** A function from spans to ranges in the newest text of a file; undefined while it is not open or has changed since. */
function rangesIn({ uri, version }: Outline): ((span: Span) => Range) | undefined {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri && !each.isClosed);
  if (!document || (version !== 0 && document.version !== version)) return undefined;
  return ({ start, end }) => new Range(document.positionAt(start), document.positionAt(end));
}

export function createTestItems(
  controller: TestController,
  outlineOf: (uri: string) => Outline | undefined,
  all: () => readonly Outline[],
): TestItems {
  const places = new WeakMap<TestItem, CheckPlace>();
  const opened = new WeakSet<TestItem>();

  function put(parent: TestItem | undefined, uri: string, child: Child, index: number): TestItem {
    const siblings = parent ? parent.children : controller.items;
    const known = siblings.get(child.id);
    const item = known ?? controller.createTestItem(child.id, t(plain(child.label)), Uri.parse(uri));
    places.set(item, child.place);
    item.label = t(plain(child.label));
    // The order of the file, not of the alphabet.
    item.sortText = String(index).padStart(6, '0');
    if (!known) {
      item.canResolveChildren = child.hasChildren;
      siblings.add(item);
    }
    return item;
  }

  function fill(
    parent: TestItem | undefined,
    outline: Outline,
    children: readonly Child[],
  ): readonly TestItem[] {
    const range = rangesIn(outline);
    const items = children.map((child, index) => {
      const item = put(parent, outline.uri, child, index);
      const found = range?.(child.span);
      if (found && !(item.range && found.isEqual(item.range))) item.range = found;
      return item;
    });
    if (!parent) return items;
    const kept = new Set(children.map(({ id }) => id));
    for (const [id] of [...parent.children]) if (!kept.has(id)) parent.children.delete(id);
    return items;
  }

  function fillNode(item: TestItem, outline: Outline, node: string): void {
    opened.add(item);
    const { uri } = outline;
    const checks = checksOf(outline, node).map(({ id, span }): Child => {
      return { id, label: id, span, place: { uri, node, step: id }, hasChildren: false };
    });
    fill(item, outline, checks);
  }

  function fillCluster(root: TestItem, outline: Outline): void {
    opened.add(root);
    const { uri, nodes } = outline;
    const items = fill(
      root,
      outline,
      nodes.map(({ id, span }): Child => {
        return { id, label: id, span, place: { uri, node: id }, hasChildren: true };
      }),
    );
    for (const item of items) {
      const { node } = places.get(item) ?? {};
      if (node !== undefined && (opened.has(item) || nodes.length <= eager)) fillNode(item, outline, node);
    }
  }

  function sync(uri: string): void {
    const outline = outlineOf(uri);
    if (!outline) {
      controller.items.delete(uri);
      return;
    }
    const { id, span } = outline.cluster;
    const index = all().findIndex((each) => each.uri === uri);
    const root = put(
      undefined,
      uri,
      { id: uri, label: `${id} (${fileName(uri)})`, span, place: { uri }, hasChildren: true },
      index,
    );
    const range = rangesIn(outline)?.(span);
    if (range) root.range = range;
    if (opened.has(root) || outline.nodes.length <= eager) fillCluster(root, outline);
  }

  function resolve(item: TestItem | undefined): void {
    if (!item) {
      for (const { uri } of all()) sync(uri);
      return;
    }
    const place = places.get(item);
    const outline = place && outlineOf(place.uri);
    if (!outline) return;
    if (place.node === undefined) fillCluster(item, outline);
    else if (place.step === undefined) fillNode(item, outline, place.node);
  }

  return {
    placeOf: (item) => places.get(item),
    of: (uri, { node, step }) => {
      const root = controller.items.get(uri);
      if (root && !opened.has(root)) resolve(root);
      const suite = root?.children.get(node);
      if (suite && !opened.has(suite)) resolve(suite);
      return suite?.children.get(step);
    },
    resolve,
    sync,
  };
}
