import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { isMap, isScalar, type Node } from 'yaml';
import { own } from '../base/own.ts';
import { visible } from '../base/visible.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { keyText } from '../schema/key-text.ts';
import { type Block, blocksOf } from './document/blocks.ts';
import { type ClusterDocument, perDocument, rangeOf } from './document/document.ts';

/** Maximum depth of the outline: a section, its entries, and their keys. */
const deepest = 2;

const kinds: Readonly<Record<string, SymbolKind>> = {
  nodes: SymbolKind.Class,
  networks: SymbolKind.Interface,
  services: SymbolKind.Object,
  steps: SymbolKind.Function,
};

function wordOf(node: Node | undefined): string {
  return isScalar(node) && !String(node.value ?? '').includes('\n') ? String(node.value ?? '') : '';
}

function named({ value }: Block): string {
  if (isScalar(value)) return wordOf(value);
  const name = isMap(value) ? value.items.find((pair) => keyText(pair.key) === 'name')?.value : undefined;
  return isScalar(name) ? wordOf(name) : '';
}

const nodesByName = perDocument(
  ({ cluster }: ClusterDocument): ReadonlyMap<string, ClusterNode> =>
    new Map(cluster?.nodes.map((node) => [node.name, node])),
);

function detailOf(document: ClusterDocument, { path, value }: Block): string {
  const [section, name] = path;
  const node = section === 'nodes' && nodesByName(document).get(String(name));
  return node ? [node.address, ...node.roles].join(' ') : wordOf(value);
}

function symbolOf(document: ClusterDocument, block: Block): DocumentSymbol | undefined {
  const { path, span, key, value } = block;
  const last = path.at(-1);
  const name = typeof last === 'number' ? named(block) : (last ?? '');
  if (name.trim() === '') return undefined;
  const section = String(path[0]);
  const kind = path.length === 2 ? (own(kinds, section) ?? SymbolKind.Property) : SymbolKind.Property;
  const head = key?.range ?? value?.range;
  const selection = key && head ? { start: head[0], end: head[1] } : span;
  return {
    name: visible(name),
    kind: path.length === 1 ? SymbolKind.Namespace : kind,
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, { start: selection.start, end: Math.min(selection.end, span.end) }),
    detail: typeof last === 'number' ? '' : visible(detailOf(document, block)),
    children: path.length < deepest ? childrenOf(document, value, path) : [],
  };
}

function childrenOf(
  document: ClusterDocument,
  node: Node | null | undefined,
  path: Block['path'],
): DocumentSymbol[] {
  return blocksOf(document.text, node, path).flatMap((block) => symbolOf(document, block) ?? []);
}

/** The document symbols of the file: its sections with their entries; empty if nothing can be read. */
export function symbolsOf(document: ClusterDocument): readonly DocumentSymbol[] {
  return childrenOf(document, document.reading?.doc.contents, []);
}
