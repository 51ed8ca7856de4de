import type { Range } from 'vscode-languageserver';
import { type Positions, positions } from '../../base/position.ts';
import type { Span } from '../../base/problem.ts';
import type { Decoded } from '../../cluster/decode.ts';
import type { Cluster } from '../../cluster/model.ts';
import { readCluster } from '../../rules/decode.ts';
import { createParseMemory } from '../../schema/memory.ts';
import type { Reading } from '../../schema/read.ts';

/** One version of a cluster file, as every feature sees it; it holds until the next version is read. */
export interface ClusterDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly positions: Positions;
  readonly decoded: Decoded;
  /** Absent where nothing was read: the file is empty or too large. */
  readonly reading?: Reading;
  /** What the file says; while it cannot be read, what it said last. */
  readonly cluster?: Cluster;
}

/** The name, version and text of a file as its editor has them. */
export interface VersionedText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** Reads the versions of one file; of each only what differs from the one before is parsed. */
export function createDocumentReader(): (source: VersionedText) => ClusterDocument {
  const memory = createParseMemory();
  let last: ClusterDocument | undefined;
  return ({ uri, version, text }) => {
    if (last?.version === version && last.text === text) return last;
    const read = readCluster(text, memory);
    const cluster = read.decoded.cluster ?? last?.cluster;
    last = { uri, version, text, positions: positions(text), ...read, ...(cluster ? { cluster } : {}) };
    return last;
  };
}

/** A span as LSP has it. */
export function rangeOf({ positions }: Pick<ClusterDocument, 'positions'>, { start, end }: Span): Range {
  const place = (offset: number) => {
    const { line, column } = positions.at(offset);
    return { line, character: column };
  };
  return { start: place(start), end: place(end) };
}

/** Makes something of a version once, for all the features that ask for it. */
export function perDocument<T>(make: (document: ClusterDocument) => T): (document: ClusterDocument) => T {
  const made = new WeakMap<ClusterDocument, { readonly value: T }>();
  return (document) => {
    const before = made.get(document);
    if (before) return before.value;
    const value = make(document);
    made.set(document, { value });
    return value;
  };
}
