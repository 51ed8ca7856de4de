import type { Message } from '../base/l10n.ts';

/** What a text refers to, for completion, hover and navigation. */
export type Meaning =
  | 'release'
  | 'component'
  | 'role'
  | 'role-or-node'
  | 'node'
  | 'network'
  | 'network-or-address'
  | 'address'
  | 'network-range'
  | 'interface'
  | 'login'
  | 'jump'
  | 'secret'
  | 'step'
  | 'custom-step'
  | 'sshd'
  | 'sysctl'
  | 'user'
  | 'module'
  | 'answer'
  | 'archive'
  | 'time-zone'
  | 'url'
  | 'key-file'
  | 'disk'
  | 'shell';

/** Text; `pattern` is the required format, `loose` accepts unquoted numbers and booleans as text. */
export interface TextSchema {
  readonly kind: 'text';
  readonly loose: boolean;
  readonly pattern?: { readonly expression: string; readonly says: Message };
  readonly means?: Meaning;
  /** Suggested values; others are allowed. */
  readonly usual?: readonly string[];
}

export interface ChoiceSchema<Value extends string = string> {
  readonly kind: 'choice';
  readonly values: readonly Value[];
}

export interface IntegerSchema {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly usual?: readonly string[];
}

export interface FlagSchema {
  readonly kind: 'flag';
}

export interface ListSchema<Item extends Schema = Schema> {
  readonly kind: 'list';
  readonly item: Item;
}

/** A map with keys chosen by the user. */
export interface RecordSchema<Value extends Schema = Schema> {
  readonly kind: 'record';
  readonly value: Value;
  /** What its keys refer to, for navigation. */
  readonly keys?: Meaning;
}

export interface Field<Value extends Schema = Schema, Required extends boolean = boolean> {
  readonly schema: Value;
  readonly required: Required;
  readonly doc: Message;
  /** Common synonyms of the key, in lower case with hyphens. */
  readonly also?: readonly string[];
}

export interface ObjectSchema<
  Fields extends Readonly<Record<string, Field>> = Readonly<Record<string, Field>>,
> {
  readonly kind: 'object';
  readonly fields: Fields;
  /** The key that a single word in place of the map is intended for. */
  readonly lone?: string;
  /** Other keys that begin with this are allowed and not read: they hold anchors. */
  readonly ignored?: string;
  /** Whether the map refers to a secret, so that plain text in its place discloses the secret. */
  readonly isSecret?: true;
}

/** Plain text or a value of the other schema. */
export interface TextOrSchema<Other extends Schema = Schema> {
  readonly kind: 'text-or';
  /** The schema of the text. */
  readonly text: TextSchema;
  readonly other: Other;
}

/** The description of a value; source of the decoder, the JSON Schema and the reference page. */
export type Schema =
  | TextSchema
  | ChoiceSchema
  | IntegerSchema
  | FlagSchema
  | ListSchema
  | RecordSchema
  | ObjectSchema
  | TextOrSchema;

type InferFields<F extends Readonly<Record<string, Field>>> = {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: Infer<F[K]['schema']>;
} & {
  readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: Infer<F[K]['schema']>;
};

/** The type of the values that a schema describes. */
export type Infer<S extends Schema> = S extends TextSchema
  ? string
  : S extends ChoiceSchema<infer V>
    ? V
    : S extends IntegerSchema
      ? number
      : S extends FlagSchema
        ? boolean
        : S extends ListSchema<infer I>
          ? readonly Infer<I>[]
          : S extends RecordSchema<infer V>
            ? Readonly<Record<string, Infer<V>>>
            : S extends ObjectSchema<infer F>
              ? InferFields<F>
              : S extends TextOrSchema<infer O>
                ? string | Infer<O>
                : never;

export const text: TextSchema = { kind: 'text', loose: false };
export const looseText: TextSchema = { kind: 'text', loose: true };
export const flag: FlagSchema = { kind: 'flag' };

export function matching(expression: string, says: Message, means?: Meaning): TextSchema {
  const pattern = { expression, says };
  return { kind: 'text', loose: false, pattern, ...(means === undefined ? {} : { means }) };
}

/** Text that refers to something. */
export function named(means: Meaning): TextSchema {
  return { kind: 'text', loose: false, means };
}

/** Like above, with suggested values. */
export function usually<Value extends TextSchema | IntegerSchema>(
  schema: Value,
  ...usual: readonly string[]
): Value {
  return { ...schema, usual };
}

export function choice<const Value extends string>(...values: readonly Value[]): ChoiceSchema<Value> {
  return { kind: 'choice', values };
}

export function integer(minimum: number, maximum: number): IntegerSchema {
  return { kind: 'integer', minimum, maximum };
}

export function list<Item extends Schema>(item: Item): ListSchema<Item> {
  return { kind: 'list', item };
}

export function record<Value extends Schema>(value: Value, keys?: Meaning): RecordSchema<Value> {
  return { kind: 'record', value, ...(keys === undefined ? {} : { keys }) };
}

export function object<Fields extends Readonly<Record<string, Field>>>(fields: Fields): ObjectSchema<Fields> {
  return { kind: 'object', fields };
}

/** Like above, for a map that users write as a single word, the value of that key. */
export function withLone<Schema extends ObjectSchema>(schema: Schema, lone: string): Schema {
  return { ...schema, lone };
}

/** Like above, with keys of the user's own that begin with `ignored`: nothing reads them. */
export function withIgnored<Schema extends ObjectSchema>(schema: Schema, ignored: string): Schema {
  return { ...schema, ignored };
}

/** A map that names a secret; plain text in its place is a separate kind of problem. */
export function secretObject<Fields extends Readonly<Record<string, Field>>>(
  fields: Fields,
): ObjectSchema<Fields> {
  return { kind: 'object', fields, isSecret: true };
}

export function textOr<Other extends Schema>(other: Other, as: TextSchema = text): TextOrSchema<Other> {
  return { kind: 'text-or', text: as, other };
}

export function optional<Value extends Schema>(
  schema: Value,
  doc: Message,
  ...also: readonly string[]
): Field<Value, false> {
  return { schema, required: false, doc, ...(also.length > 0 ? { also } : {}) };
}

export function required<Value extends Schema>(
  schema: Value,
  doc: Message,
  ...also: readonly string[]
): Field<Value, true> {
  return { schema, required: true, doc, ...(also.length > 0 ? { also } : {}) };
}
