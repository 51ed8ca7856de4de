import ko from '../../../l10n/bundle.l10n.ko.json';
import { english, type Translate, translator } from '../../base/l10n.ts';
import type { Env } from '../terminal/io.ts';

function given(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const inline = words.findLast((word) => word.startsWith('--lang='));
  const at = words.lastIndexOf('--lang');
  return inline?.slice('--lang='.length) ?? (at < 0 ? undefined : words[at + 1]);
}

/** Whether the user's language is Korean, from `--lang` or the environment; determined before the command line is parsed, for messages about its errors. */
export function isKoreanFor(argv: readonly string[], env: Env): boolean {
  const wanted = given(argv) ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en');
  return /^ko(?![a-z])/i.test(wanted);
}

/** Texts in the user's language. */
export function translateFor(argv: readonly string[], env: Env): Translate {
  return isKoreanFor(argv, env) ? translator(ko) : english;
}
