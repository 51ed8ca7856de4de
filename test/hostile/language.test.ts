import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { createDocumentReader } from '../../src/language/document/document.ts';
import { decodeInitialization } from '../../src/language/initialization.ts';
import { readAnswersDocument } from '../../src/language/packstack-answers.ts';
import { askAnswers, askEverything } from '../language/every-feature.ts';
import { dangersIn, fileWith } from '../support/hostile-file.ts';

/** Controls, marks of direction and other characters that hide or turn a text. */
const evil = '\u001b]0;x\u0007\u202egnp.exe\u2066\u200b\u0085\u2028';
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const attacks = [
  evil,
  '{0} {1} {99} {__proto__}',
  '[x](command:evil.run)',
  '![x](http://evil.example/a.png)',
  'command:evil.run',
  'http://evil.example/\u202egnp',
  'javascript:alert(1)',
  'a) [x](command:evil.run "',
] as const;

/** Fields with the text of the file itself, or edits of it: what they have is what the user wrote. */
const ofFile = new Set([
  'newText',
  'insertText',
  'filterText',
  'sortText',
  'data',
  'uri',
  'placeholder',
  'changes',
  'arguments',
  'node',
  'step',
  'key',
  'id',
]);

/** Every text of an answer with the names of the fields that lead to it. */
function* textsIn(answer: unknown, path: readonly string[] = []): Generator<readonly [string, string]> {
  if (typeof answer === 'string') yield [path.join('.'), answer];
  if (typeof answer !== 'object' || answer === null) return;
  // Messages and items of the sidebar are data, which the client shows with its own encoders (sinks.test.ts).
  if (('text' in answer && 'args' in answer) || 'spoken' in answer) return;
  if ('kind' in answer && answer.kind === 'markdown' && 'value' in answer) {
    yield [`${path.join('.')}.markdown`, String(answer.value)];
    return;
  }
  for (const [key, value] of Object.entries(answer))
    if (!ofFile.has(key)) yield* textsIn(value, /^\d+$/.test(key) ? path : [...path, key]);
}

describe('The language server, asked about a hostile file', () => {
  const { translate } = decodeInitialization({ bundle: {} }, english);

  /** Checks each text that an editor would show. */
  function check(answers: readonly unknown[]): number {
    let count = 0;
    for (const [path, text] of textsIn(answers)) {
      count += 1;
      assert.doesNotMatch(text, hidden, `${path}: ${JSON.stringify(text)}`);
      if (path.endsWith('.markdown')) assert.deepEqual(dangersIn(text), [], path);
      if (/(?:^|\.)(?:target|href)$/.test(path)) assert.match(text, /^(?:https?|file|vscode-file):/, path);
      if (/(?:^|\.)command$/.test(path)) assert.doesNotMatch(text, /evil/, path);
    }
    return count;
  }

  for (const attack of attacks)
    it(`answers with texts that hide, turn and run nothing: ${JSON.stringify(attack)}`, () => {
      const text = fileWith(attack);
      const document = createDocumentReader()({ uri: 'file:///a.cluster.yaml', version: 1, text });
      let count = 0;
      for (let offset = 0; offset < text.length; offset += 53)
        count += check(askEverything(document, offset, translate));
      assert.ok(count > 100, `${count} texts`);
    });

  for (const attack of attacks)
    it(`answers so about a file of answers: ${JSON.stringify(attack)}`, () => {
      const text = `[general]\n${attack}=1\nCONFIG_NTP_SERVERS=${attack}\nCONFIG_${attack}=x\nCONFIG_CONTROLLER_HOST=${attack}\nCONFIG_NOVA_INSTALL=${attack}\n; ${attack}\n`;
      const document = readAnswersDocument({ uri: 'file:///a.answers', version: 1, text });
      let count = 0;
      for (let offset = 0; offset < text.length; offset += 17)
        count += check(askAnswers(document, offset, translate));
      assert.ok(count > 10, `${count} texts`);
    });
});
