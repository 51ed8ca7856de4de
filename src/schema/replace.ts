import type { Span, TextEdit } from '../base/problem.ts';

const plainWord = /^[A-Za-z~/][\w./@-]*$/;
const typedWord = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;

/** Quotes a word like the text that it replaces; adds quotes to an unquoted one if necessary. */
export function replaced(source: string, span: Span, word: string): TextEdit {
  const quote = source[span.start];
  if (quote === "'") return { span, text: `'${word.replaceAll("'", "''")}'` };
  return { span, text: quote === '"' ? JSON.stringify(word) : asText(word) };
}

/** A word as YAML; quoted if YAML 1.1 or 1.2 would read something other than text. */
export function asText(word: string): string {
  const isPlain = /^[\d.]+(?:\/\d+)?$/.test(word) || (plainWord.test(word) && !typedWord.test(word));
  return isPlain ? word : JSON.stringify(word);
}
