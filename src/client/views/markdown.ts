import { MarkdownString } from 'vscode';
import type { Tooltip } from '../../view/tooltip.ts';
import { t } from '../editor/texts.ts';

/** A tooltip for VS Code. Names and texts from nodes are inserted as plain text; only the frame is Markdown. */
export function markdown({ title, lines, detail }: Tooltip): MarkdownString {
  const text = new MarkdownString('**').appendText(title).appendMarkdown('**');
  lines.forEach((line, index) => {
    text.appendMarkdown(index === 0 ? '\n\n' : '  \n').appendText(t(line));
  });
  if (detail !== undefined) text.appendMarkdown('\n\n').appendCodeblock(detail, 'text');
  return text;
}
