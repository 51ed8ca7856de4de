import type { Message } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Meaning } from '../../schema/schema.ts';
import type { KnownInterfaces } from '../../view/interfaces.ts';
import type { Cursor } from '../document/cursor.ts';
import type { ClusterDocument } from '../document/document.ts';
import { marksOf } from '../document/marks.ts';
import { nextAddress, nodeNetworks } from './next.ts';
import { type Suggestion, value } from './suggestion.ts';

/** A time zone that is likely to be wanted, and why. */
export interface TimeZone {
  readonly name: string;
  readonly why: Message;
}

/** Information from outside the file. */
export interface Known {
  readonly interfaces: KnownInterfaces;
  /** The time zone of this computer, then those of other files; without duplicates. */
  readonly timeZones?: () => readonly TimeZone[];
}

/** Words of the same kind elsewhere in the file, without duplicates. */
export function wordsElsewhere(
  document: ClusterDocument,
  means: Meaning,
  { span }: Pick<Cursor, 'span'>,
): readonly string[] {
  const words = marksOf(document)
    .filter((mark) => mark.means === means && mark.whole.start !== span.start && mark.word !== '')
    .map(({ word }) => word);
  return [...new Set(words)];
}

/** The network interfaces in the file, then those of its nodes. */
export function interfaceNames(
  document: ClusterDocument,
  cursor: Pick<Cursor, 'span'>,
  { interfaces }: Known,
): readonly { readonly name: string; readonly nodes: number | undefined }[] {
  const names = new Set([...wordsElsewhere(document, 'interface', cursor), ...Object.keys(interfaces)]);
  return [...names].map((name) => {
    return { name, nodes: own(interfaces, name) };
  });
}

export function interfaceSuggestions(
  document: ClusterDocument,
  cursor: Cursor,
  known: Known,
): readonly Suggestion[] {
  return interfaceNames(document, cursor, known).map(({ name, nodes }) =>
    value(name, nodes === undefined ? {} : { detail: `→ ${nodes}` }),
  );
}

/** The next address after that of the last node. */
export function addressSuggestions({ cluster }: ClusterDocument): readonly Suggestion[] {
  const next = cluster && nextAddress(cluster.nodes);
  return next === undefined ? [] : [value(next)];
}

/** The ranges of the file's networks, then those that contain its nodes. */
export function rangeSuggestions(document: ClusterDocument, cursor: Cursor): readonly Suggestion[] {
  const { cluster } = document;
  const words = [...wordsElsewhere(document, 'network-range', cursor), ...nodeNetworks(cluster?.nodes ?? [])];
  return [...new Set(words)].map((word) => value(word));
}

/** The zones that are likely to be wanted, then all others. */
export function timeZoneSuggestions(
  _document: ClusterDocument,
  _cursor: Cursor,
  { timeZones }: Known,
): readonly Suggestion[] {
  const likely = timeZones?.() ?? [];
  const names = new Set(likely.map(({ name }) => name));
  const others = Intl.supportedValuesOf('timeZone').filter((name) => !names.has(name));
  return [
    ...likely.map(({ name, why }) => value(name, { page: [why] })),
    ...others.map((name) => value(name)),
  ];
}
