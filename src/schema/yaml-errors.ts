import { type Message, msg } from '../base/l10n.ts';
import type { SyntaxProblem } from './part.ts';

/** Messages for the errors of the parser by code; the parser's own are not translated. */
const texts: Readonly<Record<SyntaxProblem['code'], Message>> = {
  ALIAS_PROPS: msg('An alias cannot have an anchor or a tag of its own.'),
  BAD_ALIAS: msg('This alias is not well formed or has no anchor before it.'),
  BAD_COLLECTION_TYPE: msg('This tag does not fit a collection.'),
  BAD_DIRECTIVE: msg('Unknown %-directive.'),
  BAD_DQ_ESCAPE: msg('Unknown escape sequence in double quotes.'),
  BAD_INDENT: msg('The indentation does not match the lines above, or a closing bracket is missing there.'),
  BAD_PROP_ORDER: msg('Anchor and tag must come after the indicator.'),
  BAD_SCALAR_START: msg('A plain value cannot start with this character. Put it in quotes.'),
  BLOCK_AS_IMPLICIT_KEY: msg('A nested map must start on a new line.'),
  BLOCK_IN_FLOW: msg('A block is not allowed inside [ ] or { }.'),
  DUPLICATE_KEY: msg('This key is defined twice.'),
  IMPOSSIBLE: msg('Not valid YAML.'),
  KEY_OVER_1024_CHARS: msg('A key has at most 1024 characters.'),
  MISSING_CHAR: msg('A character is missing: a closing quote or bracket, a colon, a comma or a space.'),
  MULTILINE_IMPLICIT_KEY: msg('A key must be on one line. Check for a missing colon or quote.'),
  MULTIPLE_ANCHORS: msg('A value can have one anchor only.'),
  MULTIPLE_DOCS: msg('A cluster file has a single document. Remove the --- and everything after it.'),
  MULTIPLE_TAGS: msg('A value can have one tag only.'),
  NON_STRING_KEY: msg('A key must be text.'),
  RESOURCE_EXHAUSTION: msg('The aliases in this file expand to too many values.'),
  TAB_AS_INDENT: msg('YAML does not allow tabs for indentation. Use spaces.'),
  TAG_RESOLVE_FAILED: msg('This tag cannot be resolved.'),
  TOO_DEEP: msg('Nested too deeply.'),
  UNEXPECTED_TOKEN: msg('Unexpected here.'),
};

/** A YAML error as a problem with a message that can be translated. */
export function yamlErrorText(code: SyntaxProblem['code']): Message {
  return texts[code];
}
