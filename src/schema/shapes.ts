import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { own } from '../base/own.ts';
import type { Span, TextEdit } from '../base/problem.ts';
import { keyText } from './key-text.ts';
import { spanOf } from './tree.ts';

/** Keys by which other programs name the items of a list. */
const nameKeys: ReadonlySet<string> = new Set(['name', 'hostname', 'host', 'id', 'node', 'user', 'username']);

interface NamedItem {
  readonly map: YAMLMap;
  readonly name: string;
  /** From the first key to the value of the name. */
  readonly span: Span;
}

function namedItem(node: unknown): NamedItem | undefined {
  if (!isMap(node) || node.items.length < 2) return undefined;
  const [first] = node.items;
  const key = isScalar(first?.key) ? first.key : null;
  const value = isScalar(first?.value) ? first.value : null;
  if (!key || !value || !nameKeys.has(keyText(key)) || !/^[\w.-]+$/.test(String(value.source ?? '')))
    return undefined;
  return {
    map: node,
    name: String(value.source),
    span: { start: spanOf(key).start, end: spanOf(value).end },
  };
}

/** The edits for one item; `shift` is the indentation to add to its lines. */
function itemEdits(
  source: string,
  { map, name, span }: NamedItem,
  shift: string,
): readonly TextEdit[] | undefined {
  const whole = spanOf(map);
  const start = map.flow ? whole.start : span.start;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const dash = /^ *(?=- +$)/.exec(source.slice(lineStart, start));
  if (!dash) return undefined;
  const at = lineStart + dash[0].length;
  if (map.flow) {
    const rest = /^\s*,\s*/.exec(source.slice(span.end))?.[0].length;
    if (rest === undefined) return undefined;
    return [{ span: { start: at, end: span.end + rest }, text: `${shift}${name}: { ` }];
  }
  if (!/^[ \t]*(?:#[^\n]*)?\r?\n/.test(source.slice(span.end))) return undefined;
  const edits: TextEdit[] = [{ span: { start: at, end: span.end }, text: `${shift}${name}:` }];
  for (
    let line = source.indexOf('\n', span.end) + 1;
    line > 0 && line < whole.end;
    line = source.indexOf('\n', line) + 1
  )
    if (shift !== '' && /[^\r\n]/.test(source[line] ?? '\n'))
      edits.push({ span: { start: line, end: line }, text: shift });
  return edits;
}

/** The edits that turn a block list of maps with names into a map; undefined if an item has another form, or a name comes twice. */
export function mapOfList(
  source: string,
  node: YAMLSeq,
  key: Span | undefined,
): readonly TextEdit[] | undefined {
  if (node.flow || !key) return undefined;
  const items = node.items.map(namedItem);
  const named = items.flatMap((item) => item ?? []);
  if (named.length !== items.length || new Set(named.map(({ name }) => name)).size !== named.length)
    return undefined;
  const column = (offset: number): number => offset - (source.lastIndexOf('\n', offset - 1) + 1);
  // A list may begin in the column of its key, a map may not.
  const shift = column(spanOf(node).start) <= column(key.start) ? '  ' : '';
  const edits = named.map((item) => itemEdits(source, item, shift));
  return edits.every((each) => each !== undefined) ? edits.flatMap((each) => each ?? []) : undefined;
}

const words: Readonly<Record<string, 'true' | 'false'>> = {
  ...{ yes: 'true', on: 'true', y: 'true', true: 'true', enabled: 'true', enable: 'true', 1: 'true' },
  ...{
    no: 'false',
    off: 'false',
    n: 'false',
    false: 'false',
    disabled: 'false',
    disable: 'false',
    0: 'false',
  },
};

/** The flag meant by a word of another program or of YAML 1.1. */
export function flagMeant(node: Node | null): 'true' | 'false' | undefined {
  if (!isScalar(node) || isSeq(node)) return undefined;
  const word = String(node.source ?? node.value ?? '').toLowerCase();
  return own(words, word);
}
