import { msg } from '../base/l10n.ts';
import { type Fix, fixBy, type Span } from '../base/problem.ts';
import { asTyped, literalBackslashes, quotedText, typedAfter } from '../schema/command.ts';
import type { Place } from '../schema/places.ts';
import type { RuleContext } from './context.ts';
import { customScripts } from './custom.ts';
import type { Rule } from './rule.ts';

/** An anchor before a value that is not a name; undefined if there is none, or next to a tag, which is a separate problem. */
function anchorOf({ reading: { source } }: RuleContext, { key, value }: Place): Span | undefined {
  if (value.start < key.end) return undefined;
  const between = source.slice(key.end, value.start);
  const found = between.includes('!') ? undefined : /(?<=\s)&\S+/.exec(between);
  if (!found || /^&[A-Za-z_][\w.-]*$/.test(found[0])) return undefined;
  const start = key.end + found.index;
  return { start, end: start + found[0].length };
}

/** The fix for an anchor: a redirection such as `&>file` is part of the command; an operator is removed. */
function anchorFix(
  { reading: { source } }: RuleContext,
  { start, end }: Span,
  { key, value }: Place,
): Fix | undefined {
  if (!source.startsWith('&>', start)) {
    const after = /^[ \t]*/.exec(source.slice(end, value.start))?.[0].length ?? 0;
    const span = { start, end: end + after };
    return fixBy(msg('Remove {0}', source.slice(start, end)), [{ span, text: '' }]);
  }
  const typed = typedAfter(source, key);
  if (typed?.span.start === start) return asTyped(typed);
  const text = source.slice(start, value.end);
  if (text.includes('\n')) return undefined;
  return fixBy(msg('Put the command in quotes'), [
    { span: { start, end: value.end }, text: quotedText(text) },
  ]);
}

export const customTextRules: readonly Rule[] = [
  {
    code: 'custom-lines-joined',
    severity: 'error',
    about: msg(
      'YAML joins lines into one unless they follow "|". The shell gets a single command, with the other lines as its arguments.',
    ),
    hasFix: true,
    check: (context, report) => {
      for (const { change } of customScripts(context)) {
        if (change?.how !== 'joined') continue;
        const isFolded = context.reading.source[change.span.start] === '>';
        const message = isFolded
          ? msg('`{0}` joins these lines into one command. Use `{1}` to keep them separate.', '>', '|')
          : msg('YAML joins these lines into one command. Put them after `{0}` to keep them separate.', '|');
        report(change.span, message, change.fix);
      }
    },
  },
  {
    code: 'custom-comment',
    severity: 'error',
    about: msg(
      'Outside quotes, a space and "#" start a YAML comment. The shell never gets the rest of the command.',
    ),
    hasFix: true,
    check: (context, report) => {
      for (const { change } of customScripts(context)) {
        if (change?.how !== 'cut') continue;
        const message = msg(
          'YAML reads this as a comment, so the shell never gets it. Put the command in quotes.',
        );
        report(change.span, message, change.fix);
      }
    },
  },
  {
    code: 'custom-escape',
    severity: 'error',
    about: msg(
      'In double quotes, YAML reads a backslash and a letter as one character: "\\b" in a regular expression becomes a backspace.',
    ),
    hasFix: true,
    check: (context, report) => {
      for (const { path } of customScripts(context)) {
        const place = context.at(...path)?.value;
        const isDouble = place && context.reading.source[place.start] === '"';
        const edits = isDouble ? literalBackslashes(context.reading.source, place) : [];
        const [first] = edits;
        if (!first) continue;
        const { start } = first.span;
        const span = { start, end: start + 2 };
        const name = context.reading.source.slice(span.start, span.end);
        const message = msg('YAML reads `{0}` as a control character. Double the backslash.', name);
        report(span, message, fixBy(msg('Fix the backslashes'), edits));
      }
    },
  },
  {
    code: 'custom-anchor',
    severity: 'error',
    about: msg(
      'A word that begins with "&" before a value is a YAML anchor. The shell never gets it, as in "run: &>/dev/null yum -y update".',
    ),
    hasFix: true,
    check: (context, report) => {
      const { at, reading } = context;
      for (const { path } of customScripts(context)) {
        const place = at(...path);
        const anchor = place && anchorOf(context, place);
        if (!anchor) continue;
        const name = reading.source.slice(anchor.start, anchor.end);
        report(
          anchor,
          msg('YAML reads `{0}` as an anchor, so the shell never gets it.', name),
          anchorFix(context, anchor, place),
        );
      }
    },
  },
];
