import { expandRange } from '../../cluster/range.ts';
import { type ClusterDocument, perDocument } from './document.ts';
import { type Mark, markAt, marksOf } from './marks.ts';

export type NameKind = 'node' | 'role' | 'network' | 'secret' | 'custom-step' | 'anchor';

/** A name chosen by the user, with all its occurrences in the file. */
export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  /** Its definitions: the node's key, the roles of nodes, the anchor; empty for a secret. */
  readonly definitions: readonly Mark[];
  readonly uses: readonly Mark[];
}

interface Names {
  readonly byKey: ReadonlyMap<string, Name>;
  /** A mark that refers to both a node and a role has both names. */
  readonly of: (mark: Mark) => readonly Name[];
}

const defined: Readonly<Partial<Record<Mark['means'], Exclude<NameKind, 'anchor'>>>> = {
  node: 'node',
  role: 'role',
  network: 'network',
  'custom-step': 'custom-step',
};

const named: Readonly<Partial<Record<Mark['means'], readonly Exclude<NameKind, 'anchor'>[]>>> = {
  'role-or-node': ['role', 'node'],
  'network-or-address': ['network'],
  secret: ['secret'],
  step: ['custom-step'],
};

/** The key of a name in `byKey`; each anchor is separate, because a file may redefine an anchor. */
function nameKey(kind: Exclude<NameKind, 'anchor'>, name: string): string {
  return `${kind}\n${name}`;
}

function anchorKey(anchor: Mark): string {
  return `anchor\n${anchor.span.start}`;
}

/** The anchor that an alias refers to: the last one of its name before it. */
function anchorBefore(anchors: readonly Mark[], { word, span }: Mark): Mark | undefined {
  return anchors.findLast((anchor) => anchor.word === word && anchor.span.start < span.start);
}

/** The keys of the names of a mark. */
function keysOf(mark: Mark, anchors: readonly Mark[]): readonly string[] {
  if (mark.means === 'anchor') return [anchorKey(mark)];
  const anchor = mark.means === 'alias' ? anchorBefore(anchors, mark) : undefined;
  if (anchor) return [anchorKey(anchor)];
  const kind = defined[mark.means];
  const kinds = kind ? [kind] : (named[mark.means] ?? []);
  return kinds.map((each) => nameKey(each, mark.word));
}

/** The names that a mark defines, including those of a range of nodes. */
function definedBy(mark: Mark): readonly (readonly [key: string, kind: NameKind, name: string])[] {
  if (mark.means === 'anchor') return [[anchorKey(mark), 'anchor', mark.word]];
  const kind = defined[mark.means];
  if (!kind) return [];
  const range = kind === 'node' && mark.word.includes('[') ? expandRange(mark.word) : undefined;
  const names = [mark.word, ...(range?.ok ? range.values : [])];
  return names.map((name) => [nameKey(kind, name), kind, name]);
}

/** Collects names. */
class NameTable {
  readonly byKey = new Map<string, Name & { readonly definitions: Mark[]; readonly uses: Mark[] }>();

  define(mark: Mark): void {
    for (const [key, kind, name] of definedBy(mark)) this.#get(key, kind, name).definitions.push(mark);
  }

  /** Records the references of a mark; without a definition they are dropped, except for secrets. */
  use(mark: Mark, anchors: readonly Mark[]): void {
    if (mark.means === 'secret') this.#get(nameKey('secret', mark.word), 'secret', mark.word);
    for (const key of keysOf(mark, anchors)) this.byKey.get(key)?.uses.push(mark);
  }

  #get(key: string, kind: NameKind, name: string) {
    const found = this.byKey.get(key) ?? { kind, name, definitions: [], uses: [] };
    this.byKey.set(key, found);
    return found;
  }
}

const namesOf = perDocument((document: ClusterDocument): Names => {
  const table = new NameTable();
  const marks = marksOf(document);
  const anchors = marks.filter(({ means }) => means === 'anchor');
  const isDefinition = ({ means }: Mark): boolean => means === 'anchor' || defined[means] !== undefined;
  for (const mark of marks) table.define(mark);
  for (const mark of marks) if (!isDefinition(mark)) table.use(mark, anchors);
  const { byKey } = table;
  return { byKey, of: (mark) => keysOf(mark, anchors).flatMap((key) => byKey.get(key) ?? []) };
});

/** All names of the file. */
export function allNames(document: ClusterDocument): readonly Name[] {
  return [...namesOf(document).byKey.values()];
}

/** The names of a kind, without duplicates. */
export function namesOfKind(document: ClusterDocument, kind: NameKind): readonly string[] {
  return allNames(document).flatMap((name) => (name.kind === kind ? [name.name] : []));
}

/** The name at an offset, with its word. */
export function namesAt(
  document: ClusterDocument,
  offset: number,
): { readonly mark: Mark; readonly names: readonly Name[] } | undefined {
  const mark = markAt(document, offset);
  const names = mark ? namesOf(document).of(mark) : [];
  return mark && names.length > 0 ? { mark, names } : undefined;
}
