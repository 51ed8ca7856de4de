import { assertNever } from '../base/assert-never.ts';
import { own } from '../base/own.ts';
import type { Field, ListSchema, Schema } from './schema.ts';

/** The schema of the value at a path, looking into unions with text; undefined for an unknown path. */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): Schema | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  switch (schema.kind) {
    case 'object': {
      const field = fieldOf(schema, String(part));
      return field && schemaAt(field.schema, rest);
    }
    case 'record':
      return schemaAt(schema.value, rest);
    case 'list':
      return schemaAt(schema.item, rest);
    case 'text-or':
      return schemaAt(schema.other, path);
    case 'choice':
    case 'flag':
    case 'integer':
    case 'text':
      return undefined;
    default:
      return assertNever(schema);
  }
}

/** The schema, if it is a list, or the list that may be in place of a text. */
export function listOf(schema: Schema | undefined): ListSchema | undefined {
  const shape = schema?.kind === 'text-or' ? schema.other : schema;
  return shape?.kind === 'list' ? shape : undefined;
}

/** The definition of a key in an object's schema. */
export function fieldOf(schema: Schema, key: string): Field | undefined {
  return schema.kind === 'object' ? own(schema.fields, key) : undefined;
}
