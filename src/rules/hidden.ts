import { msg } from '../base/l10n.ts';
import { visible } from '../base/visible.ts';
import { literalBackslashes } from '../schema/command.ts';
import { customScripts } from './custom.ts';
import type { Rule } from './rule.ts';

/** Characters that no one sees in an editor or terminal, or that change the order of what they see; Unicode Standard, 4.5.
 * A joiner inside an emoji is visible. */
const hiddenCharacter = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}](?<![\t\n\r]|(?:\p{Emoji}|\ufe0f)\u200d(?=\p{Emoji}))/gu;
/** More of them are not reported one by one. */
const maxReported = 20;

/** The hidden characters of a text by their code points, each once. */
function hiddenIn(text: string): readonly string[] {
  const found = text.match(hiddenCharacter) ?? [];
  return [...new Set(found.map(visible))];
}

export const hiddenRules: readonly Rule[] = [
  {
    code: 'hidden-character',
    severity: 'warning',
    about: msg(
      'Control and format characters are not visible in an editor or a terminal, and some change the order of the letters around them: the file or the script does something else than it shows (CVE-2021-42574).',
    ),
    sources: ['COMMON'],
    check: (context, report) => {
      const { source } = context.reading;
      let count = 0;
      for (const { 0: character, index } of source.matchAll(hiddenCharacter)) {
        if (index === 0 && character === '\ufeff') continue;
        count += 1;
        if (count > maxReported) break;
        const text = msg(
          'The character {0} is not visible here. Remove it, or write it as an escape.',
          visible(character),
        );
        report({ start: index, end: index + character.length }, text);
      }
      for (const { text, path, name } of customScripts(context)) {
        const place = context.at(...path)?.value;
        const written = place ? source.slice(place.start, place.end) : '';
        // Of these, custom-escape says what to do.
        if (place && written.startsWith('"') && literalBackslashes(source, place).length > 0) continue;
        const known = new Set(hiddenIn(written));
        const escaped = hiddenIn(text).filter((each) => !known.has(each));
        if (escaped.length === 0) continue;
        const list = escaped.slice(0, maxReported).join(', ');
        report(
          place,
          msg('The script of {0} has hidden characters: {1}. Use printf to print them.', name, list),
        );
      }
    },
  },
];
