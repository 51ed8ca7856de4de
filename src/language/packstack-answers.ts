import { type CompletionItem, CompletionItemKind, type Hover, type Position } from 'vscode-languageserver';
import type { Translate } from '../base/l10n.ts';
import { type Positions, positions } from '../base/position.ts';
import type { Problem } from '../base/problem.ts';
import { type Severities, settle } from '../cluster/suppressions.ts';
import { keyPage } from '../packstack/about.ts';
import { checkAnswers } from '../packstack/check.ts';
import { describeKey } from '../packstack/describe.ts';
import { type AnswerKey, answerKeys, findAnswerKey, hasKey } from '../packstack/keys.ts';
import { currentName } from '../packstack/old-names.ts';
import { type AnswerFile, readAnswers } from '../packstack/read.ts';
import { hasOptions, optionsOf } from '../packstack/values.ts';
import { rangeOf, type VersionedText } from './document/document.ts';

/** The language id of Packstack answer files. */
export const answersLanguage = 'packstack-answers';

/** One version of an answer file with its problems. */
export interface AnswersDocument extends VersionedText {
  readonly positions: Positions;
  readonly file: AnswerFile;
  readonly problems: readonly Problem[];
}

export function readAnswersDocument(source: VersionedText, severities?: Severities): AnswersDocument {
  const { text } = source;
  return {
    ...source,
    positions: positions(text),
    file: readAnswers(text),
    problems: settle(checkAnswers(text), text, severities).problems,
  };
}

function valueItems(key: AnswerKey, { version }: AnswerFile): readonly CompletionItem[] {
  if (!hasOptions(key)) return [];
  return optionsOf(key, version).map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}

/** Completions: at the start of a line, keys that the file does not have yet; after `=`, values of the key. */
export function completeAnswers(
  { text, positions: { offset }, file }: AnswersDocument,
  position: Position,
  translate: Translate,
): readonly CompletionItem[] {
  const { line, character } = position;
  const start = offset({ line, column: 0 });
  const before = text.slice(start, offset({ line, column: character }));
  if (/^\s*[#;[]/.test(before)) return [];
  const assigned = /^([^=:]+)[=:]/.exec(before)?.[1]?.trim();
  if (assigned !== undefined) {
    const key = findAnswerKey(currentName(assigned));
    return key ? valueItems(key, file) : [];
  }
  const { version } = file;
  const present = new Set(file.answers.map(({ key }) => currentName(key)));
  const end = { line, character: offset({ line, column: Number.MAX_SAFE_INTEGER }) - start };
  return answerKeys
    .filter((key) => !present.has(key.name) && (version === undefined || hasKey(key, version)))
    .map((key): CompletionItem => {
      const what = describeKey(key.name);
      return {
        label: key.name,
        kind: CompletionItemKind.Property,
        ...(what ? { detail: translate(what) } : {}),
        documentation: { kind: 'markdown', value: keyPage(key, translate, version) },
        textEdit: { range: { start: { line, character: 0 }, end }, newText: `${key.name}=` },
      };
    });
}

/** The hover for the key of a line. */
export function hoverAnswers(
  document: AnswersDocument,
  { line }: Position,
  translate: Translate,
): Hover | undefined {
  const { answers, version } = document.file;
  const answer = answers.find(({ keySpan }) => document.positions.at(keySpan.start).line === line);
  const key = answer && findAnswerKey(currentName(answer.key));
  if (!answer || !key) return undefined;
  const contents = { kind: 'markdown' as const, value: keyPage(key, translate, version) };
  return { contents, range: rangeOf(document, answer.lineSpan) };
}
