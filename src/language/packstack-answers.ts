import { type CompletionItem, CompletionItemKind, type Hover, InsertTextFormat } from 'vscode-languageserver';
import type { Translate } from '../core/l10n.ts';
import { keyPage } from '../core/packstack/about.ts';
import { describeKey } from '../core/packstack/describe.ts';
import { type AnswerKey, answerKeys, findAnswerKey, hasKey } from '../core/packstack/keys.ts';
import { type AnswerFile, readAnswers } from '../core/packstack/read.ts';
import { optionsOf } from '../core/packstack/values.ts';
import { positions } from '../core/position.ts';

/** The language id of Packstack's answer files. */
export const answersLanguage = 'packstack-answers';

interface Point {
  readonly line: number;
  readonly character: number;
}

/** A text and a point of it, and the reader's language. */
export interface AnswersRequest {
  readonly text: string;
  readonly position: Point;
  readonly translate: Translate;
}

function lineAt(text: string, { line }: Point): string {
  return (text.split('\n')[line] ?? '').replace(/\r$/, '');
}

function valueItems(key: AnswerKey, { version }: AnswerFile): readonly CompletionItem[] {
  if (!key.checks.some((check) => check.endsWith('options'))) return [];
  return optionsOf(key, version).map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}

function keyItem(
  key: AnswerKey,
  { position, translate, text }: AnswersRequest,
  version?: string,
): CompletionItem {
  const what = describeKey(key.name);
  const { length } = lineAt(text, position);
  const range = {
    start: { line: position.line, character: 0 },
    end: { line: position.line, character: length },
  };
  return {
    label: key.name,
    kind: CompletionItemKind.Property,
    insertTextFormat: InsertTextFormat.PlainText,
    ...(what ? { detail: translate(what) } : {}),
    documentation: { kind: 'markdown', value: keyPage(key, translate, version) },
    textEdit: { range, newText: `${key.name}=` },
  };
}

/** Keys that the file does not have yet at the beginning of a line, the values of a key behind its `=`. */
export function completeAnswers(request: AnswersRequest): readonly CompletionItem[] {
  const { text, position } = request;
  const before = lineAt(text, position).slice(0, position.character);
  if (/^\s*[#;[]/.test(before)) return [];
  const file = readAnswers(text);
  const assigned = /^([^=:]+)[=:]/.exec(before)?.[1]?.trim();
  if (assigned !== undefined) {
    const key = findAnswerKey(assigned);
    return key ? valueItems(key, file) : [];
  }
  const { version } = file;
  const present = new Set(file.answers.map(({ key }) => key));
  return answerKeys
    .filter((key) => !present.has(key.name) && (version === undefined || hasKey(key, version)))
    .map((key) => keyItem(key, request, version));
}

/** What is known of the key of a line. */
export function hoverAnswers({ text, position, translate }: AnswersRequest): Hover | undefined {
  const { answers, version } = readAnswers(text);
  const { at } = positions(text);
  const answer = answers.find(({ keySpan }) => at(keySpan.start).line === position.line);
  const key = answer && findAnswerKey(answer.key);
  if (!answer || !key) return undefined;
  const end = at(answer.keySpan.end).column;
  return {
    contents: { kind: 'markdown', value: keyPage(key, translate, version) },
    range: { start: { line: position.line, character: 0 }, end: { line: position.line, character: end } },
  };
}
