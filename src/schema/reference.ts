import { assertNever } from '../base/assert-never.ts';
import { type Message, msg, plain, type Translate } from '../base/l10n.ts';
import type { ObjectSchema, Schema } from './schema.ts';

/** Describes the type of a value to the user. */
export function valueText(schema: Schema): Message {
  switch (schema.kind) {
    case 'text':
      return schema.pattern?.says ?? msg('text');
    case 'choice':
      return plain(schema.values.map((value) => `\`${value}\``).join(', '));
    case 'integer':
      return msg('a whole number, {0} to {1}', schema.minimum, schema.maximum);
    case 'flag':
      return msg('true or false');
    case 'list':
      return msg('a list; each item: {0}', valueText(schema.item));
    case 'record':
      return msg('a map with names of your choice; each value: {0}', valueText(schema.value));
    case 'object':
      return msg('a map');
    case 'text-or':
      return schema.other.kind === 'list' ? msg('text, or a list of them') : msg('text or a map');
    default:
      return assertNever(schema);
  }
}

/** The map in a key's value (the value, its items or its entries), with its path. */
function inner(
  schema: Schema,
  path: string,
): { readonly schema: ObjectSchema; readonly path: string } | undefined {
  switch (schema.kind) {
    case 'object':
      return { schema, path };
    case 'list':
      return inner(schema.item, `${path}[]`);
    case 'record':
      return inner(schema.value, `${path}.*`);
    case 'text-or':
      return inner(schema.other, path);
    case 'choice':
    case 'flag':
    case 'integer':
    case 'text':
      return undefined;
    default:
      return assertNever(schema);
  }
}

/** What a key is for that nothing reads. */
export function ignoredText(ignored: string): Message {
  return msg(
    'Keys of your own that begin with {0} are not read: they hold anchors that other places use.',
    ignored,
  );
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Formats the keys of a map and of nested maps as Markdown sections. */
function keySections(schema: ObjectSchema, path: string, translate: Translate): readonly string[] {
  const head = [msg('Key'), msg('Value'), msg('Meaning')].map(translate).join(' | ');
  const rows = Object.entries(schema.fields).map(([key, field]) => {
    const need = field.required ? ` (${translate(msg('required'))})` : '';
    return `| \`${key}\`${need} | ${cell(translate(valueText(field.schema)))} | ${cell(translate(field.doc))} |`;
  });
  if (schema.ignored !== undefined)
    rows.push(
      `| \`${schema.ignored}…\` | ${translate(msg('anything'))} | ${cell(translate(ignoredText(schema.ignored)))} |`,
    );
  const title = path === '' ? translate(msg('The file')) : `\`${path}\``;
  const own = `## ${title}\n\n| ${head} |\n|---|---|---|\n${rows.join('\n')}\n`;
  const below = Object.entries(schema.fields).flatMap(([key, field]) => {
    const next = inner(field.schema, path === '' ? key : `${path}.${key}`);
    return next ? keySections(next.schema, next.path, translate) : [];
  });
  return [own, ...below];
}

/** The complete reference page: every key, then the given sections. */
export function referencePage(schema: ObjectSchema, more: readonly string[], translate: Translate): string {
  return [`# ${translate(msg('The cluster file'))}\n`, ...keySections(schema, '', translate), ...more].join(
    '\n',
  );
}
