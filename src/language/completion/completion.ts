import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';
import { isMap, isNode, isSeq, type Node, type Pair } from 'yaml';
import type { Translate } from '../../base/l10n.ts';
import { visible } from '../../base/visible.ts';
import { clusterSchema } from '../../cluster/schema.ts';
import { listOf, schemaAt } from '../../schema/at.ts';
import { keyText } from '../../schema/key-text.ts';
import { blocksOf } from '../document/blocks.ts';
import { type Cursor, cursorAt } from '../document/cursor.ts';
import { type ClusterDocument, rangeOf } from '../document/document.ts';
import { markdown } from '../explain/page.ts';
import { keySuggestions } from './keys.ts';
import { literal, type Suggestion } from './suggestion.ts';
import { valueSuggestions } from './values.ts';
import type { Known } from './words.ts';

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  step: CompletionItemKind.Function,
  secret: CompletionItemKind.Variable,
  snippet: CompletionItemKind.Snippet,
};

function suggestionsAt(document: ClusterDocument, cursor: Cursor, known: Known): readonly Suggestion[] {
  if (cursor.slot === 'key') return keySuggestions(document, cursor);
  const values = valueSuggestions(document, cursor, known);
  // A word alone on its line in place of a map is the first key of that map.
  const schema = schemaAt(clusterSchema, cursor.path);
  const isMapping = schema?.kind === 'object' || schema?.kind === 'record';
  if (cursor.slot === 'item') {
    const item = listOf(schema)?.item;
    const hasMap = item?.kind === 'object' || item?.kind === 'text-or';
    return hasMap && !cursor.isFlow && values.length === 0
      ? keySuggestions(document, { ...cursor, path: [...cursor.path, 0] })
      : values;
  }
  return isMapping && values.length === 0 && isAlone(document.text, cursor)
    ? keySuggestions(document, cursor)
    : values;
}

/** Keys of the same map elsewhere in the text. */
/** The value of an entry or an item; a map can have thousands. */
function valueIn(node: unknown, part: string | number): Node | undefined {
  const value = isMap(node)
    ? (node.items as Pair[]).find(({ key }) => keyText(key) === part)?.value
    : isSeq(node) && typeof part === 'number'
      ? node.items[part]
      : undefined;
  return isNode(value) ? value : undefined;
}

function keysAround({ text, reading }: ClusterDocument, { path, span }: Cursor): readonly string[] {
  let node: Node | null | undefined = reading?.doc.contents;
  for (const part of path) node = valueIn(node, part);
  if (!isMap(node)) return [];
  const others = blocksOf(text, node, []).filter(({ key }) => {
    const start = key?.range?.[0] ?? 0;
    return start < span.start || start > span.end;
  });
  return others.map((block) => String(block.path[0]));
}

function isAlone(text: string, { span }: Cursor): boolean {
  return text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).trim() === '';
}

/** A snippet without placeholders, for editors without snippet support. */
function withoutPlaces(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '')
    .replaceAll(/\\([\\$}])/g, '$1');
}

/** The client: its language and its capabilities. */
export interface Asker {
  readonly translate: Translate;
  readonly hasSnippets: boolean;
  /** Whether it has VS Code's command that opens the list of completions. */
  readonly hasSuggestCommand: boolean;
}

/** The word at the cursor, which a completion replaces. */
interface Word {
  readonly range: Range;
  /** Its opening quote; empty if unquoted. */
  readonly quote: string;
  readonly lead: Cursor['lead'];
}

/** The text that replaces the word. */
function newText({ label, snippet }: Suggestion, { quote, lead }: Word, hasSnippets: boolean): string {
  const hasDash = snippet?.startsWith('- ') ?? false;
  const before = hasDash && lead === '- ' ? '' : lead;
  const full = `${before}${snippet ?? literal(`${quote}${label}${quote}`)}`;
  return hasSnippets ? full : withoutPlaces(full);
}

function itemOf(
  suggestion: Suggestion,
  index: number,
  word: Word,
  { translate, hasSnippets, hasSuggestCommand }: Asker,
): CompletionItem {
  const { label, kind, detail, page = [], isPoor = false, goesOn = false } = suggestion;
  return {
    label: visible(label),
    kind: kinds[kind],
    sortText: `${isPoor ? 1 : 0}${String(index).padStart(5, '0')}`,
    filterText: `${word.quote}${label}`,
    textEdit: { range: word.range, newText: newText(suggestion, word, hasSnippets) },
    insertTextFormat: hasSnippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.adjustIndentation,
    ...(detail && { labelDetails: { description: visible(detail) } }),
    ...(page.length > 0 && {
      documentation: { kind: MarkupKind.Markdown, value: markdown(page, translate) },
    }),
    ...(isPoor && { tags: [CompletionItemTag.Deprecated] }),
    ...(goesOn && hasSuggestCommand && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
  };
}

/** Completions at an offset, with documentation. */
export function completionsAt(
  document: ClusterDocument,
  offset: number,
  asker: Asker,
  known: Known = { interfaces: {} },
): readonly CompletionItem[] {
  const found = cursorAt(document.text, offset);
  if (!found) return [];
  const cursor = { ...found, others: [...found.others, ...keysAround(document, found)] };
  const written = document.text.slice(cursor.span.start, cursor.span.end);
  const word: Word = {
    range: rangeOf(document, cursor.span),
    quote: /^["']/.exec(written)?.[0] ?? '',
    lead: cursor.lead,
  };
  return suggestionsAt(document, cursor, known).map((suggestion, index) =>
    itemOf(suggestion, index, word, asker),
  );
}
