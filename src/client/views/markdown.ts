import { MarkdownString } from 'vscode';
import { plain } from '../../base/l10n.ts';
import { markdownText } from '../../base/markdown.ts';
import type { Tooltip } from '../../view/tooltip.ts';
import { t } from '../editor/texts.ts';

/** A tooltip for VS Code. Names and texts from nodes are inserted as plain text; only the frame is Markdown. */
export function markdown({ title, lines, detail }: Tooltip): MarkdownString {
  const text = new MarkdownString(`**${markdownText(t(plain(title)))}**`);
  lines.forEach((line, index) => {
    text.appendMarkdown(index === 0 ? '\n\n' : '  \n').appendMarkdown(markdownText(t(line)));
  });
  if (detail !== undefined) text.appendMarkdown('\n\n').appendCodeblock(t(plain(detail)), 'text');
  return text;
}
