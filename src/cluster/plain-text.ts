import { msg } from '../base/l10n.ts';
import type { Problem } from '../base/problem.ts';
import { asciiMeant } from '../schema/lookalikes.ts';
import { asText } from '../schema/replace.ts';

/** Text with curly quotes around it, as word processors and chats write them. */
const curly =
  /^[\u201c\u201d\u201e\u2018\u2019\u201a\uff02\uff07](.*)[\u201c\u201d\u2018\u2019\uff02\uff07]$/;

/** Longer values are not checked. */
const maxLength = 200;

/** The problem of a value with curly quotes or full-width characters, saying so; any other problem as it is. */
export function withPlainText(problem: Problem, text: string): Problem {
  const { code, severity, span } = problem;
  if (severity !== 'error' || code.startsWith('custom-') || span.end - span.start > maxLength) return problem;
  const written = text.slice(span.start, span.end);
  const inner = /^["'](.*)["']$/.exec(written)?.[1] ?? written;
  if (/\n/.test(inner) || code.startsWith('yaml-')) return problem;
  const quoted = curly.exec(inner)?.[1];
  const plain = quoted === undefined ? asciiMeant(inner) : (asciiMeant(quoted) ?? quoted);
  if (plain === undefined || !/^[\x20-\x7e]*$/.test(plain)) return problem;
  const word = asText(plain.trim());
  const message =
    quoted === undefined
      ? msg('`{0}` has characters that only look like those of `{1}`.', inner, word)
      : msg('`{0}` has curly quotes, which are part of the text. Write `{1}`.', inner, word);
  return { ...problem, message, fix: { title: msg('Change to {0}', word), edits: [{ span, text: word }] } };
}
