import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { msg } from '../base/l10n.ts';
import type { Problem } from '../base/problem.ts';
import { keyText } from './key-text.ts';
import type { Parsed } from './parse.ts';
import { suggest } from './suggest.ts';
import { resolve, spanOf } from './tree.ts';

type Found = Omit<Problem, 'severity'>;

/** The problem of an alias without an anchor before it. */
export function unknownAlias(alias: Alias, doc: Parsed): Found {
  const near = suggest(alias.source, doc.anchors());
  const span = spanOf(alias);
  if (near === undefined || near === alias.source)
    return {
      code: 'alias-unknown',
      span,
      message: msg(
        'There is no anchor `&{0}` before this alias. Define it above, or write the value.',
        alias.source,
      ),
    };
  return {
    code: 'alias-unknown',
    span,
    message: msg('There is no anchor `&{0}`. Did you mean `*{1}`?', alias.source, near),
    fix: { title: msg('Change to {0}', `*${near}`), edits: [{ span, text: `*${near}` }] },
  };
}

/** The problem of one value after `<<`. */
function mergeProblem(raw: unknown, doc: Parsed): readonly Found[] {
  const value = resolve(raw, doc);
  if (isMap(value)) return [];
  if (isAlias(raw) && !value) return [unknownAlias(raw, doc)];
  const node = isAlias(raw) || isScalar(raw) || isSeq(raw) ? raw : null;
  const span = spanOf(node);
  const word = isScalar(raw) ? String(raw.value ?? '') : '';
  const message = msg(
    'A merge takes a map, as in `{0}`, where the anchor `{1}` is on a map.',
    '<<: *name',
    '&name',
  );
  if (!doc.anchors().includes(word)) return [{ code: 'merge-value', span, message }];
  const fix = { title: msg('Change to {0}', `*${word}`), edits: [{ span, text: `*${word}` }] };
  return [{ code: 'merge-value', span, message, fix }];
}

/** The problems of the merge keys of a map: anchors that are missing, values that are no maps, and `<<` twice. */
export function mergeProblems(map: YAMLMap, doc: Parsed): readonly Found[] {
  const merges = (map.items as Pair[]).filter(({ key }) => keyText(key) === '<<');
  return merges.flatMap((pair, index) => {
    const { value } = pair;
    const items = isSeq(value)
      ? value.items.flatMap((item) => mergeProblem(item, doc))
      : mergeProblem(value, doc);
    if (index === 0 || items.length > 0) return items;
    const all = merges.map((each) => (isAlias(each.value) ? `*${each.value.source}` : '…')).join(', ');
    const message = msg('A map has one `{0}`. Merge several maps with a list: {1}.', '<<', `<<: [${all}]`);
    return [...items, { code: 'key-duplicate', span: spanOf(isScalar(pair.key) ? pair.key : null), message }];
  });
}
