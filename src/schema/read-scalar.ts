import { isMap, isScalar } from 'yaml';
import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { linesProblem, replacement, valueMeant } from './fixes.ts';
import { addProblem, nameOf, type Reading, type Spot, wrongType } from './reading.ts';
import type { ChoiceSchema, IntegerSchema, TextOrSchema, TextSchema } from './schema.ts';
import { spanOf } from './tree.ts';

export function readText(reading: Reading, schema: TextSchema, spot: Spot): string | undefined {
  const { node } = spot;
  if (!isScalar(node) || node.value === null) return wrongType(reading, schema, spot);
  if (typeof node.value !== 'string' && !schema.loose) return wrongType(reading, schema, spot);
  const value = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  const lines = schema.means === 'shell' ? undefined : linesProblem(value, spot.span, reading.source);
  if (lines) return addProblem(reading, spot, lines);
  if (schema.pattern && !new RegExp(schema.pattern.expression).test(value)) {
    const message = msg('{0} must be {1}.', nameOf(spot), schema.pattern.says);
    const joined = value.trim().replaceAll(/\s+/g, '-');
    const isFit = joined !== '' && new RegExp(schema.pattern.expression).test(joined);
    const fix = isFit ? { fix: replacement(reading.source, spot.span, joined) } : {};
    return addProblem(reading, spot, { code: 'value-type', span: spot.span, message, ...fix });
  }
  return value;
}

export function readChoice(reading: Reading, schema: ChoiceSchema, spot: Spot): string | undefined {
  const { node } = spot;
  const value = isScalar(node) && node.value !== null ? String(node.source ?? node.value) : undefined;
  if (value === undefined) return wrongType(reading, schema, spot);
  if (schema.values.includes(value)) return value;
  const near = valueMeant(schema.values, value);
  const all = schema.values.join(', ');
  const message = near
    ? msg('Invalid value for {1}: {0}. Did you mean {2}?', value, nameOf(spot), near)
    : msg('Invalid value for {1}: {0}. Use one of: {2}.', value, nameOf(spot), all);
  const fix = near === undefined ? {} : { fix: replacement(reading.source, spot.span, near) };
  return addProblem(reading, spot, { code: 'value-unknown', span: spot.span, message, ...fix });
}

export function readInteger(reading: Reading, schema: IntegerSchema, spot: Spot): number | undefined {
  const { node } = spot;
  if (!isScalar(node) || typeof node.value !== 'number' || !Number.isInteger(node.value)) {
    return wrongType(reading, schema, spot);
  }
  // Of 0o26, 0x16 and 22.0, few see which number they are.
  if (!/^[+-]?\d+$/.test(node.source ?? '0')) {
    const fix = replacement(reading.source, spot.span, String(node.value));
    const message = msg('Write {0} as {1}: digits only.', nameOf(spot), node.value);
    return addProblem(reading, spot, { code: 'value-type', span: spot.span, message, fix });
  }
  if (node.value >= schema.minimum && node.value <= schema.maximum) return node.value;
  const message = msg('{0} must be between {1} and {2}.', nameOf(spot), schema.minimum, schema.maximum);
  return addProblem(reading, spot, { code: 'value-unknown', span: spot.span, message });
}

/** A text with a colon after it, in the place of a text or a map: the key of a map without a value. */
export function readWithColon(reading: Reading, schema: TextOrSchema, spot: Spot): string | undefined {
  const { node } = spot;
  if (!isMap(node) || node.flow || node.items.length !== 1) return undefined;
  const [{ key, value } = {}] = node.items;
  const isEmpty = value === null || (isScalar(value) && value.value === null && !value.source);
  if (!isScalar(key) || typeof key.value !== 'string' || !isEmpty) return undefined;
  if (schema.other.kind === 'object' && own(schema.other.fields, key.value)) return undefined;
  const span = spanOf(key);
  const colon = /^[ \t]*:/.exec(reading.source.slice(span.end, span.end + 80))?.[0].length ?? 0;
  const fix = {
    title: msg('Remove the colon after {0}', key.value),
    edits: [{ span: { start: span.end, end: span.end + colon }, text: '' }],
  };
  const message = msg('The colon makes a map of {0}. Remove it.', key.value);
  addProblem(reading, spot, { code: 'value-type', span, message, ...(colon > 0 ? { fix } : {}) });
  return key.value;
}
