import { assertNever } from '../base/assert-never.ts';
import { english, type Message } from '../base/l10n.ts';
import type { ObjectSchema, Schema } from './schema.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type JsonObject = { readonly [key: string]: Json };

function objectSchema(schema: ObjectSchema): JsonObject {
  const fields = Object.entries(schema.fields);
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([key, field]) => [key, described(field.schema, field.doc)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function described(schema: Schema, doc: Message): JsonObject {
  return { description: english(doc), ...jsonSchema(schema) };
}

/** Converts a schema to JSON Schema (draft 7), for editors without the extension. */
export function jsonSchema(schema: Schema): JsonObject {
  switch (schema.kind) {
    case 'text':
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
      return { type: 'array', items: jsonSchema(schema.item) };
    case 'record':
      return { type: 'object', additionalProperties: jsonSchema(schema.value) };
    case 'object':
      return objectSchema(schema);
    case 'text-or':
      return { anyOf: [jsonSchema(schema.text), jsonSchema(schema.other)] };
    default:
      return assertNever(schema);
  }
}
