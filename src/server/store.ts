import { type Connection, type DocumentSymbol, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createProjectFiles } from '../app/project-file.ts';
import { type ClusterDocument, createDocumentReader } from '../language/document/document.ts';
import { type AnswersDocument, answersLanguage, readAnswersDocument } from '../language/packstack-answers.ts';
import { symbolsOf } from '../language/symbols.ts';
import { beginsWithAnswers, isAnswerFile, isOtherSettings } from '../packstack/name.ts';
import { languageId } from '../protocol/contributions.ts';
import type { InterfacesParams } from '../protocol/interfaces.ts';
import type { KnownInterfaces } from '../view/interfaces.ts';

/** The open documents of a client, parsed on demand. */
export interface DocumentStore {
  /** The newest version of an open cluster file. */
  get(uri: string): ClusterDocument | undefined;
  /** The newest version of an open answer file of Packstack. */
  answers(uri: string): AnswersDocument | undefined;
  /** Its outline; if it cannot be read, the last good one. */
  symbols(uri: string): readonly DocumentSymbol[];
  /** The other open cluster files, in their newest versions. */
  others(uri: string): readonly ClusterDocument[];
  /** The network interfaces reported by the nodes of a file, open or not; sent by the client once. */
  interfaces(uri: string): KnownInterfaces;
  setInterfaces(params: InterfacesParams): void;
  onDidChange(listener: (uri: string) => void): void;
  onDidClose(listener: (uri: string) => void): void;
  listen(connection: Connection): void;
}

interface Open {
  readonly read: ReturnType<typeof createDocumentReader>;
  symbols: readonly DocumentSymbol[];
}

/** Answer files of clients that do not support the language are recognized by their name or beginning. */
function isAnswers(document: TextDocument): boolean {
  const { uri } = document;
  return (
    document.languageId === answersLanguage || isAnswerFile(uri) || beginsWithAnswers(document.getText())
  );
}

/** Whether the settings of another program were taken for answers because they, too, begin with [general]. */
function isOther(document: TextDocument): boolean {
  return !isAnswerFile(document.uri) && isOtherSettings(document.getText());
}

/** The day in UTC, year-month-day. */
function dayOf(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Clients that attach the server to all YAML send other files as well; they get nothing. */
function isCluster(document: TextDocument): boolean {
  if (isAnswers(document)) return false;
  return document.languageId === languageId || /\.cluster\.ya?ml$/i.test(document.uri);
}

export function createDocumentStore(): DocumentStore {
  const documents = new TextDocuments(TextDocument);
  const open = new Map<string, Open>();
  const interfaces = new Map<string, KnownInterfaces>();
  const projects = createProjectFiles();
  const optionsOf = (uri: string) => ({ today: dayOf(), severities: projects.ofUri(uri)?.severities });
  const stateOf = (uri: string): Open => {
    const state = open.get(uri) ?? { read: createDocumentReader(optionsOf), symbols: [] };
    open.set(uri, state);
    return state;
  };
  const get = (uri: string): ClusterDocument | undefined => {
    const document = documents.get(uri);
    if (document && !isCluster(document)) return undefined;
    return document && stateOf(uri).read({ uri, version: document.version, text: document.getText() });
  };
  documents.onDidClose(({ document }) => open.delete(document.uri));
  const answers = (uri: string): AnswersDocument | undefined => {
    const document = documents.get(uri);
    return document && isAnswers(document) && !isOther(document)
      ? readAnswersDocument(
          { uri, version: document.version, text: document.getText() },
          projects.ofUri(uri)?.severities,
        )
      : undefined;
  };
  return {
    get,
    answers,
    symbols: (uri) => {
      const document = get(uri);
      const state = stateOf(uri);
      if (document && (document.decoded.cluster || state.symbols.length === 0))
        state.symbols = symbolsOf(document);
      return state.symbols;
    },
    others: (uri) =>
      documents.keys().flatMap((other) => {
        const document = other === uri ? undefined : get(other);
        return document ? [document] : [];
      }),
    interfaces: (uri) => interfaces.get(uri) ?? {},
    setInterfaces: ({ uri, interfaces: known }) => {
      if (Object.keys(known).length > 0) interfaces.set(uri, known);
      else interfaces.delete(uri);
    },
    onDidChange: (listener) => void documents.onDidChangeContent(({ document }) => listener(document.uri)),
    onDidClose: (listener) => void documents.onDidClose(({ document }) => listener(document.uri)),
    listen: (connection) => void documents.listen(connection),
  };
}
