import type { Range } from 'vscode-languageserver';
import { type Positions, positions } from '../../base/position.ts';
import type { Span } from '../../base/problem.ts';
import type { Decoded } from '../../cluster/decode.ts';
import type { Cluster } from '../../cluster/model.ts';
import { type ReadOptions, readCluster } from '../../rules/decode.ts';
import { createParseMemory } from '../../schema/memory.ts';
import type { Reading } from '../../schema/reading.ts';

/** One version of a cluster file, shared by all features; valid until the next version is read. */
export interface ClusterDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly positions: Positions;
  readonly decoded: Decoded;
  /** Undefined if nothing was read: the file is empty or too large. */
  readonly reading?: Reading;
  /** The decoded file; if it cannot be decoded, the last version that could. */
  readonly cluster?: Cluster;
}

/** The URI, version and text of a file in the editor. */
export interface VersionedText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** Reads the versions of a file; only changes since the previous version are parsed. */
export function createDocumentReader(
  optionsOf?: (uri: string) => Omit<ReadOptions, 'memory'>,
): (source: VersionedText) => ClusterDocument {
  const memory = createParseMemory();
  let last: ClusterDocument | undefined;
  return ({ uri, version, text }) => {
    if (last?.version === version && last.text === text) return last;
    const read = readCluster(text, { memory, ...optionsOf?.(uri) });
    const cluster = read.decoded.cluster ?? last?.cluster;
    last = { uri, version, text, positions: positions(text), ...read, ...(cluster ? { cluster } : {}) };
    return last;
  };
}

/** Converts a span to an LSP range. */
export function rangeOf({ positions }: Pick<ClusterDocument, 'positions'>, { start, end }: Span): Range {
  const place = (offset: number) => {
    const { line, column } = positions.at(offset);
    return { line, character: column };
  };
  return { start: place(start), end: place(end) };
}

/** Caches a value per version, for all features that need it. */
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
