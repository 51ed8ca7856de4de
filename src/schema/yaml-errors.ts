import { type Message, msg } from '../base/l10n.ts';
import type { SyntaxFault } from './part.ts';

/** The texts of the parser's own faults, by its code; the parser's sentence is not translated. */
const texts: Readonly<Record<SyntaxFault['code'], Message>> = {
  ALIAS_PROPS: msg('An alias cannot have an anchor or a tag of its own.'),
  BAD_ALIAS: msg('This alias is not well formed or has no anchor before it.'),
  BAD_COLLECTION_TYPE: msg('This tag does not fit a collection.'),
  BAD_DIRECTIVE: msg('This %-directive is not known.'),
  BAD_DQ_ESCAPE: msg('This escape is not known inside double quotes.'),
  BAD_INDENT: msg('The indentation does not fit the lines before it, or a closing bracket is missing there.'),
  BAD_PROP_ORDER: msg('Anchor and tag must come after the indicator.'),
  BAD_SCALAR_START: msg('A plain value cannot begin with this character; put it in quotes.'),
  BLOCK_AS_IMPLICIT_KEY: msg('A nested map cannot stand on the line of its key; begin a new line.'),
  BLOCK_IN_FLOW: msg('A block cannot stand inside [ ] or { }.'),
  DUPLICATE_KEY: msg('This key is defined twice.'),
  IMPOSSIBLE: msg('This cannot be read as YAML.'),
  KEY_OVER_1024_CHARS: msg('A key is limited to 1024 characters.'),
  MISSING_CHAR: msg('A character is missing here: a closing quote or bracket, a colon, a comma or a space.'),
  MULTILINE_IMPLICIT_KEY: msg('A key must be on one line; is a colon or a quote missing?'),
  MULTIPLE_ANCHORS: msg('A value can have one anchor only.'),
  MULTIPLE_DOCS: msg('A cluster file holds one document only; remove the --- and what follows.'),
  MULTIPLE_TAGS: msg('A value can have one tag only.'),
  NON_STRING_KEY: msg('A key must be text.'),
  RESOURCE_EXHAUSTION: msg('The aliases of this file expand to too much.'),
  TAB_AS_INDENT: msg('Tabs cannot indent YAML; use spaces.'),
  TAG_RESOLVE_FAILED: msg('This tag cannot be resolved.'),
  TOO_DEEP: msg('This is nested too deeply to be read.'),
  UNEXPECTED_TOKEN: msg('This is not expected here.'),
};

/** A fault of the YAML itself, in words that can be translated. */
export function yamlErrorText(code: SyntaxFault['code']): Message {
  return texts[code];
}
