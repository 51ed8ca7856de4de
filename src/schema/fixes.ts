import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Problem, Span } from '../base/problem.ts';
import { asText, replaced } from './replace.ts';
import type { ObjectSchema, Schema, TextSchema } from './schema.ts';
import { flagMeant, mapOfList } from './shapes.ts';
import { suggest } from './suggest.ts';

/** The fix that replaces a wrong word with the intended one. */
export function replacement(source: string, span: Span, word: string): Fix {
  return { title: msg('Change to {0}', word), edits: [replaced(source, span, word)] };
}

/** The intended key for an unknown one: a known synonym or a similar spelling. */
function keyMeant({ fields }: ObjectSchema, key: string): string | undefined {
  const word = key.toLowerCase().replaceAll('_', '-');
  const known = Object.entries(fields).find(([, { also }]) => also?.includes(word))?.[0];
  return known ?? suggest(key, Object.keys(fields));
}

/** A key whose colon is not followed by a space, with the offset for the space. */
function gluedKey(
  { fields }: ObjectSchema,
  word: string,
  { start }: Span,
): { readonly key: string; readonly fix: Fix } | undefined {
  const [, key = ''] = /^([\w-]+):\S/.exec(word) ?? [];
  if (!own(fields, key)) return undefined;
  const at = start + key.length + 1;
  return {
    key,
    fix: { title: msg('Put a space after {0}:', key), edits: [{ span: { start: at, end: at }, text: ' ' }] },
  };
}

export interface UnknownKey {
  readonly key: string;
  readonly node: Node | null;
  readonly span: Span;
  readonly source: string;
  /** Whether the map has another key. */
  readonly isTaken: (key: string) => boolean;
}

/** Whether a value has the shape that a schema wants: a map, a list, or neither. */
function fits(schema: Schema, node: Node | null): boolean {
  const isEmpty = node === null || (isScalar(node) && node.value === null);
  switch (schema.kind) {
    case 'object':
      return isEmpty || isMap(node) || (schema.lone !== undefined && isScalar(node));
    case 'record':
      return isEmpty || isMap(node);
    case 'list':
      return isEmpty || isSeq(node) || isScalar(node);
    case 'text-or':
      return true;
    case 'choice':
    case 'flag':
    case 'integer':
    case 'text':
      return isEmpty || isScalar(node);
    default:
      return assertNever(schema);
  }
}

/** The problem of an unknown key; `meant` is the intended key, if that is clear. */
export function unknownKey(
  schema: ObjectSchema,
  { key, node, span, source, isTaken }: UnknownKey,
): { readonly message: Message; readonly fix?: Fix; readonly meant?: string } {
  const glued = source.startsWith(key, span.start) ? gluedKey(schema, key, span) : undefined;
  if (glued)
    return { message: msg('A space is missing after {0}:', glued.key), fix: glued.fix, meant: glued.key };
  if (/^pass(?:word|wd|phrase)?$/i.test(key))
    return {
      message: msg('Do not put {0} in the file. Passwords are prompted for when needed.', key),
    };
  const near = keyMeant(schema, key);
  const known = Object.keys(schema.fields).join(', ');
  const field = near === undefined ? undefined : own(schema.fields, near);
  if (near === undefined || !field || !fits(field.schema, node))
    return { message: msg('Unknown key {0}. Allowed here: {1}.', key, known) };
  const message = msg('Unknown key {0}. Did you mean {1}?', key, near);
  if (isTaken(near)) return { message };
  const fix = replacement(source, span, near);
  return { message, fix: { ...fix, edits: [...fix.edits, ...asItem(field.schema, node)] }, meant: near };
}

/** The edits that make a list of a single text in place of one: `role: compute` becomes `roles: [compute]`. */
function asItem(schema: Schema, node: Node | null): Fix['edits'] {
  const isText = isScalar(node) && typeof node.value === 'string' && !node.value.includes('\n');
  if (schema.kind !== 'list' || !isText || !node.range || /^BLOCK/.test(node.type ?? '')) return [];
  const [start, end] = node.range;
  return [
    { span: { start, end: start }, text: '[' },
    { span: { start: end, end }, text: ']' },
  ];
}

/** Synonyms of on and off in other programs. */
const switches: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['yes', 'true', 'on', 'y', 'enable', 'start', 'started', 'running'].map((word) => [word, 'enabled']),
  ),
  ...Object.fromEntries(
    ['no', 'false', 'off', 'n', 'disable', 'stop', 'stopped'].map((word) => [word, 'disabled']),
  ),
};

/** The intended value of an enumeration for an invalid one. */
export function valueMeant(values: readonly string[], value: string): string | undefined {
  const word = own(switches, value.toLowerCase());
  return word !== undefined && values.includes(word) ? word : suggest(value, values);
}

/** Whether a text has line breaks or control characters other than tabs. */
function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 32 && code !== 9) || code === 127) return true;
  }
  return false;
}

/** The problem of a text with line breaks; given the source, with a fix if they are only around the text. A private key is a different problem. */
export function linesProblem(
  text: string,
  span: Span,
  source?: string,
): Omit<Problem, 'severity'> | undefined {
  if (!hasControls(text) || text.includes('PRIVATE KEY-----')) return undefined;
  const message = msg('This must be one line of text without control characters.');
  const line = text.trim();
  if (source === undefined || line === '' || hasControls(line))
    return { code: 'text-line-break', span, message };
  const { title, edits } = replacement(source, span, line);
  // The text of a block scalar includes its last line break.
  const end = source.slice(span.start, span.end).endsWith('\n') ? '\n' : '';
  const fix = { title, edits: edits.map((edit) => ({ ...edit, text: edit.text + end })) };
  return { code: 'text-line-break', span, message, fix };
}

export interface Wrong {
  readonly schema: Schema;
  /** The key of the value, if it has one. */
  readonly key?: Span | undefined;
  readonly node: Node | null;
  readonly span: Span;
  readonly source: string;
}

function lonely({ node, span, source }: Wrong): string | undefined {
  const text = source.slice(span.start, span.end);
  return isScalar(node) && node.value !== null && !text.includes('\n') ? String(node.value) : undefined;
}

/** Converts a value of the wrong type, with the message; undefined if the conversion is ambiguous. */
export function shapeMeant(wrong: Wrong): { readonly says?: Message; readonly fix?: Fix } {
  const { schema, node, span, source } = wrong;
  const word = lonely(wrong);
  if (schema.kind === 'record' && isSeq(node) && node.items.some((item) => isMap(item))) {
    const says = msg('a map, not a list: each name is a key, with its settings under it');
    const edits = mapOfList(source, node, wrong.key);
    return edits ? { says, fix: { title: msg('Change the list to a map'), edits } } : { says };
  }
  const flag = schema.kind === 'flag' ? flagMeant(node) : undefined;
  if (flag !== undefined) return { fix: replacementBy(span, flag) };
  const text = schema.kind === 'text' ? quotesMeant(schema, wrong) : undefined;
  if (text) return text;
  const dashes = schema.kind === 'list' ? gluedDashes(wrong) : undefined;
  if (dashes) return dashes;
  if (schema.kind === 'list' && schema.item.kind === 'text' && word !== undefined && word !== '') {
    const text = `[${word
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(asText)
      .join(', ')}]`;
    return { says: msg('a list such as {0}', text), fix: replacementBy(span, text) };
  }
  if (schema.kind === 'integer' && word !== undefined && /^\d{1,15}$/.test(word))
    return { fix: replacementBy(span, word) };
  return schema.kind === 'object' ? loneMeant(schema, word, wrong) : {};
}

/** Text in place of a map that can have a single key. */
function loneMeant(
  schema: ObjectSchema,
  word: string | undefined,
  { source, span }: Wrong,
): { readonly says?: Message; readonly fix?: Fix } {
  if (schema.lone === undefined || word === undefined || word === '') return {};
  const glued = gluedKey(schema, source.slice(span.start, span.end), span);
  if (glued) return { says: msg('a map; a space is missing after {0}:', glued.key), fix: glued.fix };
  const assigned = assignedKey(schema, word);
  if (assigned !== undefined)
    return { says: msg('a map such as {0}', assigned), fix: replacementBy(span, assigned) };
  // Other signs show that it was meant as something else.
  if (!/^[^\s{}[\],=`<>]+$/.test(word)) return {};
  const text = `{ ${schema.lone}: ${source.slice(span.start, span.end)} }`;
  return { says: msg('a map such as {0}', text), fix: replacementBy(span, text) };
}

/** A key and its value with an equals sign or an arrow between, as a map. */
function assignedKey(schema: ObjectSchema, word: string): string | undefined {
  const [, key = '', value = ''] = /^([\w-]{1,40}) {0,8}=>? {0,8}([\w.:/-]{1,100})$/.exec(word) ?? [];
  return own(schema.fields, key) ? `{ ${key}: ${asText(value)} }` : undefined;
}

/** A list whose hyphens are not followed by spaces, which YAML reads as text. */
function gluedDashes({
  node,
  span,
  source,
}: Wrong): { readonly says: Message; readonly fix: Fix } | undefined {
  const written = source.slice(span.start, span.end);
  const lines = [...written.matchAll(/(?:^|\n)[ \t]*-(?=[^\s-])/g)];
  if (!isScalar(node) || lines.length === 0 || lines.length !== written.trimEnd().split('\n').length)
    return undefined;
  const edits = lines.map(({ index, 0: lead }) => {
    const at = span.start + index + lead.length;
    return { span: { start: at, end: at }, text: ' ' };
  });
  return {
    says: msg('a list, with a space after each hyphen'),
    fix: { title: msg('Put a space after {0}', '-'), edits },
  };
}

/** Quotes around a number or another value that YAML does not read as text, and for an empty one that may be empty. */
function quotesMeant(
  schema: TextSchema,
  { node, span, source, key }: Wrong,
): { readonly says?: Message; readonly fix?: Fix } | undefined {
  const isEmpty = node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '');
  if (isEmpty) {
    const colon = key && /^[ \t]*:/.exec(source.slice(key.end, key.end + 100))?.[0].length;
    if (!schema.loose || !key || colon === undefined) return undefined;
    const at = key.end + colon;
    const fix = { title: msg('Write {0}', '""'), edits: [{ span: { start: at, end: at }, text: ' ""' }] };
    return { says: msg('text; write {0} for an empty one', '""'), fix };
  }
  const word = source.slice(span.start, span.end);
  if (!isScalar(node) || schema.loose || schema.pattern || schema.means !== undefined || /["'\n]/.test(word))
    return undefined;
  return { says: msg('text; put {0} in quotes', word), fix: replacementBy(span, JSON.stringify(word)) };
}

/** Like above, with a replacement that is not quoted. */
function replacementBy(span: Span, text: string): Fix {
  return { title: msg('Change to {0}', text), edits: [{ span, text }] };
}
