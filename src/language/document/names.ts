import { expandRange } from '../../cluster/range.ts';
import { type ClusterDocument, perDocument } from './document.ts';
import { type Mark, markAt, marksOf } from './marks.ts';

export type NameKind = 'node' | 'role' | 'network' | 'secret' | 'custom-step' | 'anchor';

/** A name of the user's with every place where the file has it. */
export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  /** Where it gets its meaning: the node's key, the roles of nodes, the anchor; a secret has none. */
  readonly definitions: readonly Mark[];
  readonly uses: readonly Mark[];
}

interface Names {
  readonly byKey: ReadonlyMap<string, Name>;
  /** Names of a mark that means two things, a node and a role, come both. */
  readonly of: (mark: Mark) => readonly Name[];
}

type Found = Name & { readonly definitions: Mark[]; readonly uses: Mark[] };

const defined: Readonly<Partial<Record<Mark['means'], NameKind>>> = {
  node: 'node',
  role: 'role',
  network: 'network',
  'custom-step': 'custom-step',
};

const named: Readonly<Partial<Record<Mark['means'], readonly NameKind[]>>> = {
  'role-or-node': ['role', 'node'],
  'network-or-address': ['network'],
  secret: ['secret'],
  step: ['custom-step'],
};

/** The anchor that an alias means: the last one of its name before it. */
function anchorBefore(anchors: readonly Mark[], { word, span }: Mark): Mark | undefined {
  return anchors.findLast((anchor) => anchor.word === word && anchor.span.start < span.start);
}

const namesOf = perDocument((document: ClusterDocument): Names => {
  const byKey = new Map<string, Found>();
  const get = (kind: NameKind, name: string, key = `${kind}\n${name}`): Found => {
    const found = byKey.get(key) ?? { kind, name, definitions: [], uses: [] };
    byKey.set(key, found);
    return found;
  };
  const marks = marksOf(document);
  const anchors = marks.filter(({ means }) => means === 'anchor');
  for (const mark of marks) {
    const kind = defined[mark.means];
    if (mark.means === 'anchor')
      get('anchor', mark.word, `anchor\n${mark.span.start}`).definitions.push(mark);
    if (!kind) continue;
    get(kind, mark.word).definitions.push(mark);
    const range = mark.means === 'node' && mark.word.includes('[') ? expandRange(mark.word) : undefined;
    if (range?.ok) for (const name of range.values) get('node', name).definitions.push(mark);
  }
  const keyOf = (mark: Mark): readonly string[] => {
    if (mark.means === 'anchor') return [`anchor\n${mark.span.start}`];
    const anchor = mark.means === 'alias' ? anchorBefore(anchors, mark) : undefined;
    if (anchor) return [`anchor\n${anchor.span.start}`];
    const kind = defined[mark.means];
    if (kind) return [`${kind}\n${mark.word}`];
    return (named[mark.means] ?? []).map((each) => `${each}\n${mark.word}`);
  };
  for (const mark of marks) {
    if (defined[mark.means] || mark.means === 'anchor') continue;
    if (mark.means === 'secret') get('secret', mark.word);
    for (const key of keyOf(mark)) byKey.get(key)?.uses.push(mark);
  }
  return { byKey, of: (mark) => keyOf(mark).flatMap((key) => byKey.get(key) ?? []) };
});

/** Every name of the file. */
export function allNames(document: ClusterDocument): readonly Name[] {
  return [...namesOf(document).byKey.values()];
}

/** The names of a kind, each once. */
export function namesOfKind(document: ClusterDocument, kind: NameKind): readonly string[] {
  return allNames(document).flatMap((name) => (name.kind === kind ? [name.name] : []));
}

/** What the word at an offset is the name of, with that word. */
export function namesAt(
  document: ClusterDocument,
  offset: number,
): { readonly mark: Mark; readonly names: readonly Name[] } | undefined {
  const mark = markAt(document, offset);
  const names = mark ? namesOf(document).of(mark) : [];
  return mark && names.length > 0 ? { mark, names } : undefined;
}
