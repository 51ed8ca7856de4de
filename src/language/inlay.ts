import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver';
import { type Message, plain, type Translate } from '../base/l10n.ts';
import { nodesOn } from '../cluster/on.ts';
import { expandRange } from '../cluster/range.ts';
import { findRelease } from '../data/releases.ts';
import { findStep } from '../steps/catalogue.ts';
import { nodeCount } from '../view/counts.ts';
import type { ClusterDocument } from './document/document.ts';
import { type Mark, marksOf } from './document/marks.ts';
import { resolvedPackages } from './explain/step.ts';

/** Maximum number of names; more are only counted. */
const listed = 3;

function packagesHint({ cluster }: ClusterDocument, id: string): Message | undefined {
  const step = findStep(id);
  if (!cluster || !step) return undefined;
  const resolved = resolvedPackages(step, cluster);
  const names = new Set(resolved.map(({ packages }) => packages.slice(0, listed).join(', ')));
  const [only] = names;
  if (only === undefined) return undefined;
  if (names.size === 1) return plain(only);
  return plain(
    resolved.map(({ el, packages }) => `EL${el} ${packages.slice(0, listed).join(', ')}`).join(' · '),
  );
}

function nodesHint({ cluster }: ClusterDocument, word: string): Message | undefined {
  const names = nodesOn(cluster?.nodes ?? [], word);
  // A single name would repeat the node's own.
  if (names.length === 0 || (names.length === 1 && names[0] === word)) return undefined;
  return names.length > listed ? nodeCount(names.length) : plain(names.join(', '));
}

function hintOf(document: ClusterDocument, { means, word, isKey }: Mark): Message | undefined {
  if (means === 'step') return packagesHint(document, word);
  if (means === 'role-or-node') return nodesHint(document, word);
  if (means === 'release') {
    const release = findRelease(word);
    return release && release.number === word ? plain(release.name) : undefined;
  }
  if (means !== 'node' || !isKey || !word.includes('[')) return undefined;
  const range = expandRange(word);
  return range.ok ? nodeCount(range.values.length) : undefined;
}

/** Inlay hints: the packages of a step on the given operating system, the nodes of a role or a range. */
export function inlayHintsOf(
  document: ClusterDocument,
  within: Range,
  translate: Translate,
): readonly InlayHint[] {
  const { positions } = document;
  const [start, end] = [within.start, within.end].map(({ line, character }) =>
    positions.offset({ line, column: character }),
  );
  return marksOf(document).flatMap((mark) => {
    if (mark.span.start < (start ?? 0) || mark.span.start > (end ?? 0)) return [];
    const hint = hintOf(document, mark);
    if (!hint) return [];
    const { line, column } = positions.at(mark.whole.end);
    const label = `→ ${translate(hint)}`;
    return [{ position: { line, character: column }, label, kind: InlayHintKind.Type, paddingLeft: true }];
  });
}
