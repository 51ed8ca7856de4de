import type { Span, TextEdit } from '../base/problem.ts';

const plainWord = /^[A-Za-z~/][\w./@-]*$/;
const typedWord = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;

/** A word in the quotes of what it replaces; an unquoted one gets quotes where it needs them. */
export function replaced(source: string, span: Span, word: string): TextEdit {
  const quote = source[span.start];
  if (quote === "'") return { span, text: `'${word.replaceAll("'", "''")}'` };
  return { span, text: quote === '"' ? JSON.stringify(word) : asText(word) };
}

/** A word as it can stand in a file: in quotes where YAML, old or new, would read something else than text. */
export function asText(word: string): string {
  const isPlain = /^[\d.]+(?:\/\d+)?$/.test(word) || (plainWord.test(word) && !typedWord.test(word));
  return isPlain ? word : JSON.stringify(word);
}
