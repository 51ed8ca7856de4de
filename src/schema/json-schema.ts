import { assertNever } from '../base/assert-never.ts';
import { english, type Message } from '../base/l10n.ts';
import type { Meaning, ObjectSchema, Schema, TextSchema } from './schema.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type JsonObject = { readonly [key: string]: Json };

/** The words that a text with a meaning usually is; none if any word is as likely. */
export type Words = (means: Meaning) => readonly string[];

const noWords: Words = () => [];

/** Text that usually is one of some words: they are completed, and others stay allowed. */
function anyWord(schema: TextSchema, words: readonly string[]): JsonObject {
  const other: JsonObject = schema.loose ? { type: ['string', 'number', 'boolean'] } : { type: 'string' };
  return { anyOf: [{ enum: words }, other] };
}

function objectSchema(schema: ObjectSchema, wordsOf: Words): JsonObject {
  const fields = Object.entries(schema.fields);
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([key, field]) => [key, described(field.schema, field.doc, wordsOf)]),
    ),
    ...(required.length > 0 ? { required } : {}),
    ...(schema.ignored === undefined ? {} : { patternProperties: { [`^${schema.ignored}`]: {} } }),
    additionalProperties: false,
  };
}

function described(schema: Schema, doc: Message, wordsOf: Words): JsonObject {
  return { description: english(doc), ...jsonSchema(schema, wordsOf) };
}

/** Converts a schema to JSON Schema (draft 7), for editors without the extension. */
export function jsonSchema(schema: Schema, wordsOf: Words = noWords): JsonObject {
  switch (schema.kind) {
    case 'text':
      if (schema.means && wordsOf(schema.means).length > 0) return anyWord(schema, wordsOf(schema.means));
      if (schema.loose) return { type: ['string', 'number', 'boolean'] };
      return {
        type: 'string',
        ...(schema.pattern ? { pattern: schema.pattern.expression } : {}),
        ...(schema.usual ? { examples: schema.usual } : {}),
      };
    case 'choice':
      return { enum: schema.values };
    case 'integer':
      return {
        type: 'integer',
        minimum: schema.minimum,
        maximum: schema.maximum,
        ...(schema.usual ? { examples: schema.usual.map(Number) } : {}),
      };
    case 'flag':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: jsonSchema(schema.item, wordsOf) };
    case 'record':
      return { type: 'object', additionalProperties: jsonSchema(schema.value, wordsOf) };
    case 'object':
      return objectSchema(schema, wordsOf);
    case 'text-or':
      return { anyOf: [jsonSchema(schema.text, wordsOf), jsonSchema(schema.other, wordsOf)] };
    default:
      return assertNever(schema);
  }
}
