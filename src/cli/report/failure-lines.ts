import type { Failure } from '../../base/failure.ts';
import type { Translate } from '../../base/l10n.ts';
import { failureTexts } from '../../view/failures.ts';
import type { Style } from '../terminal/style.ts';
import { hang } from '../text/width.ts';

/** The failure with its sign, then the underlying message and what to do; each starts on a new line, at most `columns` wide. */
export function failureLines(
  failure: Failure,
  { t, style, columns }: { readonly t: Translate; readonly style: Style; readonly columns: number },
  indent = '',
): readonly string[] {
  const sign = `${indent}${style.red(style.signs.failed)} `;
  return failureTexts(failure).map((text, index) =>
    hang(index === 0 ? sign : `${indent}  `, t(text), columns),
  );
}
