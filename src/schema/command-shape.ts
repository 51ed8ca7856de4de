import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { msg } from '../base/l10n.ts';
import type { Fix, Span } from '../base/problem.ts';
import { asTyped, quotedText, typedAfter } from './command.ts';
import type { Place } from './places.ts';

/** Whether a list is the result of parsing `[ -f x ]` or `[[ -f x ]]` as YAML. */
function isTest(node: Node): boolean {
  const inner: unknown = isSeq(node) && node.flow && node.items.length === 1 ? node.items[0] : undefined;
  return isScalar(inner) || (isSeq(inner) && inner.items.length === 1 && isScalar(inner.items[0]));
}

/** The lines of a list of commands; undefined if it contains anything else, or comments that would be lost. */
function commandsOf(node: Node, text: string): readonly string[] | undefined {
  if (!isSeq(node) || node.flow || text.includes('#')) return undefined;
  const lines = node.items.map((item) => (isScalar(item) ? item.value : undefined));
  const isText = (line: unknown): line is string => typeof line === 'string' && !line.includes('\n');
  return lines.every(isText) ? lines : undefined;
}

/** The fix for an alias in braces without an anchor. */
function aliasFix(source: string, { end }: Span): Fix | undefined {
  const [lead, alias = ''] = /^[ \t]*:[ \t]+(\*[^\s,[\]{}]+)/.exec(source.slice(end, end + 200)) ?? [];
  if (lead === undefined) return undefined;
  const span = { start: end + lead.length - alias.length, end: end + lead.length };
  return { title: msg('Put the command in quotes'), edits: [{ span, text: quotedText(alias) }] };
}

/** The fix for a command that YAML reads as a list, a map, a number or an alias; undefined if the intention is not clear. */
export function commandMeant(node: Node | null, source: string, { key, value }: Place): Fix | undefined {
  // The value of an alias is not the text of the command.
  if (node && value.start < key.end) return undefined;
  const typed = typedAfter(source, key);
  if (!node) return typed?.lines[0]?.startsWith('*') ? asTyped(typed) : aliasFix(source, key);
  const text = source.slice(value.start, value.end);
  const commands = commandsOf(node, text);
  if (commands) return typed && asTyped(typed, commands, { isBlock: true });
  const isGroup = isMap(node) && /^\{\s[^\n]*;\s*\}$/.test(text);
  const isWord = isScalar(node) && node.value !== null;
  if (text.includes('\n') || !(isGroup || isWord || isTest(node))) return undefined;
  if (typed) return asTyped(typed);
  return { title: msg('Put the command in quotes'), edits: [{ span: value, text: quotedText(text) }] };
}
