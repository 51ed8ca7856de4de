import { msg } from '../base/l10n.ts';
import type { Fix, Span } from '../base/problem.ts';
import { replaced } from '../schema/replace.ts';
import { expandRange, rangeMeant } from './range.ts';

/** A name or an address as written. */
interface Written {
  readonly text: string;
  readonly span: Span;
}

/** The fix that writes the name and the address of a key as ranges of the same length; undefined if it is not clear which. */
export function rangeFix(source: string, name: Written, address: Written): Fix | undefined {
  const all = [name, address].filter(({ text }) => text !== '');
  const meant = all.map((each) => ({ ...each, word: rangeMeant(each.text) ?? each.text }));
  const counts = meant.map(({ word }) => {
    const found = expandRange(word);
    return found.ok ? found.values.length : 0;
  });
  if (counts.some((count) => count === 0 || count !== counts[0])) return undefined;
  const changed = meant.filter(({ word, text }) => word !== text);
  return {
    title: msg('Change to {0}', changed.map(({ word }) => word).join(', ')),
    edits: changed.map(({ span, word }) => replaced(source, span, word)),
  };
}
