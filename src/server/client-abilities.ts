import {
  type ClientCapabilities,
  type CompletionItem,
  type DocumentSymbol,
  type Hover,
  MarkupKind,
  type SymbolInformation,
} from 'vscode-languageserver';

/** What a client can show. */
export interface ClientAbilities {
  readonly hasMarkdownInHovers: boolean;
  readonly hasMarkdownInCompletions: boolean;
  /** Whether the symbols of a document may be a tree. */
  readonly hasSymbolTree: boolean;
  /** Whether a diagnostic may have a link to the description of its code. */
  readonly hasCodeLinks: boolean;
  /** Whether the server may ask it to change a document. */
  readonly takesEdits: boolean;
}

/** Reads the abilities of a client; what it does not name, it does not have (LSP 3.17). */
export function abilitiesOf({ textDocument, workspace }: ClientCapabilities): ClientAbilities {
  const { hover, completion, documentSymbol, publishDiagnostics } = textDocument ?? {};
  return {
    hasMarkdownInHovers: hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    hasMarkdownInCompletions:
      completion?.completionItem?.documentationFormat?.includes(MarkupKind.Markdown) ?? false,
    hasSymbolTree: documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    hasCodeLinks: publishDiagnostics?.codeDescriptionSupport ?? false,
    takesEdits: workspace?.applyEdit ?? false,
  };
}

/** Markdown as plain text: without emphasis and code marks, links with their addresses in parentheses. */
export function plainTextOf(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]\n]{1,500})\]\(([^)\s]{1,500})\)/g, '$1 ($2)')
    .replaceAll(/\*\*([^*\n]{1,500})\*\*/g, '$1')
    .replaceAll(/```\w*\n?/g, '')
    .replaceAll(
      /`([^`\n]{1,500})`|\\([!-/:-@[-`{-~])/g,
      (_, code?: string, sign?: string) => code ?? sign ?? '',
    );
}

/** A hover in the format that the client shows. */
export function hoverFor(hover: Hover | null, { hasMarkdownInHovers }: ClientAbilities): Hover | null {
  const contents = hover?.contents;
  if (!hover || hasMarkdownInHovers || typeof contents !== 'object' || !('kind' in contents)) return hover;
  return { ...hover, contents: { kind: MarkupKind.PlainText, value: plainTextOf(contents.value) } };
}

/** Completions in the format that the client shows. */
export function completionsFor(
  items: readonly CompletionItem[],
  { hasMarkdownInCompletions }: ClientAbilities,
): CompletionItem[] {
  if (hasMarkdownInCompletions) return [...items];
  return items.map((item) => {
    const { documentation } = item;
    if (typeof documentation !== 'object') return item;
    const value = plainTextOf(documentation.value);
    return { ...item, documentation: { kind: MarkupKind.PlainText, value } };
  });
}

/** The symbols of a document as a tree, or as a list with the name of each container. */
export function symbolsFor(
  uri: string,
  symbols: readonly DocumentSymbol[],
  { hasSymbolTree }: ClientAbilities,
): DocumentSymbol[] | SymbolInformation[] {
  if (hasSymbolTree) return [...symbols];
  const flat = (list: readonly DocumentSymbol[], container?: string): SymbolInformation[] =>
    list.flatMap(({ name, kind, range, children = [] }) => [
      {
        name,
        kind,
        location: { uri, range },
        ...(container === undefined ? {} : { containerName: container }),
      },
      ...flat(children, name),
    ]);
  return flat(symbols);
}
